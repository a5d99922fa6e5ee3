"""Time limits: how long, from when, and who must do what."""

from typing import Annotated

from pydantic import Field

from functions.model.contract.terms import Event, Party, StaffAct, Unit
from functions.model.frozen import Frozen
from functions.model.text import Text


class Limit(Frozen):
    """A time limit: how long, from when, who must do what.

    A `recurring` one is a frequency: at least `value` times in each `unit`. With a `level`
    it holds for filings of that level only. `kept_by` are the acts that keep it, as far as the
    procedure's own words say; people may say so of any other act. `in_review` says that a
    review level names it: it holds on the way there, not when filing.
    """

    id: str
    value: Annotated[int, Field(gt=0)]
    unit: Unit
    starts: Event
    party: Party
    action: Text
    role: Text | None
    clause: str
    within_hours: bool = False
    note: Text | None = None
    recurring: bool = False
    level: str | None = None
    kept_by: tuple[StaffAct, ...] = ()
    in_review: bool = False

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's own time to file, which ends before the filing arrives."""
        if self.party != "filer":
            return False
        return self.starts in ("decision", "report") or (
            self.starts == "unstated" and not self.in_review
        )

    @property
    def counted_from(self) -> Event:
        """What its days are counted from: for the organisation from receipt, if nothing is said."""
        unsaid = self.starts == "unstated" and self.party == "organisation"
        return "received" if unsaid else self.starts
