"""Loads each organisation's editions, current and archived, and what belongs to no version."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from functions.model.desk.staff import StaffMember
from functions.model.language import FIRST, Language
from site_src.bilingual import Bilingual
from site_src.policy.clauses import Clause, RawLine, read_clauses
from site_src.policy.drafts.marks import MARKS, is_draft, without_keys
from site_src.policy.drafts.model import policy_model
from site_src.policy.extends import base_findings, merge_base
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.folders import (
    POLICY_FILE,
    PROCEDURE_FILE,
    RENAMED,
    REVISIONS,
    base_folder,
    earlier_ids_of,
    organisation_folder,
)
from site_src.policy.invisible_characters import marks_in_facts, marks_in_text
from site_src.policy.layout.citations import cite_as_written
from site_src.policy.layout.clause_numbers import every_id, small_items
from site_src.policy.mistakes.wrong_values import wrong_values
from site_src.policy.model.policy import Policy
from site_src.policy.staff.reading import Roster, read_roster
from site_src.policy.staff.replies import Reply, read_replies
from site_src.policy.text_files import overlong_clauses, read_lines
from site_src.policy.translation import Translation, read_translations
from site_src.policy.yaml.document import Position, YamlDocument
from site_src.policy.yaml.reading import read_yaml

_NO_PROMISE = MARKS | {
    *("standards", "acts", "logo", "colour", "sector", "mailbox", "closed", "statistics"),
    RENAMED,
}
"""Keys that may change in a published version."""


@dataclass(frozen=True)
class Edition:
    """One edition of a policy as read, with the place of every fact and clause."""

    folder: Path
    policy: Policy
    lines: tuple[RawLine, ...]
    clauses: tuple[Clause, ...]
    reading: YamlDocument
    translations: tuple[Translation, ...] = ()
    items: frozenset[str] = frozenset()

    def translation(self, language: Language) -> Translation | None:
        """The translation of the procedure into that language, or None."""
        return next((text for text in self.translations if text.language == language), None)

    @cached_property
    def facts(self) -> tuple[PlacedFact, ...]:
        """All facts with their places, in the order of the model."""
        return tuple(facts(self.policy))

    @cached_property
    def named(self) -> Mapping[tuple[str, str | None], list[PlacedFact]]:
        """The facts by their list and id."""
        named: defaultdict[tuple[str, str | None], list[PlacedFact]] = defaultdict(list)
        for placed in self.facts:
            named[(placed.list, placed.id)].append(placed)
        return named

    @property
    def is_draft(self) -> bool:
        """Whether it is never published: see `site_src.policy.drafts`."""
        return is_draft(self.reading.data)

    @property
    def procedure(self) -> str:
        """The whole procedure text."""
        return "\n".join(line.words for line in self.lines)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what is published: any change of a fact or a word changes it.

        Blank lines and comments do not change it, nor do keys for the conformance report, looks
        and translations: they promise nothing. Mailboxes belong to no version, and an organisation
        that was renamed has its first id.
        """
        return self._digest_without(_NO_PROMISE)

    @property
    def earlier_digest(self) -> str:
        """The digest as releases before 0.2.0 recorded it, mailboxes included."""
        return self._digest_without(_NO_PROMISE - {"mailbox"})

    def _digest_without(self, keys: frozenset[str]) -> str:
        data = without_keys(self.reading.data, keys)
        facts = json.dumps(
            data | {"id": self.policy.recorded_id},
            ensure_ascii=False,
            sort_keys=True,
            default=str,
        )
        words = "\n".join(line.words.strip() for line in self.lines if line.words.strip())
        return sha256(f"{facts}\n{words}".encode()).hexdigest()

    def clause(self, id: str) -> Clause | None:
        """The clause with that id, or None."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    def position(self, *place: str | int) -> Position:
        """The position of `place` in the YAML, or of the nearest known place around it."""
        return self.reading.nearest(place)


@dataclass(frozen=True)
class Editions:
    """An organisation's editions in the order in which they take effect, its staff and replies."""

    id: str
    editions: tuple[Edition, ...]
    roster: Roster | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """The people who work on its cases, those whose last day has passed included."""
        return self.roster.members if self.roster else ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of today, then the earlier ones."""
        return tuple(dict.fromkeys((self.id, *self.renamed_from)))

    @property
    def renamed_from(self) -> tuple[str, ...]:
        """The earlier ids, the first one first."""
        newest = next(one for one in self.editions if one.folder.parent.name != REVISIONS)
        return newest.policy.renamed_from

    @property
    def recorded_id(self) -> str:
        """What cases, contracts, keys and figures call the organisation."""
        return (*self.renamed_from, self.id)[0]

    @property
    def is_draft(self) -> bool:
        """Whether any edition is a draft; then nothing of the organisation is published."""
        return any(edition.is_draft for edition in self.editions)

    @property
    def versions(self) -> frozenset[str]:
        """The names of all versions."""
        return frozenset(edition.policy.version for edition in self.editions)

    def in_force(self, today: date) -> Edition:
        """The latest edition in effect on `today`, or the first one if none is."""
        begun = [edition for edition in self.editions if edition.policy.effective_from <= today]
        return begun[-1] if begun else self.editions[0]

    def announced(self, today: date) -> tuple[Edition, ...]:
        """The editions that take effect after the one in force."""
        current = self.in_force(today)
        return self.editions[self.editions.index(current) + 1 :]


def load_editions(folder: Path) -> Editions | tuple[Finding, ...]:
    """All editions of an organisation, or every finding that prevents reading one of them."""
    archived = sorted((folder / REVISIONS).glob("[!.]*"))
    loaded = [load(path) for path in (*archived, folder)]
    original = loaded[-1].policy.language if isinstance(loaded[-1], Edition) else None
    roster, (replies, wrong) = read_roster(folder), read_replies(folder, original)
    editions = [result for result in loaded if isinstance(result, Edition)]
    rejected = [result for result in (*loaded, roster) if isinstance(result, tuple)]
    if rejected or wrong or isinstance(roster, tuple):
        return (*(finding for findings in rejected for finding in findings), *wrong)
    by_day = sorted(editions, key=lambda edition: edition.policy.effective_from)
    return Editions(folder.name, tuple(by_day), roster, replies)


def load(folder: Path) -> Edition | tuple[Finding, ...]:
    """The edition in `folder`, or every finding that prevents reading it."""
    return _load(folder, ())


def _load(folder: Path, extending: tuple[Path, ...]) -> Edition | tuple[Finding, ...]:
    """As `load`; `extending` lists the folders that lead here by `extends`, to find circles."""
    files = _read_files(folder, extending)
    if not isinstance(files, _Files):
        return files
    cite_as_written(files.reading.data, every_id(line.words for line in files.lines))
    try:
        policy = policy_model(files.reading.data, _language(files.reading))
    except ValidationError as error:
        return tuple(wrong_values(files.reading, error))
    policy = _as_renamed(policy, folder)
    items = _cited_items(files, policy)
    clauses = read_clauses(files.lines, items)
    if overlong := tuple(overlong_clauses(clauses)):
        return overlong
    translations = tuple(replace(text, items=items) for text in files.translations)
    return Edition(folder, policy, files.lines, clauses, files.reading, translations, items)


def _as_renamed(policy: Policy, folder: Path) -> Policy:
    """An archived edition under the id of today: its own files never change."""
    organisation = organisation_folder(folder)
    earlier = () if policy.id == organisation.name else earlier_ids_of(organisation)
    if organisation == folder or policy.id not in earlier:
        return policy
    return policy.model_copy(update={"id": organisation.name, "renamed_from": earlier})


def _cited_items(files: "_Files", policy: Policy) -> frozenset[str]:
    cited = {placed.fact.clause for placed in facts(policy)}
    return small_items((line.words for line in files.lines), cited)


def _language(reading: YamlDocument) -> str:
    """The language of the policy, as far as the file says one."""
    return str(reading.data.get("language", FIRST))


@dataclass(frozen=True)
class _Files:
    reading: YamlDocument
    lines: tuple[RawLine, ...]
    translations: tuple[Translation, ...]


def _read_files(folder: Path, extending: tuple[Path, ...]) -> _Files | tuple[Finding, ...]:
    """The files of a folder, merged with those of the policy that it extends."""
    yaml_file, procedure_file = folder / POLICY_FILE, folder / PROCEDURE_FILE
    missing = tuple(
        _finding_at(
            "file-missing",
            Position(file, 1, 1),
            Bilingual(f"{file.name} is missing", f"缺少 {file.name}"),
            Bilingual(
                "Add it: every policy folder needs policy.yaml and procedure.md.",
                "请补上：每个文件夹都要有 policy.yaml 和 procedure.md。",
            ),
        )
        for file in (yaml_file, procedure_file)
        if not file.is_file()
    )
    if missing:
        return missing
    reading = read_yaml(yaml_file)
    if not isinstance(reading, YamlDocument):
        return reading
    lines = read_lines(procedure_file)
    if isinstance(lines, Finding):
        return (lines,)
    results = read_translations(folder, _language(reading))
    if findings := tuple(result for result in results if isinstance(result, Finding)):
        return findings
    translations = tuple(result for result in results if isinstance(result, Translation))
    texts = (lines, *(translation.lines for translation in translations))
    marks = (*marks_in_facts(reading), *(mark for text in texts for mark in marks_in_text(text)))
    if marks:
        return marks
    if not {"extends", "omits"} & reading.data.keys():
        return _Files(reading, lines, translations)
    base = base_folder(folder, reading.data.get("extends"))
    if base is None or base in extending:
        what = (
            Bilingual("the policy extends itself in a circle", "extends 绕了一圈又回到自身")
            if base
            else Bilingual(
                "there is no such policy or version to extend", "没有这个可供引用的办法或版本"
            )
        )
        remedy = Bilingual(
            "Name a policy and its version: `extends: {policy: …, version: …}`.",
            "请写明办法所在的文件夹和版本：`extends: {policy: …, version: …}`。",
        )
        key = "extends" if "extends" in reading.data else "omits"
        return (_finding_at("base-unknown", reading.nearest((key,)), what, remedy),)
    source = _load(base, (*extending, folder))
    if not isinstance(source, Edition):
        return source
    if unfit := tuple(base_findings(reading, source)):
        return unfit
    derived = merge_base(source.reading, source.lines, reading, lines)
    return _Files(derived.reading, derived.lines, translations)


def _finding_at(code: FindingCode, at: Position, message: Bilingual, remedy: Bilingual) -> Finding:
    return Finding(
        code=code, file=at.file, line=at.line, column=at.column, message=message, remedy=remedy
    )
