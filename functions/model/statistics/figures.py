"""The figures of an organisation for a time, counted from its measured cases."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from pydantic import Field

from functions.model.frozen import Frozen
from functions.model.statistics.measured import LimitRun, MeasuredCase

UNSTATED = "unstated"
"""Stands for the result of an answer that staff stated none of."""

NO_ANSWER = "no_answer"
"""Stands for the result of a filing that has no answer yet, or was withdrawn or closed without."""

NO_FIGURES = "none"
"""Stands for the category or the level of what has none."""

Cells = dict[str, int]
"""How many there are of each id; those of which there are none may be left out."""

LimitKey = Callable[[MeasuredCase, LimitRun], str]
"""What stands for a limit: the same promise of the same version has the same key."""


class Timing(Frozen):
    """How a limit was kept where it ended: in time (`kept`) or not (`late`).

    `undone` are those of the late ones that nothing has kept to this day, `overdue` those that
    were overdue at the end of the time, whenever they ended. `taken` counts how often it took so
    many minutes or days; those that are undone took longer than all of them.
    """

    kept: int = 0
    late: int = 0
    undone: int = 0
    overdue: int = 0
    taken: dict[int, int] = Field(default_factory=dict)

    @property
    def ended(self) -> int:
        """How many ended."""
        return self.kept + self.late

    @property
    def share(self) -> float | None:
        """The share that was kept; None if none ended."""
        return self.kept / self.ended if self.ended else None

    def percentile(self, percent: int) -> int | None:
        """The shortest time within which so many per cent were done (nearest rank).

        None if fewer were ever done, or if no time was measured.
        """
        known = sum(self.taken.values())
        rank = -(-percent * (known + self.undone) // 100)
        if not known or rank > known:
            return None
        for value, count in sorted(self.taken.items()):
            rank -= count
            if rank <= 0:
                return value
        raise AssertionError("the ranks of all values cover `known`")


class Figures(Frozen):
    """What was counted in a time.

    `received`, `answered`, `closed` and `withdrawn` happened in it; a case is answered and closed
    once. `open` and `overdue` are how many cases were so at its end. `kinds`, `categories`,
    `levels` and `channels` divide `received`, and so do `becomes`: what each got for its first
    answer until now. `results` divide `answered`. `remedies` are first answers with a remedy.
    `reviews`, `reviewed` and `changed` are reviews that were requested, answered, and answered
    otherwise than before. `satisfied` and `fairly` count filers' answers, `yes` and `no`.
    `measures` were noted; `measures_open` and `measures_late` are those at the end.
    """

    received: int = 0
    answered: int = 0
    closed: int = 0
    withdrawn: int = 0
    open: int = 0
    overdue: int = 0
    kinds: Cells = Field(default_factory=dict)
    categories: Cells = Field(default_factory=dict)
    levels: Cells = Field(default_factory=dict)
    channels: Cells = Field(default_factory=dict)
    becomes: Cells = Field(default_factory=dict)
    results: Cells = Field(default_factory=dict)
    remedies: int = 0
    reviews: int = 0
    reviewed: int = 0
    changed: int = 0
    satisfied: Cells = Field(default_factory=dict)
    fairly: Cells = Field(default_factory=dict)
    measures: int = 0
    measures_open: int = 0
    measures_late: int = 0
    limits: dict[str, Timing] = Field(default_factory=dict)


_AT_THE_END = ("open", "overdue", "measures_open", "measures_late")


_INSTANT = timedelta(microseconds=1)


def figures(
    cases: Iterable[MeasuredCase], begin: datetime, end: datetime, key: LimitKey
) -> Figures:
    """The figures from `begin` to before `end` (local, aware)."""
    counter = FigureCounter(begin, end - _INSTANT, key)
    for case in cases:
        counter.add(case)
    return counter.figures()


class FigureCounter:
    """Counts cases one by one, so that not all of them are in memory at once.

    Both `begin` and `last` (local, aware) still belong to the time.
    """

    def __init__(self, begin: datetime, last: datetime, key: LimitKey) -> None:
        self._begin, self._last, self._key = begin, last, key
        self._counts: Counter[str] = Counter()
        self._cells: dict[str, Counter[str]] = {}
        self._limits: dict[str, Counter[str]] = {}
        self._taken: dict[str, Counter[int]] = {}

    def add(self, case: MeasuredCase) -> None:
        """Counts a case."""
        self._add_receipt(case)
        self._add_answers(case)
        self._add_ends(case)
        for run in case.runs:
            self._add_run(case, run)

    def figures(self) -> Figures:
        """What was counted."""
        return Figures.model_validate(
            {
                **self._counts,
                **{name: dict(sorted(cells.items())) for name, cells in self._cells.items()},
                "limits": {
                    key: Timing.model_validate(
                        {**counts, "taken": dict(sorted(self._taken.get(key, {}).items()))}
                    )
                    for key, counts in sorted(self._limits.items())
                },
            }
        )

    def _within(self, at: datetime | None) -> bool:
        return at is not None and self._begin <= at <= self._last

    def _cell(self, name: str, id: str) -> None:
        self._cells.setdefault(name, Counter())[id] += 1

    def _add_receipt(self, case: MeasuredCase) -> None:
        if not self._within(case.received):
            return
        self._counts["received"] += 1
        self._cell("kinds", case.kind)
        self._cell("categories", case.category or NO_FIGURES)
        self._cell("levels", case.level or NO_FIGURES)
        self._cell("channels", case.channel)
        first = case.answers[0] if case.answers else None
        self._cell("becomes", NO_ANSWER if first is None else first.result or UNSTATED)

    def _add_answers(self, case: MeasuredCase) -> None:
        for index, answer in enumerate(case.answers):
            if not self._within(answer.at):
                continue
            if index == 0:
                self._counts["answered"] += 1
                self._counts["remedies"] += answer.remedy
                self._cell("results", answer.result or UNSTATED)
            self._counts["reviewed"] += answer.reviewed
            self._counts["changed"] += bool(answer.changed)
        self._counts["reviews"] += sum(map(self._within, case.reviews))
        for opinion in case.opinions:
            if self._within(opinion.at):
                for name, said in (("satisfied", opinion.satisfied), ("fairly", opinion.fairly)):
                    if said is not None:
                        self._cell(name, "yes" if said else "no")

    def _add_ends(self, case: MeasuredCase) -> None:
        for standing in ("closed", "withdrawn"):
            first = next((turn.at for turn in case.turns if turn.standing == standing), None)
            self._counts[standing] += self._within(first)
        at_end = case.standing(self._last)
        self._counts["open"] += at_end == "open"
        self._counts["overdue"] += case.is_overdue(self._last)
        for measure in case.measures:
            self._counts["measures"] += self._within(measure.at)
            undone = measure.done is None or measure.done > self._last
            if at_end is not None and measure.at <= self._last and undone:
                last_day = measure.until
                self._counts["measures_open"] += 1
                self._counts["measures_late"] += (
                    last_day is not None and last_day < self._last.date()
                )

    def _add_run(self, case: MeasuredCase, run: LimitRun) -> None:
        gone = case.left
        overdue = run.is_overdue(self._last) and (gone is None or gone > self._last)
        ended = self._within(run.ended) and (gone is None or run.ended is None or run.ended < gone)
        if not (overdue or ended):
            return
        key = self._key(case, run)
        counts = self._limits.setdefault(key, Counter())
        counts["overdue"] += overdue
        if ended:
            counts["kept" if run.kept else "late"] += 1
            counts["undone"] += run.done is None
            if run.taken is not None:
                self._taken.setdefault(key, Counter())[run.taken] += 1


def together(months: Sequence[Figures]) -> Figures:
    """The figures of months that follow each other; what was at their end is of the last one."""
    counts: Counter[str] = Counter()
    cells: dict[str, Counter[str]] = {}
    for month in months:
        for name in Figures.model_fields:
            value = getattr(month, name)
            if isinstance(value, int):
                counts[name] += value
            elif name != "limits":
                cells.setdefault(name, Counter()).update(value)
    keys = sorted({key for month in months for key in month.limits})
    last = months[-1] if months else Figures()
    return Figures.model_validate(
        {
            **counts,
            **{name: getattr(last, name) for name in _AT_THE_END},
            **{name: dict(sorted(found.items())) for name, found in cells.items()},
            "limits": {key: _timings([month.limits.get(key) for month in months]) for key in keys},
        }
    )


def _timings(months: Sequence[Timing | None]) -> Timing:
    known = [month for month in months if month is not None]
    taken: Counter[int] = Counter()
    for month in known:
        taken.update(month.taken)
    last = months[-1]
    return Timing(
        kept=sum(month.kept for month in known),
        late=sum(month.late for month in known),
        undone=sum(month.undone for month in known),
        overdue=last.overdue if last is not None else 0,
        taken=dict(sorted(taken.items())),
    )
