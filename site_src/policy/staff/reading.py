"""Reads staff.yaml with the place of everything in it."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from functions.model.desk.staff import StaffMember
from site_src.policy.finding import Finding
from site_src.policy.invisible_characters import marks_in_facts
from site_src.policy.mistakes.wrong_values import wrong_values
from site_src.policy.staff.entries import StaffEntry, StaffFile
from site_src.policy.text_files import read_text
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import parse_yaml

STAFF_FILE = "staff.yaml"


@dataclass(frozen=True)
class Roster:
    """The people in a staff.yaml, and where everything about them stands."""

    entries: tuple[StaffEntry, ...]
    reading: YamlDocument

    @property
    def members(self) -> tuple[StaffMember, ...]:
        """The people as the functions know them, those whose last day has passed included."""
        return tuple(entry.member for entry in self.entries)

    def place_of(self, address: str) -> int | None:
        """The index of the entry with that address, however it is capitalised; None if none has."""
        sought = address.casefold()
        return next(
            (at for at, entry in enumerate(self.entries) if entry.address.casefold() == sought),
            None,
        )


def read_roster(folder: Path) -> Roster | tuple[Finding, ...] | None:
    """The staff of an organisation, None without the file, or what prevents reading it."""
    file = folder / STAFF_FILE
    if not file.exists():
        return None
    text = read_text(file)
    return (text,) if isinstance(text, Finding) else parse_roster(text, file)


def parse_roster(text: str, file: Path) -> Roster | tuple[Finding, ...]:
    """The staff in the text of a staff.yaml, or what prevents reading it."""
    reading = parse_yaml(text, file)
    if not isinstance(reading, YamlDocument):
        return reading
    if marks := tuple(marks_in_facts(reading)):
        return marks
    try:
        return Roster(StaffFile.model_validate(reading.data).staff, reading)
    except ValidationError as error:
        return tuple(wrong_values(reading, error))
