"""Loads the policies: each organisation's editions, the current one and the archived ones."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from functions.model.language import Language
from site_src.errors import UnknownOrganisation
from site_src.policy.clauses import Clause, RawLine, raw_lines, read_clauses
from site_src.policy.extends import merge_base
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.finding_place import at_place
from site_src.policy.invisible_characters import marks_in_facts, marks_in_text
from site_src.policy.model import Policy
from site_src.policy.translation import Translation, read_translations
from site_src.policy.yaml_reading import Position, YamlDocument, YamlPath, read_yaml

POLICY_FILE = "policy.yaml"
PROCEDURE_FILE = "procedure.md"
REVISIONS = "revisions"


@dataclass(frozen=True)
class Edition:
    """One edition of a policy as read, with where everything stands."""

    folder: Path
    policy: Policy
    lines: tuple[RawLine, ...]
    clauses: tuple[Clause, ...]
    reading: YamlDocument
    translations: tuple[Translation, ...] = ()

    def translation(self, language: Language) -> Translation | None:
        """The procedure in that language, where somebody has translated it."""
        return next((one for one in self.translations if one.language == language), None)

    @property
    def procedure(self) -> str:
        """The whole procedure text."""
        return "\n".join(line.words for line in self.lines)

    @property
    def digest(self) -> str:
        """What is published: changes with any fact or word, not with blank lines or comments.

        Nor with what is only for the conformance report, or with looks: nothing is said by them;
        nor with a translation, which promises nothing.
        """
        facts = json.dumps(
            _published(self.reading.data), ensure_ascii=False, sort_keys=True, default=str
        )
        words = "\n".join(line.words.strip() for line in self.lines if line.words.strip())
        return sha256(f"{facts}\n{words}".encode()).hexdigest()

    def clause(self, id: str) -> Clause | None:
        """The clause of that number."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    def position(self, *place: str | int) -> Position:
        """Where `place` stands in the YAML, or the nearest thing around it."""
        return self.reading.nearest(place)


@dataclass(frozen=True)
class Editions:
    """An organisation's editions, oldest first by the day they take effect."""

    id: str
    editions: tuple[Edition, ...]

    def in_force(self, today: date) -> Edition:
        """The latest edition that has taken effect, else the first one."""
        begun = [one for one in self.editions if one.policy.effective_from <= today]
        return begun[-1] if begun else self.editions[0]

    def announced(self, today: date) -> tuple[Edition, ...]:
        """Editions that take effect later than the one in force."""
        current = self.in_force(today)
        return self.editions[self.editions.index(current) + 1 :]


