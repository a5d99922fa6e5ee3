"""A time limit: how long, from when, and who must do what."""

from typing import Annotated

from pydantic import Field

from functions.model.contract.terms import Event, Party, StaffAct, Unit
from functions.model.frozen import Frozen
from functions.model.text import Text


class Limit(Frozen):
    """A time limit: `party` (or its `role`) must do `action` within `value` `unit`s of `starts`.

    A `recurring` limit is a frequency: at least `value` times in each `unit`. With a `level`, a
    `filer` (the answer to `relation`) or `categories` it applies to such filings only. Whether a
    `condition` in words holds, only people can say. `kept_by` are the acts that keep it according
    to the procedure; staff can declare that any other act kept it. A limit `in_review` belongs to
    a review level: it applies on the way there, not when filing.
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
    filer: str | None = None
    categories: tuple[str, ...] = ()
    condition: Text | None = None
    kept_by: tuple[StaffAct, ...] = ()
    in_review: bool = False

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's time to file, which runs before the filing arrives."""
        if self.party != "filer":
            return False
        return self.starts in ("decision", "report") or (
            self.starts == "unstated" and not self.in_review
        )

    @property
    def counted_from(self) -> Event:
        """The event it is counted from: receipt if an organisation's limit states no start."""
        unstated = self.starts == "unstated" and self.party == "organisation"
        return "received" if unstated else self.starts
