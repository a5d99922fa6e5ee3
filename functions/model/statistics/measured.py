"""What is counted of a case: moments, terms and ids, no word and no person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from functions.model.contract.terms import KindId, Outcome
from functions.model.frozen import Frozen

Standing = Literal["open", "answered", "closed", "withdrawn"]
"""What a case is at a moment. One that is reviewed is open again."""

MeasuredResult = Outcome | Literal["not_accepted"]
"""What an answer says; a filing that was not accepted has no outcome."""

ONLINE = "web"
"""Stands for the channel of what was filed on this site; others go by their id in the policy."""


class MeasuredTurn(Frozen):
    """That the standing of a case changed, and when."""

    at: datetime
    standing: Standing


class Answer(Frozen):
    """An answer; `result` is None if staff stated none.

    `reviewed` means that it follows a review, `changed` that it then says otherwise than the
    answer before; None where staff did not state both.
    """

    at: datetime
    result: MeasuredResult | None = None
    remedy: bool = False
    reviewed: bool = False
    changed: bool | None = None


class LimitRun(Frozen):
    """A limit of the organisation that ran in a case, and until when.

    `done` is when it was kept, in time or late; `over`, when it ceased to matter: the filing was
    answered, withdrawn or closed. `taken` is the time it took, as
    `functions.model.statistics.time_taken` measures it.
    """

    limit: str
    due: datetime
    done: datetime | None = None
    over: datetime | None = None
    taken: int | None = None

    @property
    def kept(self) -> bool:
        """Whether it was kept in time."""
        return self.done is not None and self.done < self.due

    @property
    def ended(self) -> datetime | None:
        """When it was kept or became late, which it stays; None if it ceased to matter before.

        Whether that lies in the future, the limit does not know.
        """
        if self.kept:
            return self.done
        if self.done is None and self.over is not None and self.over < self.due:
            return None
        return self.due

    def is_overdue(self, at: datetime) -> bool:
        """Whether it had ended and still mattered at a moment, and nothing had kept it."""
        ends = (moment for moment in (self.done, self.over) if moment is not None)
        return self.due <= at and all(moment > at for moment in ends)


class Opinion(Frozen):
    """A filer's two answers, to whether they are satisfied and were treated fairly."""

    at: datetime
    satisfied: bool | None = None
    fairly: bool | None = None


class Measure(Frozen):
    """A corrective or preventive measure; `until` is the day by which it must be done."""

    at: datetime
    until: date | None = None
    done: datetime | None = None


class NotedMeasure(Frozen):
    """A measure as staff noted it: whose it is, by when, and on which day it was done."""

    reference: str
    text: str
    owner: str
    until: date | None
    done: date | None


class MeasuredCase(Frozen):
    """What is counted of a case.

    `state` stands for everything that it was counted of: while it is the same, nothing has changed.
    `left` is since when the case has been erased or past its retention; then it has no `reference`.
    """

    kind: KindId
    category: str | None = None
    level: str | None = None
    channel: str = ONLINE
    contract: str
    received: datetime
    turns: tuple[MeasuredTurn, ...] = ()
    answers: tuple[Answer, ...] = ()
    reviews: tuple[datetime, ...] = ()
    runs: tuple[LimitRun, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    measures: tuple[Measure, ...] = ()
    state: str = ""
    left: datetime | None = None

    def standing(self, at: datetime) -> Standing | None:
        """What the case was at a moment; None before its receipt and once it has left."""
        if at < self.received or (self.left is not None and self.left <= at):
            return None
        turns = [turn.standing for turn in self.turns if turn.at <= at]
        return turns[-1] if turns else "open"

    def is_overdue(self, at: datetime) -> bool:
        """Whether any of the organisation's limits was overdue at a moment."""
        return self.standing(at) is not None and any(run.is_overdue(at) for run in self.runs)

    def matters_since(self, at: datetime) -> bool:
        """Whether the figures of a time that ends after this moment may depend on the case."""
        if self.left is not None:
            return self.left >= at
        undone = any(measure.done is None for measure in self.measures)
        if self.standing(at) == "open" or undone or self.is_overdue(at):
            return True
        return max(self._moments()) >= at

    def is_in_hand(self, begin: datetime, last: datetime) -> bool:
        """Whether it was received or open in a time, or something of it happened in it."""
        if self.standing(begin) == "open":
            return True
        return any(begin <= moment <= last for moment in self._moments())

    def _moments(self) -> Iterator[datetime]:
        yield self.received
        for run in self.runs:
            yield run.due
            yield run.done or run.due
        for measure in self.measures:
            yield measure.at
            yield measure.done or measure.at
        yield from self.reviews
        yield from (turn.at for turn in self.turns)
        yield from (answer.at for answer in self.answers)
        yield from (opinion.at for opinion in self.opinions)