def folders(policies: Path, organisations: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """The policy folders of these organisations, or of all, in alphabetical order.

    Raises UnknownOrganisation.
    """
    known = {path.name: path for path in sorted(policies.glob("[!.]*")) if path.is_dir()}
    for organisation in organisations:
        if organisation not in known:
            raise UnknownOrganisation(
                f"there is no policies/{organisation}/; there are: {', '.join(known)}"
            )
    return tuple(known[name] for name in organisations or known)


def load_editions(folder: Path) -> Editions | tuple[Finding, ...]:
    """All editions of an organisation, or everything that keeps one from being read."""
    revisions = folder / REVISIONS
    archived = sorted(revisions.glob("[!.]*")) if revisions.is_dir() else []
    loaded = [load(path) for path in (*archived, folder)]
    findings = tuple(finding for one in loaded if not isinstance(one, Edition) for finding in one)
    if findings:
        return findings
    editions = [one for one in loaded if isinstance(one, Edition)]
    return Editions(folder.name, tuple(sorted(editions, key=lambda one: one.policy.effective_from)))


def load(folder: Path) -> Edition | tuple[Finding, ...]:
    """The edition in `folder`, or everything that keeps it from being read."""
    return _load(folder, ())


def _load(folder: Path, extending: tuple[Path, ...]) -> Edition | tuple[Finding, ...]:
    """`extending` are the folders whose policies extend, one another, the one in `folder`."""
    read = _read(folder, extending)
    if not isinstance(read, _Read):
        return read
    try:
        policy = Policy.model_validate(read.reading.data)
    except ValidationError as error:
        return tuple(_invalid(read.reading, details) for details in _told(error.errors()))
    clauses = read_clauses(read.lines)
    return Edition(folder, policy, read.lines, clauses, read.reading, read.translations)


@dataclass(frozen=True)
class _Read:
    reading: YamlDocument
    lines: tuple[RawLine, ...]
    translations: tuple[Translation, ...]


def _read(folder: Path, extending: tuple[Path, ...]) -> _Read | tuple[Finding, ...]:
    """The files of a folder, with those of the policy that it extends worked in."""
    yaml_file, procedure_file = folder / POLICY_FILE, folder / PROCEDURE_FILE
    missing = tuple(
        _at(
            "file-missing",
            Position(file, 1, 1),
            f"{file.name} is missing",
            "Every policy folder holds policy.yaml and procedure.md.",
        )
        for file in (yaml_file, procedure_file)
        if not file.is_file()
    )
    if missing:
        return missing
    reading = read_yaml(yaml_file)
    if not isinstance(reading, YamlDocument):
        return reading
    try:
        lines = raw_lines(procedure_file, procedure_file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        message = f"{procedure_file.name} is not UTF-8: {error.reason}"
        at = Position(procedure_file, 1, 1)
        return (_at("file-encoding", at, message, "Save it as UTF-8."),)
    translations = read_translations(folder)
    if findings := tuple(one for one in translations if isinstance(one, Finding)):
        return findings
    translated = tuple(one for one in translations if isinstance(one, Translation))
    texts = (lines, *(one.lines for one in translated))
    marks = (*marks_in_facts(reading), *(mark for text in texts for mark in marks_in_text(text)))
    if marks:
        return marks
    if not {"extends", "omits"} & reading.data.keys():
        return _Read(reading, lines, translated)
    base = _base(folder, reading.data.get("extends"))
    if base is None or base in extending:
        what = "extends itself in a circle" if base else "there is no such policy to extend"
        remedy = "Name a policy and its version: `extends: {policy: …, version: …}`."
        key = "extends" if "extends" in reading.data else "omits"
        return (_at("base-unknown", reading.nearest((key,)), what, remedy),)
    source = _load(base, (*extending, folder))
    if not isinstance(source, Edition):
        return source
    if unknown := tuple(_omits_unknown(reading, source)):
        return unknown
    derived = merge_base(source.reading, source.lines, reading, lines)
    return _Read(derived.reading, derived.lines, translated)


def _omits_unknown(reading: YamlDocument, base: Edition) -> Iterator[Finding]:
    omits = reading.data.get("omits")
    for index, clause in enumerate(omits if isinstance(omits, list) else ()):
        if base.clause(str(clause)) is None:
            policy = base.policy
            what = f"version {policy.version} of {policy.id} has no clause {str(clause)!r} to omit"
            remedy = "Give the number that the clause has there, or remove it from omits."
            yield _at("clause-unknown", reading.nearest(("omits", index)), what, remedy)


def _base(folder: Path, extends: Any) -> Path | None:
    """The folder of the edition that is extended: a policy of another organisation."""
    if not isinstance(extends, dict):
        return None
    policies = folder.parent.parent.parent if folder.parent.name == REVISIONS else folder.parent
    name, version = str(extends.get("policy")), str(extends.get("version"))
    if not (policies / name / POLICY_FILE).is_file() or (policies / name) == folder:
        return None
    current = read_yaml(policies / name / POLICY_FILE)
    if isinstance(current, YamlDocument) and str(current.data.get("version")) == version:
        return policies / name
    archived = policies / name / REVISIONS / version
    return archived if (archived / POLICY_FILE).is_file() else None


def _published(data: Any) -> Any:
    """The facts without `standards` and `acts`, and without `logo` and `colour`."""
    if isinstance(data, dict):
        return {
            key: _published(value)
            for key, value in data.items()
            if key not in ("standards", "acts", "logo", "colour")
        }
    return [_published(item) for item in data] if isinstance(data, list) else data


def _at(code: FindingCode, at: Position, message: str, remedy: str) -> Finding:
    return Finding(
        code=code, file=at.file, line=at.line, column=at.column, message=message, remedy=remedy
    )


def _told(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """The errors without those that a list is too short, where only its items are wrong."""
    for error in errors:
        below = [one for one in errors if one["loc"][:-1][: len(error["loc"])] == error["loc"]]
        if error["type"] != "too_short" or not below:
            yield error


def _invalid(reading: YamlDocument, details: ErrorDetails) -> Finding:
    place: YamlPath = details["loc"]
    code, remedy = _advice(details)
    message = details["msg"].removeprefix("Value error, ")
    clause = next(_clauses(reading.data, place), None)
    return at_place(reading, place, code, message, remedy, clause)


def _advice(details: ErrorDetails) -> tuple[FindingCode, str]:
    given = details["input"]
    if details["type"] == "extra_forbidden":
        return "unknown-key", "Check the spelling against docs/policy-format.md, or remove it."
    if details["type"] == "missing":
        return "missing-key", "Add it; docs/policy-format.md says what it takes."
    if details["type"] == "string_type" and isinstance(given, int | float):
        return "wrong-value", f'It says {given} without quotes; put them around it: "2.10".'
    said = repr(given)[:60]
    return "wrong-value", f"It says {said}; docs/policy-format.md says what it takes."


def _clauses(data: Any, place: YamlPath) -> Iterator[str]:
    """The clauses of the facts that `place` leads into, the innermost first."""
    if not place:
        return
    try:
        inner = data[place[0]]
    except (KeyError, IndexError, TypeError):
        inner = None
    yield from _clauses(inner, place[1:])
    if isinstance(data, dict) and isinstance(data.get("clause"), str):
        yield data["clause"]
