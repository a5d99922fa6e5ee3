"""Counts the figures of each month from its measured cases, and what is published of them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from functions.cases.ports.ports import Ports
from functions.cases.statistics.known_terms import names_of, promises_in
from functions.cases.statistics.measured_cases import MeasuredDay, read_days
from functions.cases.statistics.month_totals import (
    MOST_MEASURES,
    keep_measured,
    keep_month,
    keep_published,
)
from functions.model.contract.contract import Contract
from functions.model.contract.directory import Directory
from functions.model.statistics.figures import FigureCounter
from functions.model.statistics.measured import LimitRun, MeasuredCase
from functions.model.statistics.months import last_moment, month_bounds
from functions.model.statistics.published import MONTHS, published
from functions.model.statistics.totals import MonthTotal, Promise, promise_key

_DAY = timedelta(days=1)


def count_months(
    directory: Directory,
    months: tuple[str, ...],
    earlier: tuple[date, ...],
    local: datetime,
    ports: Ports,
) -> tuple[date, ...]:
    """Counts and stores each of the months as of `local` now, and what is published.

    `earlier` are days of receipt before these months. Returns those days before the months that
    the next nights count anew of which a case still matters. Raises ContractError, StoreError.
    """
    zone = ZoneInfo(directory.timezone)
    contracts: dict[str, Contract] = {}
    if directory.contract is not None:
        contracts[directory.contract] = ports.contracts.contract(directory.contract)

    def key(case: MeasuredCase, run: LimitRun) -> str:
        return promise_key(contracts[case.contract].version, run.limit)

    begin, _ = month_bounds(months[0], zone)
    counters = {
        month: FigureCounter(month_bounds(month, zone)[0], last_moment(month, local, zone), key)
        for month in months
    }
    next_begin, _ = month_bounds(months[-MONTHS], zone)
    still: list[date] = []
    with_measures: list[str] = []
    for day, parts in _rows(directory.organisation, earlier, begin.date(), local.date(), ports):
        cases = [case for part in parts.values() for case in part.all]
        if cases and day < next_begin.date():
            still.append(day)
        with_measures += [
            reference
            for part in parts.values()
            for reference, case in part.cases.items()
            if case.measures
        ]
        for case in cases:
            if case.contract not in contracts:
                contracts[case.contract] = ports.contracts.contract(case.contract)
            for counter in counters.values():
                counter.add(case)
    totals = _totals(counters, contracts, local, ports)
    for total in totals:
        keep_month(directory.organisation, total, ports)
    keep_measured(directory.organisation, with_measures[-MOST_MEASURES:], ports)
    if directory.publishes_statistics and directory.contract is not None:
        version = contracts[directory.contract].version
        last = _without_empty(totals[-MONTHS:])
        statistics = published(directory.organisation, directory.timezone, last, version)
        keep_published(statistics, ports)
    return tuple(still)


def _rows(
    organisation: str, earlier: tuple[date, ...], first: date, last: date, ports: Ports
) -> Iterator[tuple[date, dict[str, MeasuredDay]]]:
    for day in earlier:
        if day < first:
            yield from read_days(organisation, day, day, ports)
    while first <= last:
        end = min(last, first + 30 * _DAY)
        yield from read_days(organisation, first, end, ports)
        first = end + _DAY


def _totals(
    counters: dict[str, FigureCounter],
    contracts: dict[str, Contract],
    local: datetime,
    ports: Ports,
) -> list[MonthTotal]:
    """Of each month: the limits of the version in force, and those of others that ended in it."""
    names = names_of(contracts.values(), ports)
    promises: dict[str, Promise] = {}
    for contract in contracts.values():
        for promise in promises_in(contract):
            promises.setdefault(promise.key, promise)
    in_force = next((contract.version for contract in contracts.values()), None)
    totals: list[MonthTotal] = []
    for month, counter in counters.items():
        figures = counter.figures()
        known = [
            promise
            for key, promise in promises.items()
            if promise.version == in_force or key in figures.limits
        ]
        totals.append(
            MonthTotal(
                month=month, as_of=local, figures=figures, names=names, promises=tuple(known)
            )
        )
    return totals


def _without_empty(months: list[MonthTotal]) -> list[MonthTotal]:
    """The months from the first one with a case on; at least the last."""
    for index, month in enumerate(months[:-1]):
        if month.figures.received or month.figures.open:
            return months[index:]
    return months[-1:]
