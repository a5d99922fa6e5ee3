"""Computes the plots of a report: where each bar, tick and line stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.model.statistics.hidden import FEW

WIDTH, HEIGHT = 340, 150
"""Of the plot over time, in its own units; a phone draws one as a pixel."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 2, 12, 26
_GAP = 0.3
"""The part of a month's place that is left free between months."""

_STEPS = (1, 2, 5)
_UNKNOWN = 2
"""How high a bar is drawn of which only is told that it is under five."""


@dataclass(frozen=True)
class PlotBar:
    """A bar from `x` with its `top`; a `vague` one stands for a number under five."""

    x: float
    top: float
    width: float
    height: float
    vague: bool


@dataclass(frozen=True)
class PlotTick:
    """A line at a round number."""

    y: float
    number: int


@dataclass(frozen=True)
class PlotMonth:
    """A month: its two bars, and where its label stands."""

    label: str
    year: str
    x: float
    received: PlotBar
    answered: PlotBar


@dataclass(frozen=True)
class CoursePlot:
    """What was received and answered, month by month."""

    months: tuple[PlotMonth, ...]
    ticks: tuple[PlotTick, ...]

    @property
    def base(self) -> int:
        """Where the bars stand."""
        return HEIGHT - _BOTTOM


@dataclass(frozen=True)
class SpreadPlot:
    """How long something took, in per cent of the width: the middle half, and four in five.

    `end` is where the limit ends, None where it has no length of its own.
    """

    low: float
    first: float
    middle: float
    third: float
    high: float
    end: float | None


def course_plot(
    months: Sequence[tuple[str, int, int]], exact: bool, places: int = 12
) -> CoursePlot:
    """The plot of months (`2026-11`) with the numbers received and answered, the last one last.

    Unless `exact`, a number under five is drawn as such. There is place for so many months.
    """
    highest = max((number for _, *numbers in months for number in numbers), default=0)
    step = _step(max(highest, FEW))
    top = step * -(-max(highest, FEW) // step)
    scale = (HEIGHT - _BOTTOM - _TOP) / top
    place = (WIDTH - _LEFT - _RIGHT) / max(places, len(months))
    start = _LEFT + place * (max(places, len(months)) - len(months))
    width = place * (1 - _GAP) / 2

    def bar(x: float, number: int) -> PlotBar:
        vague = not exact and number < FEW
        height = scale * (_UNKNOWN if vague else number)
        return PlotBar(
            round(x, 1),
            round(HEIGHT - _BOTTOM - height, 1),
            round(width, 1),
            round(height, 1),
            vague,
        )

    drawn = []
    for index, (month, received, answered) in enumerate(months):
        x = start + place * index + place * _GAP / 2
        year, number = month.split("-")
        shows_year = index == 0 or number == "01"
        drawn.append(
            PlotMonth(
                label=str(int(number)),
                year=year if shows_year else "",
                x=round(x + width, 1),
                received=bar(x, received),
                answered=bar(x + width, answered),
            )
        )
    ticks = tuple(
        PlotTick(round(HEIGHT - _BOTTOM - scale * number, 1), number)
        for number in range(0, top + 1, step)
    )
    return CoursePlot(tuple(drawn), ticks)


def spread_plot(percentiles: Sequence[int], end: int | None) -> SpreadPlot:
    """The plot of the 10th, 25th, 50th, 75th and 90th percentile, and of the limit's own length."""
    highest = max(*percentiles, end or 0, 1)

    def place(value: int) -> float:
        return round(100 * value / (highest * 1.05), 1)

    low, first, middle, third, high = map(place, percentiles)
    return SpreadPlot(low, first, middle, third, high, None if end is None else place(end))


def _step(highest: int) -> int:
    """A round step, so that there are at most five lines."""
    power = 1
    while True:
        for step in _STEPS:
            if highest <= 5 * step * power:
                return step * power
        power *= 10
