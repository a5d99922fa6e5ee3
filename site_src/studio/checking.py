"""Checks a draft as it would be published, without its marks, and without writing anything.

The draft is laid out in a folder for temporary files, beside links to everything that the checker
reads besides: other organisations, calendars, staff, translations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from site_src.check.organisation import checked, known_published
from site_src.check.prefix_rules import owners
from site_src.policy.drafts.marks import MARKS, without_keys
from site_src.policy.edition import Editions
from site_src.policy.facts import LISTS
from site_src.policy.finding import Finding
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import parse_yaml
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.needed import fill_missing, missing_values, put_aside

_PATH = str.maketrans({"[": ".", "]": ""})
_ROUNDS = 4
"""How often facts with wrong values are put aside; one round shows nearly all of them."""


@dataclass(frozen=True)
class Checked:
    """The findings of a draft, and what was read of it: None if it cannot be read.

    `aside` are the places of facts with values that cannot be read; the rest is checked without
    them.
    """

    findings: tuple[Finding, ...]
    editions: Editions | None
    aside: frozenset[str] = frozenset()

    def of_fact(self, name: str) -> tuple[Finding, ...]:
        """The findings on the fact at that place."""
        found = (finding for finding in self.findings if finding.field is not None)
        return tuple(each for each in found if f"{place_of(each)}.".startswith(f"{name}."))

    def of_clause(self, clause: str) -> tuple[Finding, ...]:
        """The findings on the words of that clause."""
        return tuple(each for each in self.findings if each.field is None and each.clause == clause)

    @property
    def general(self) -> tuple[Finding, ...]:
        """The findings that belong to no fact and no clause."""
        return tuple(
            each
            for each in self.findings
            if (each.field is None and each.clause is None)
            or (each.field is not None and place_of(each).partition(".")[0] not in LISTS)
        )


def place_of(finding: Finding) -> str:
    """The place of a finding in the YAML as `DraftFact.name` writes it: `limits.0.value`."""
    return (finding.field or "").translate(_PATH)


def check_draft(files: DraftFiles, policies: Path) -> Checked:
    """The draft as checked."""
    with laid_out(files, policies) as found:
        return found


@contextmanager
def laid_out(files: DraftFiles, policies: Path) -> Iterator[Checked]:
    """The draft as checked; while the context lasts, its folder can be rendered from."""
    read = parse_yaml(files.facts, files.folder / POLICY_FILE)
    if not isinstance(read, YamlDocument):
        yield Checked(read, None)
        return
    data = without_keys(read.data, MARKS)
    fill_missing(data, files.organisation)
    published, _ = known_published(policies)
    with TemporaryDirectory(prefix="ombud-studio-") as scratch:
        folder = _lay_out(Path(scratch) / "policies", policies, files)
        origins = {name: list(range(len(data.get(name) or ()))) for name in LISTS}
        found: list[Finding] = []
        aside: set[str] = set()
        for _round in range(_ROUNDS):
            _write_yaml(folder, data)
            editions, findings = checked(folder, published)
            placed = [_at_origin(each, origins) for each in findings]
            if editions is not None:
                break
            wrong = _wrong_facts(findings)
            stood_in = put_aside(data, {place_of(each) for each in findings})
            if not (wrong or stood_in):
                break
            found += [each for each in placed if each.field is not None]
            aside |= {f"{name}.{origins[name][index]}" for name, index in wrong}
            for name, index in sorted(wrong, reverse=True):
                del data[name][index], origins[name][index]
        if aside:
            # What refers to a fact that was put aside is not wrong by itself.
            placed = [each for each in placed if each.code != "reference-unknown"]
        # What the organisation has still to say is asked for on a page of its own.
        missing = {value.name for value in missing_values(files)}
        placed = [each for each in placed if place_of(each) not in missing]
        yield Checked(tuple(dict.fromkeys((*found, *placed))), editions, frozenset(aside))


def prefix_owner(policies: Path, organisation: str, prefix: str) -> str | None:
    """Another organisation that has the prefix, or None."""
    return next((name for name in owners(policies, prefix) if name != organisation), None)


def _lay_out(root: Path, policies: Path, files: DraftFiles) -> Path:
    root.mkdir()
    for entry in policies.iterdir():
        if entry.name != files.organisation and not entry.name.startswith("."):
            (root / entry.name).symlink_to(entry.resolve())
    folder = root / files.organisation
    folder.mkdir()
    for entry in files.folder.iterdir():
        if entry.name not in (POLICY_FILE, PROCEDURE_FILE) and not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry.resolve())
    (folder / PROCEDURE_FILE).write_text(files.procedure, encoding="utf-8", newline="")
    return folder


def _write_yaml(folder: Path, data: dict[str, Any]) -> None:
    with (folder / POLICY_FILE).open("w", encoding="utf-8") as stream:
        yaml.dump(
            data,
            stream,
            Dumper=yaml.CSafeDumper,
            allow_unicode=True,
            sort_keys=False,
            width=100_000,
        )


def _wrong_facts(findings: tuple[Finding, ...]) -> set[tuple[str, int]]:
    """The facts with values that cannot be read."""
    places = [place_of(each).split(".") for each in findings if each.field]
    return {
        (place[0], int(place[1]))
        for place in places
        if place[0] in LISTS and len(place) > 1 and place[1].isdigit()
    }


def _at_origin(finding: Finding, origins: dict[str, list[int]]) -> Finding:
    """The finding at the place that its fact has in the draft itself."""
    name, *rest = place_of(finding).split(".")
    if name not in origins or not rest or not rest[0].isdigit():
        return finding
    index = origins[name][int(rest[0])]
    return finding.model_copy(update={"field": ".".join([name, str(index), *rest[1:]])})
