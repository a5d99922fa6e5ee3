"""Formats moments for the stores."""

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """Returns the moment in UTC as ISO 8601 of fixed width: texts sort in the order of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
