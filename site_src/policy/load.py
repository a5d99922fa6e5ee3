"""Loads each organisation's editions, current and archived, and what belongs to no version."""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from functions.model.language import FIRST
from site_src.bilingual import Bilingual
from site_src.policy.clauses import RawLine, read_clauses
from site_src.policy.drafts.model import policy_model
from site_src.policy.edition import Edition, Editions
from site_src.policy.extends import base_findings, merge_base
from site_src.policy.facts import facts
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.folders import (
    POLICY_FILE,
    PROCEDURE_FILE,
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
from site_src.policy.staff.reading import read_roster
from site_src.policy.staff.replies import read_replies
from site_src.policy.text_files import overlong_clauses, read_lines
from site_src.policy.translation import Translation, read_translations
from site_src.policy.yaml.document import Position, YamlDocument
from site_src.policy.yaml.reading import read_yaml


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
