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
    to the procedure; staff can declare that any other act kept it.
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

    @property
    def is_window(self) -> bool:
        """Whether it is the filer's time to file, which runs before the filing arrives."""
        return self.party == "filer" and self.starts in ("decision", "report")
