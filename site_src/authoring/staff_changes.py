"""Works out what adding or removing a person changes in staff.yaml, and what is wrong with it.

Nothing is written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from site_src.authoring.staff_edits import new_file, with_entry, without_entry
from site_src.bilingual import Bilingual
from site_src.check.organisation import check_staff
from site_src.check.staff.entry_rules import entry_findings
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.load import load_editions
from site_src.policy.mistakes.refusals import refusal
from site_src.policy.staff.entries import StaffEntry
from site_src.policy.staff.reading import STAFF_FILE, Roster, parse_roster, read_roster


@dataclass(frozen=True)
class Addition:
    """A person who can be added: the file's new text, None if the entry is there already.

    `remaining` are findings on the staff that the change leaves, such as a role nobody has.
    """

    file: Path
    entry: StaffEntry
    text: str | None
    remaining: tuple[Finding, ...]


@dataclass(frozen=True)
class AdditionRefused:
    """Why a person cannot be added; each reason also says what to do."""

    reasons: tuple[Bilingual, ...]


@dataclass(frozen=True)
class Removal:
    """What removing a person changes: the file's new text, None if it must be done by hand.

    `line` is where the entry stands, None if there is none. `remaining` as in `Addition`.
    """

    file: Path
    line: int | None
    text: str | None
    remaining: tuple[Finding, ...] = ()


def addition(
    organisation: Editions, folder: Path, values: Mapping[str, Any]
) -> Addition | AdditionRefused:
    """What adding a person with these values changes."""
    file = folder / STAFF_FILE
    try:
        entry = StaffEntry.model_validate(values)
    except ValidationError as error:
        wrong = (
            Bilingual("{key}: {problem}", "{key}：{problem}").filled(
                key=details["loc"][0], problem=refusal(details)
            )
            for details in error.errors()
        )
        return AdditionRefused(tuple(wrong))
    roster = organisation.roster
    place = roster.place_of(entry.address) if roster else None
    if roster is not None and place is not None:
        if roster.entries[place].member == entry.member:
            return Addition(file, entry, None, check_staff(organisation))
        line = roster.reading.nearest(("staff", place)).line
        return AdditionRefused((_OTHERWISE.filled(file=file, line=line, address=entry.address),))
    language = organisation.editions[-1].policy.language
    before = file.read_text(encoding="utf-8") if roster else new_file(language)
    text = with_entry(before, entry)
    if text is None:
        return AdditionRefused((_BY_HAND.filled(file=file),))
    changed = parse_roster(text, file)
    assert isinstance(changed, Roster), "with_entry has read it"
    after = replace(organisation, roster=changed)
    own = f"staff[{len(changed.entries) - 1}]"
    wrong_entry = [
        Bilingual("{message}. {remedy}", "{message}。{remedy}").filled(
            message=finding.message, remedy=finding.remedy
        )
        for finding in entry_findings(after, changed)
        if (finding.field or "").startswith(own)
    ]
    if wrong_entry:
        return AdditionRefused(tuple(wrong_entry))
    return Addition(file, entry, text, check_staff(after))


def removal(folder: Path, address: str) -> Removal | tuple[Finding, ...]:
    """What removing the person with that address changes, or what prevents reading staff.yaml.

    A policy that cannot be read does not prevent it.
    """
    file = folder / STAFF_FILE
    roster = read_roster(folder)
    if isinstance(roster, tuple):
        return roster
    place = roster.place_of(address) if roster else None
    if roster is None or place is None:
        return Removal(file, None, None)
    line = roster.reading.nearest(("staff", place)).line
    text = without_entry(file.read_text(encoding="utf-8"), place)
    if text is None:
        return Removal(file, line, None)
    organisation, changed = load_editions(folder), parse_roster(text, file)
    if not isinstance(organisation, Editions) or not isinstance(changed, Roster):
        return Removal(file, line, text)
    return Removal(file, line, text, check_staff(replace(organisation, roster=changed)))


_OTHERWISE = Bilingual(
    "{file}:{line} has {address} already, with other values: change the entry there.",
    "{file}:{line} 已有 {address}，但内容不同：请直接修改那一条。",
)
_BY_HAND = Bilingual(
    "{file} is laid out in a way that cannot be added to without changing the rest: add the entry "
    "by hand.",
    "照 {file} 现在的写法，加一条就会改动其余部分：请手工添加。",
)
