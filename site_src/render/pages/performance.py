"""Prepares what the disclosure page shows of how an organisation keeps to its procedure."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from functions.model.pages.vocabulary import Vocabulary
from functions.model.statistics.hidden import SMALL, Bounded
from functions.model.statistics.published import PublishedLimit, PublishedStatistics
from functions.views.wording.timings import timing_words
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy


@dataclass(frozen=True)
class LimitKept:
    """A limit and how it was kept; `fact` is None for one of an earlier version.

    `percent` is the share that was kept, None where too few ended; times are in words, empty
    where they are not known.
    """

    limit: PublishedLimit
    fact: LimitFact | None
    percent: int | None
    half: str = ""
    most: str = ""


@dataclass(frozen=True)
class PublishedPerformance:
    """What is published, and by which `clause`; without one it is the organisation's own decision.

    `figures` are None until something was counted. `limits` were kept or missed often enough to
    tell, `few` were not.
    """

    clause: str | None
    figures: PublishedStatistics | None = None
    as_of: datetime | None = None
    last_day: date | None = None
    limits: tuple[LimitKept, ...] = ()
    few: tuple[LimitKept, ...] = ()

    @property
    def tells_something(self) -> bool:
        """Whether there is a number that is not small."""
        figures = self.figures
        return figures is not None and figures.received not in (SMALL, None, 0)

    @property
    def results(self) -> tuple[tuple[str, Bounded], ...]:
        """The results of answers that may be told; empty if none may be."""
        told = self.figures.results.items() if self.figures else ()
        return tuple(told) if any(number not in (SMALL, None) for _, number in told) else ()


def performance(
    policy: Policy, statistics: PublishedStatistics | None, words: Vocabulary
) -> PublishedPerformance | None:
    """What the page of the version in force shows; None if the policy publishes no figures."""
    if policy.publishes is None:
        return None
    if statistics is None:
        return PublishedPerformance(policy.publishes.clause)
    as_of = statistics.as_of.astimezone(ZoneInfo(statistics.timezone))
    rows = [_row(policy, limit, words) for limit in statistics.limits]
    return PublishedPerformance(
        clause=policy.publishes.clause,
        figures=statistics,
        as_of=as_of,
        last_day=as_of.date(),
        limits=tuple(row for row in rows if row.percent is not None),
        few=tuple(row for row in rows if row.percent is None and row.fact is not None),
    )


def _row(policy: Policy, limit: PublishedLimit, words: Vocabulary) -> LimitKept:
    facts = policy.limits if limit.version == policy.version else ()

    def in_words(value: int | None) -> str:
        if value is None or limit.timing_unit is None:
            return ""
        return timing_words(words, value, limit.timing_unit)

    return LimitKept(
        limit=limit,
        fact=next((fact for fact in facts if fact.id == limit.id), None),
        percent=None if limit.kept_share is None else round(100 * limit.kept_share),
        half=in_words(limit.median),
        most=in_words(limit.percentile_90),
    )
