"""Counts a period of one length, as most cases of the tests have it."""

from datetime import datetime

from functions.model.contract.terms import Unit
from functions.model.deadlines.counting import Due, Length, Rules, due_after


def due(start: datetime, value: int, unit: Unit, rules: Rules, within_hours: bool = False) -> Due:
    """The end of a period of `value` `unit`s that runs from `start`; see `due_after`."""
    return due_after(start, (Length(value, unit, within_hours),), rules)
