"""Months by the time zone of an organisation, written as `2026-11`."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_INSTANT = timedelta(microseconds=1)

_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII)


def is_month(text: str) -> bool:
    """Whether a text is a month of the years 1000 to 2999, as `2026-11`."""
    return _MONTH.fullmatch(text) is not None


def last_moment(month: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The last moment of a month that has come: its end, or `now` where it is not over."""
    return min(month_bounds(month, zone)[1] - _INSTANT, now.astimezone(zone))


def month_bounds(month: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of a month (`2026-11`) by a time zone, and the first of the next one."""
    year, number = (int(part) for part in month.split("-"))
    following = (year + number // 12, number % 12 + 1)
    return datetime(year, number, 1, tzinfo=zone), datetime(*following, 1, tzinfo=zone)


def month_of(at: datetime, zone: ZoneInfo) -> str:
    """The month in which a moment lies by a time zone."""
    return f"{at.astimezone(zone):%Y-%m}"


def months_before(month: str, count: int) -> str:
    """The month that lies so many months before another one, or after it if `count` is negative."""
    year, number = (int(part) for part in month.split("-"))
    index = year * 12 + number - 1 - count
    return f"{index // 12:04}-{index % 12 + 1:02}"
