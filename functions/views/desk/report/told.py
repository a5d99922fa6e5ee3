"""Tells the numbers of a report: exactly, or without the small ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.statistics.figures import Cells
from functions.model.statistics.hidden import LEAST_FOR_SHARE, Shown, divided, shown
from functions.views.desk.words import DeskWords, _


@dataclass(frozen=True)
class ToldNumber:
    """A number under its name, as it is told; `left_out` means that it is not."""

    name: str
    told: str
    left_out: bool = False


@dataclass(frozen=True)
class ToldParts:
    """A whole in parts: those that are told by number, and the names of the small ones."""

    title: str
    parts: tuple[ToldNumber, ...]
    small: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """How numbers are told: with `exact`, as they are."""

    desk: DeskWords
    exact: bool

    def number(self, number: int) -> str:
        """A number that adds up to nothing with others."""
        return str(number if self.exact else shown(number))

    def at_least(self, number: int) -> str:
        """That there are so many or more."""
        return self.desk.say(_("{number} or more"), number=number)

    def parts(self, title: str, cells: Cells, names: Mapping[str, str]) -> ToldParts | None:
        """The parts of a whole, by `names` in their order; None where there is nothing to tell.

        An id without a name is its own name.
        """
        order = (*names, *(id for id in cells if id not in names))
        if len(order) < 2 or not cells:
            return None
        if self.exact:
            told: dict[str, Shown] = {id: cells[id] for id in order if cells.get(id)}
        else:
            told = divided(cells, order)
        numbers = tuple(
            ToldNumber(names.get(id, id), *self._shown(number))
            for id, number in told.items()
            if not isinstance(number, str)
        )
        if all(number.left_out for number in numbers):
            return ToldParts(title, ())
        small = tuple(names.get(id, id) for id, number in told.items() if isinstance(number, str))
        return ToldParts(title, numbers, small)

    def share(self, name: str, cells: Cells, part: str) -> ToldNumber:
        """The share of a part; that too few are there to tell, below ten."""
        whole = sum(cells.values())
        if self.exact and whole:
            said = self.desk.say(_("{part} of {whole}"), part=cells.get(part, 0), whole=whole)
            return ToldNumber(name, said)
        if whole < LEAST_FOR_SHARE:
            return ToldNumber(name, self.desk.say(_("too few to tell")), True)
        return ToldNumber(name, f"{round(100 * cells.get(part, 0) / whole)}%")

    def _shown(self, number: Shown) -> tuple[str, bool]:
        if number is None:
            return self.desk.say(_("left out")), True
        return str(number), False
