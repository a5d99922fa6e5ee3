"""The dates of a case: every time limit that holds for it, as far as its start is known."""

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
    """A time limit of this case; without `due` it runs from something that has not happened.

    Or it is the filer's, and the procedure does not say from when.

    `late` says that the filer's own time to file had ended when the filing arrived. It is a
    flag for people, who decide what follows from it; nothing is refused.
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
    """Every time limit of the case, dated as far as is known what it runs from.

    `begun` has what happened since. It moves no window: that runs from what was decided before.
    """
    received = received_at.astimezone(ZoneInfo(contract.timezone))
    starts: dict[Event, datetime] = {"received": received}
    if submission.decided_on is not None:
        decided = datetime.combine(submission.decided_on, time(), received.tzinfo)
        starts |= {"decision": decided, "report": decided}
    since = starts | dict(begun or {})
    return tuple(
        _milestone(
            contract,
            limit,
            (starts if limit.is_window else since).get(limit.counted_from),
            received,
        )
        for limit in kind.limits_for(submission.category)
    )


def _milestone(
    contract: Contract, limit: Limit, start: datetime | None, received: datetime
) -> Milestone:
    if start is None:
        return Milestone(limit, None)
    end = due(start, limit.value, limit.unit, contract.calendar, contract.hours, limit.within_hours)
    return Milestone(limit, end, late=limit.is_window and end.at <= received)
