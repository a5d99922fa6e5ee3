"""What is published tells no small number to those who read the reports of the months, too."""

from datetime import UTC, datetime

import pytest

from functions.model.statistics.figures import NO_ANSWER, Figures
from functions.model.statistics.published import PublishedStatistics, published
from functions.model.statistics.totals import MonthTotal

AS_OF = datetime(2026, 12, 31, 2, 0, tzinfo=UTC)


def month(number: int, received: int, answers: int, upheld: int, reviews: int = 0) -> MonthTotal:
    """A month in which so many of those received were answered, and so many answers given."""
    cells = {"upheld": upheld, "not_upheld": answers - upheld}
    figures = Figures(
        received=received,
        answered=answers,
        reviews=reviews,
        becomes={**cells, NO_ANSWER: received - answers},
        results=cells,
    )
    return MonthTotal(month=f"2026-{number:02}", as_of=AS_OF, figures=figures)


def year(last: MonthTotal, first: int = 1, received: int = 20) -> PublishedStatistics:
    """What is published of some like months and the last one."""
    months = [month(number, received, 20, 10) for number in range(first, 12)]
    return published("law-firm", "Asia/Shanghai", [*months, last], "1")


def test_small_month_is_not_what_is_left_of_the_sum() -> None:
    """Eleven months of twenty and one of three: the sum says no more than the eleven do."""
    few = [year(month(12, received, received, received)) for received in range(5)]
    assert few[0].received == ">=220"
    assert few[0].answered == ">=216"
    assert few[0].results["upheld"] == ">=110"
    assert all(each == few[0] for each in few)


def test_few_answers_of_a_month_are_not_what_is_left() -> None:
    """The last month's filings wait yet: how many have an answer is not the rest of a sum."""
    few = [year(month(12, 20, answers, 0), received=30) for answers in range(5)]
    assert (few[0].received, few[0].answered) == (">=330", ">=220")
    assert all(each == few[0] for each in few)


def test_sums_of_large_months_are_exact() -> None:
    """Nothing of a year without small months is rounded."""
    told = year(month(12, 30, 20, 10), received=25)
    assert (told.received, told.answered) == (305, 240)
    assert told.results["upheld"] == 120


def test_sums_of_many_small_months_are_exact() -> None:
    """Where every month has few filings, their sum tells no single one of them."""
    months = [month(number, 2, 2, 1) for number in range(1, 13)]
    told = published("law-firm", "Asia/Shanghai", months, "1")
    assert told.received == 24


@pytest.mark.parametrize(("reviews", "told"), [(0, "<5"), (6, ">=6"), (4, "<5")])
def test_reviews_of_one_month_tell_nothing_of_the_others(reviews: int, told: str) -> None:
    """Six reviews in one month and none in the others: six or more."""
    assert year(month(12, 20, 20, 10, reviews)).reviews == told
