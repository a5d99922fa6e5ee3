"""Puts the times that limits took into words."""

from typing import TYPE_CHECKING

from functions.model.pages.vocabulary import Vocabulary

if TYPE_CHECKING:
    from functions.model.statistics.time_taken import TimingUnit

_HOUR_MINUTES = 60


def timing_words(words: Vocabulary, value: int, unit: "TimingUnit") -> str:
    """A time in the unit that it was measured in: `3 working days`, `1 hour and 20 minutes`."""
    if unit != "minute":
        return words.length(value, unit)
    hours, minutes = divmod(value, _HOUR_MINUTES)
    if not value:
        return words.say("less_than_a_minute")
    if not hours:
        return words.length(minutes, "minute")
    whole = words.length(hours, "hour")
    if not minutes:
        return whole
    return words.say("hours_minutes", hours=whole, minutes=words.length(minutes, "minute"))
