"""Members of staff, by whom each act is recorded."""

import re
from collections.abc import Iterable
from datetime import date

from pydantic import Field

from functions.model.derived_keys import keyed
from functions.model.frozen import Frozen

_TITLES = (
    "总经理|副总经理|副经理|经理|副主任|主任|主管|店长|厂长|部长|科长|处长|院长|校长|所长|书记|董事长|律师|老师|"
    "工程师|师傅|医生|教授|先生|女士|小姐|总(?![\u3400-\u9fff])"
)
"""How people are called by their surname."""

_TWO_CHARACTERS = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "皇甫",
        "夏侯",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "东方",
        "南宫",
        "宇文",
    )
)

_CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")


class StaffMember(Frozen):
    """A person who works on cases: address, name, ids of roles, and the last day, if there is one.

    `also` are other names that filers may write. `surname` is that of a Chinese name which nobody
    else on the list has, so that 王经理 names the person; else it is empty.
    """

    address: str
    name: str
    roles: tuple[str, ...]
    until: date | None = None
    also: tuple[str, ...] = ()
    surname: str = Field(default="", exclude_if=lambda value: not value)

    def is_current(self, day: date) -> bool:
        """Whether the person works there on that day."""
        return self.until is None or day <= self.until

    def is_named_in(self, words: str) -> bool:
        """Whether a filer's words name the person, by a name, the address, or surname and title."""
        folded = _folded(words)
        if self.surname and re.search(f"{self.surname}(?:{_TITLES})", folded):
            return True
        return any(_folded(name) in folded for name in (self.name, *self.also, self.address))


def with_surnames(staff: tuple[StaffMember, ...]) -> tuple[StaffMember, ...]:
    """The people with the surnames that are theirs alone, those who have left counted, too."""
    found = [_surname(member.name) for member in staff]
    return tuple(
        member.model_copy(update={"surname": own if found.count(own) == 1 else ""})
        for member, own in zip(staff, found, strict=True)
    )


def _surname(name: str) -> str:
    if not _CHINESE_NAME.fullmatch(name):
        return ""
    return name[:2] if name[:2] in _TWO_CHARACTERS and len(name) > 2 else name[:1]


def mark(key: bytes, organisation: str, address: str) -> str:
    """What stands for a member of staff in tokens and on cases: a keyed hash of the address."""
    return keyed(key, "staff", f"{organisation}\0{address.casefold()}")[:24]


def marks(keys: Iterable[bytes], organisation: str, address: str) -> tuple[str, ...]:
    """The mark of an address under each key: what is stored keeps the mark of its own time."""
    return tuple(mark(key, organisation, address) for key in keys)


def _folded(words: str) -> str:
    return "".join(words.casefold().split())
