"""Members of staff: how long they work there, whether a filer names them, their marks."""

from datetime import date

import pytest

from functions.model.desk.staff import StaffMember, mark, with_surnames
from tests.conftest import KEY

LIN = StaffMember(
    address="lin.yi@dealer.example.com", name="林一", roles=("service-manager",), also=("林经理",)
)


def test_last_day_counts_whole() -> None:
    """Somebody works there until the end of the last day, and without one for good."""
    leaving = LIN.model_copy(update={"until": date(2026, 11, 30)})
    assert leaving.is_current(date(2026, 11, 30))
    assert not leaving.is_current(date(2026, 12, 1))
    assert LIN.is_current(date.max)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("维修部的林一态度恶劣", True),
        ("是 林 一 接待的", True),
        ("林经理说不管", True),
        ("LIN.YI@Dealer.example.com 回的邮件", True),
        ("林二", False),
        ("", False),
    ],
)
def test_named_by_any_name_or_the_address(words: str, named: bool) -> None:
    """Blanks and letter case do not hide a name; another name is another person."""
    assert LIN.is_named_in(words) is named


@pytest.mark.parametrize(
    ("names", "words", "named"),
    [
        (("韩牧之", "秦雨潼"), "韩经理态度恶劣", True),
        (("韩牧之", "秦雨潼"), "业务部韩 总", True),
        (("韩牧之", "秦雨潼"), "南韩总部来的人", False),
        (("韩牧之", "秦雨潼"), "姓韩的", False),
        (("韩牧之", "韩秋"), "韩经理态度恶劣", False),
        (("欧阳牧", "秦雨潼"), "欧阳主任", True),
        (("Han Muzhi", "秦雨潼"), "H经理", False),
    ],
)
def test_surname_and_title_name_the_only_one(
    names: tuple[str, ...], words: str, named: bool
) -> None:
    """The surname with a title means somebody where nobody else on the list has the surname."""
    staff = tuple(
        StaffMember(address=f"{place}@dealer.example.com", name=name, roles=("taker",))
        for place, name in enumerate(names)
    )
    assert with_surnames(staff)[0].is_named_in(words) is named


def test_mark_is_of_one_person_in_one_organisation() -> None:
    """A mark does not depend on letter case, and says nothing to whoever lacks the key."""
    own = mark(KEY, "car-dealer", LIN.address)
    assert own == mark(KEY, "car-dealer", LIN.address.upper())
    assert own != mark(KEY, "law-firm", LIN.address)
    assert own != mark(bytes(32), "car-dealer", LIN.address)
    assert LIN.address not in own
