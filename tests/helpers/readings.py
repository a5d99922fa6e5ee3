"""Writes what is read of a text in a form that a person can check by eye."""

from fractions import Fraction

from site_src.numbers.grammar import Grammar, Number
from site_src.numbers.numbers import find_numbers


def readings(text: str, grammar: Grammar) -> str:
    """The numbers of a text in order, as `5 working_day; 08:30; money 25 GBP`."""
    found = sorted(find_numbers(text, grammar), key=lambda number: number.start)
    return "; ".join(reading(number) for number in found)


def reading(number: Number) -> str:
    """One number: lengths as value and unit, frequencies as times per unit."""
    if one := number.duration:
        value = "?" if one.value is None else str(one.value)
        if one.recurring:
            every = "" if one.every == 1 else f"{one.every} "
            value = f"{value} per {every}{one.unit}"
        else:
            value = f"{value} {one.unit}{' in office hours' if one.within_hours else ''}"
        return value if number.kind == "duration" else f"{number.kind} {value}"
    if isinstance(number.key, tuple):
        return f"{number.kind} {_parts(number)}"
    if number.kind == "time" and isinstance(number.key, int):
        return f"{number.key // 60:02}:{number.key % 60:02}"
    if number.kind == "percent" and isinstance(number.key, Fraction):
        return f"{float(number.key):g} %"
    return f"{number.kind} {number.key}"


def _parts(number: Number) -> str:
    assert isinstance(number.key, tuple)
    if number.kind == "date":
        year, month, day = number.key
        return "-".join(("?" if part is None else f"{part:02}") for part in (year, month, day))
    return " ".join(str(part) for part in number.key if part is not False)
