"""Moments as the stores write them."""

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """UTC in ISO 8601 of fixed width, so that text sorts as time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
