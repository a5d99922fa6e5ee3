"""Tells by which day a deployed site must be deployed again: it does not change by itself."""

from collections.abc import Iterable, Iterator
from datetime import date

from site_src.file_names import SECURITY_FILE
from site_src.policy.load import Editions
from site_src.site_settings import Operator, expiry


def due_dates(
    organisations: Iterable[Editions], operator: Operator, day: date
) -> Iterator[tuple[date, str]]:
    """Each day after `day` on which the site as of `day` is wrong, and why, in sentences."""
    for editions in organisations:
        closing = editions.in_force(day).policy.closed
        if closing is not None and closing.on > day:
            yield (
                closing.on,
                f"{editions.id}: takes no more filings from {closing.on}; deploy again on that "
                "day, or its pages go on offering forms whose filings are given back",
            )
        for edition in editions.announced(day):
            begins = edition.policy.effective_from
            yield (
                begins,
                f"{editions.id}: version {edition.policy.version} takes effect on {begins}; deploy "
                "again on that day, or the site goes on with the version before",
            )
    if operator.security_contact is not None:
        ends = expiry(day)
        yield ends, f"{SECURITY_FILE} expires on {ends}; deploy again before that day"
