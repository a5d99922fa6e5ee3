"""The latest day of an answer is the end of the chain of limits that leads to it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.model.answers.submission import Submission
from functions.model.contract.contract import Contract
from functions.model.contract.terms import Event
from functions.model.deadlines.latest_answer import LatestAnswer, latest_answer
from functions.model.deadlines.milestones import Calendars, Milestone, Start, milestones

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""In the morning, in China and in Europe."""


def sample(built: Path, name: str) -> tuple[Contract, Calendars]:
    """The contract of a sample, with the days off that the site knows."""
    source = FolderContracts(str(built / "contracts"))
    contract = source.contract(source.current().organisations[name])
    assert contract.calendar is not None
    known = source.calendar(source.current().calendars[contract.calendar])
    return contract, Calendars(known, known)


def answer(
    built: Path,
    name: str,
    kind: str,
    begun: dict[str, datetime] | None = None,
    level: str | None = None,
    **changed: Event,
) -> LatestAnswer:
    """By when a filing of that Monday is answered; `changed` is what all limits have instead."""
    contract, calendars = sample(built, name)
    starts = {event: Start(at, at, calendars.filed) for event, at in (begun or {}).items()}
    chosen = contract.kinds[kind]  # type: ignore[index]
    limits = tuple(limit.model_copy(update=changed) for limit in chosen.limits)
    chosen = chosen.model_copy(update={"limits": limits})

    def dated_if(assumed: Mapping[Event, Start]) -> tuple[Milestone, ...]:
        begun = {**assumed, **starts}
        return milestones(contract, chosen, Submission(), MONDAY, calendars, begun, level)

    return latest_answer(chosen, dated_if, dated_if({}), level, calendars.current)


def days(found: LatestAnswer) -> tuple[date | None, date | None]:
    """The last days, certain and possible."""
    ends = (found.certain, found.possible)
    certain, possible = (each.due.day if each and each.due else None for each in ends)
    return certain, possible


@pytest.mark.parametrize(
    ("name", "kind", "certain", "possible"),
    [
        # Five working days to acknowledge, then ten to respond; ten more if it is complex. Good
        # Friday is 3 April 2026, Easter Monday 6 April.
        ("housing-association", "complaint", date(2026, 3, 23), date(2026, 4, 8)),
        # A simple complaint in 15 days, a complex one in 30, and 30 more: 1 May is a holiday, and
        # so are the days to 5 May.
        ("commercial-bank", "complaint", date(2026, 4, 1), date(2026, 5, 6)),
        # One month, and two more for a complex request.
        ("data-service", "request", date(2026, 4, 2), date(2026, 6, 2)),
        ("data-service", "objection", date(2026, 3, 16), date(2026, 3, 16)),
        ("securities-brokerage", "complaint", date(2026, 3, 5), date(2026, 3, 5)),
        # The committee proposes in two months; nothing says by when the decision is made.
        ("accreditation-body", "appeal", None, None),
        # The only times to answer belong to reviews.
        ("factory-staff", "grievance", None, None),
        ("qa-operations", "complaint", None, None),
    ],
)
def test_samples(
    built: Path, name: str, kind: str, certain: date | None, possible: date | None
) -> None:
    """Each sample's chain, counted by hand; a gap in it leaves no day."""
    assert days(answer(built, name, kind)) == (certain, possible)


def test_what_has_happened_counts_from_its_day(built: Path) -> None:
    """An acknowledgement on the day after the filing brings the answer forward."""
    tuesday = MONDAY.replace(day=3)
    found = answer(built, "housing-association", "complaint", {"acknowledged": tuesday})
    assert days(found) == (date(2026, 3, 17), date(2026, 3, 31))


def test_a_level_that_is_set_decides(built: Path) -> None:
    """Once staff have set the level, only its own limits count."""
    found = answer(built, "commercial-bank", "complaint", level="simple")
    assert days(found) == (date(2026, 3, 17), date(2026, 3, 17))


def test_undated_is_not_unset(built: Path) -> None:
    """A time that runs from a day that nobody knows is told apart from none at all."""
    assert answer(built, "commercial-bank", "complaint", starts="registered").undated
    assert not answer(built, "commercial-bank", "complaint").undated
    assert not answer(built, "accreditation-body", "appeal").undated
