"""What a benchmark found, for people and for whoever compares it with an earlier run."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number. `least` or `most` is the reach that was set for it."""

    key: str
    said: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the reach is met; None where none was set."""
        if self.least is None and self.most is None:
            return None
        over = self.least is None or self.value >= self.least
        return over and (self.most is None or self.value <= self.most)

    @property
    def shown(self) -> str:
        """The number with its unit; a share as a percentage."""
        return _shown(self.value, self.unit)

    @property
    def reach(self) -> str:
        """The reach and whether it is met; empty where none was set."""
        if self.met is None:
            return ""
        least = "" if self.least is None else f"at least {_shown(self.least, self.unit)}"
        most = "" if self.most is None else f"at most {_shown(self.most, self.unit)}"
        return f"{least}{most}: {'met' if self.met else 'not met'}"


def _shown(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.0%}"
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number} {unit}".strip()


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [f"| {one.said} | {one.shown} | {one.reach} |" for one in figures]
    return "\n".join(["| what | measured | reach |", "|---|---|---|", *rows])
