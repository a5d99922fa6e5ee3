"""Computes the due dates of a case, one for each time limit whose start is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from functions.model.answers.submission import Submission
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import Event
from functions.model.deadlines.counting import Due, due


@dataclass(frozen=True)
class Milestone:
    """A time limit of this case; `due` is None if what it runs from has not happened.

    `late` means that the filer's time to file had ended when the filing arrived. It is a flag
    for staff, who decide what follows; a late filing is not refused.
    """

    limit: Limit
    due: Due | None
    late: bool = False


def milestones(
    contract: Contract,
    kind: Kind,
    submission: Submission,
    received_at: datetime,
    begun: Mapping[Event, datetime] | None = None,
) -> tuple[Milestone, ...]:
    """Every time limit of the case, with its due date if its start is known.

    `begun` holds when later events happened. It does not affect windows to file, which run from
    the decision that the filing is about.
    """
    received = received_at.astimezone(ZoneInfo(contract.timezone))
    starts: dict[Event, datetime] = {"received": received}
    if submission.decided_on is not None:
        decided = datetime.combine(submission.decided_on, time(), received.tzinfo)
        starts |= {"decision": decided, "report": decided}
    all_starts = starts | dict(begun or {})
    return tuple(
        _make_milestone(
            contract, limit, (starts if limit.is_window else all_starts).get(limit.starts), received
        )
        for limit in kind.limits_for(submission.category)
    )


def _make_milestone(
    contract: Contract, limit: Limit, start: datetime | None, received: datetime
) -> Milestone:
    if start is None:
        return Milestone(limit, None)
    end = due(start, limit.value, limit.unit, contract.calendar, contract.hours, limit.within_hours)
    return Milestone(limit, end, late=limit.is_window and end.at <= received)
