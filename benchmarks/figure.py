"""A measured figure, for people and for comparison with earlier runs."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number with its unit. `said` describes it; `least` or `most` is its target, if any."""

    key: str
    said: str
    value: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        if self.least is None and self.most is None:
            return None
        enough = self.least is None or self.value >= self.least
        return enough and (self.most is None or self.value <= self.most)

    @property
    def shown(self) -> str:
        """The number with its unit; a share as a percentage."""
        return _format(self.value, self.unit)

    @property
    def reach(self) -> str:
        """The target and whether it is met; empty if there is none."""
        if self.met is None:
            return ""
        least = "" if self.least is None else f"at least {_format(self.least, self.unit)}"
        most = "" if self.most is None else f"at most {_format(self.most, self.unit)}"
        return f"{least}{most}: {'met' if self.met else 'not met'}"


def _format(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.0%}"
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number} {unit}".strip()


def table(figures: Iterable[Figure]) -> str:
    """Returns the figures as a Markdown table."""
    rows = [f"| {figure.said} | {figure.shown} | {figure.reach} |" for figure in figures]
    return "\n".join(["| what | measured | reach |", "|---|---|---|", *rows])
