"""Says what a length of time in the text is: whose limit, or what else."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from functions.model.contract.terms import Party
from site_src.languages import _
from site_src.numbers.durations import Duration
from site_src.numbers.numbers import grammar_of

NATURES: dict[str, str] = {
    "organisation": _("a time limit for the organisation"),
    "filer": _("a time limit for the filer"),
    "authority": _("a time limit for an outside body"),
    "respondent": _("a time limit for the person complained of"),
    "retention": _("how long something is kept"),
    "threshold": _("a threshold"),
    "penalty": _("a penalty"),
    "publication": _("how long something is published"),
    "other": _("another length of time"),
}
"""Each answer with its words; the first four are limits, the others no promise."""

_PARTIES: tuple[Party, ...] = ("organisation", "filer", "authority", "respondent")
_LIMITS_ONLY = ("value", "unit", "from", "role", "action", "party", "extends", "level", "note")
_KEPT = ("id", "kind", "clause", "proposed")


def nature(list_: str, data: Mapping[str, Any]) -> str | None:
    """The answer that a fact gives; None for a fact that is no length of time."""
    if list_ == "limits":
        return str(data.get("party", "organisation"))
    return str(data.get("of", "other")) if list_ == "durations" else None


def list_of(answer: str) -> str:
    """The list that a length of time of this nature belongs to."""
    return "limits" if answer in _PARTIES else "durations"


def with_nature(list_: str, data: Mapping[str, Any], answer: str, clause: str) -> dict[str, Any]:
    """The fact as one of that nature; `clause` has the words of its clause.

    What the other list has no key for is dropped, and what it needs is read from the words.
    """
    said = find_length(str(data.get("proposed") or data.get("says") or ""), clause, data)
    if list_of(answer) == "limits":
        kept = dict(data) if list_ == "limits" else {k: data[k] for k in _KEPT if k in data}
        if list_ != "limits":
            kept["value"], kept["unit"] = _length(said)
            kept |= {"from": "unstated", "action": data.get("text", "")}
        return kept | {"party": answer}
    if list_ == "durations":
        return dict(data) | {"of": answer}
    kept = {key: data[key] for key in ("kind", "clause", "proposed") if key in data}
    words = said.words if said else str(data.get("proposed", ""))
    return {"says": words, "of": answer, "text": data.get("action", words)} | kept


def find_length(words: str, clause: str, data: Mapping[str, Any]) -> Duration | None:
    """The length of time in the words that a fact was read from, else the like in its clause."""
    value, unit = data.get("value"), data.get("unit")
    for text in (words, clause):
        found = list(lengths_in(text))
        alike = [each for each in found if each.value == value and each.unit == unit]
        if alike or (text == words and found):
            return (alike or found)[0]
    return None


def lengths_in(text: str) -> Iterator[Duration]:
    """The lengths of time in a text, in Chinese and English words."""
    for language in ("zh-CN", "en"):
        for found in grammar_of(language).durations(text):
            yield replace(found, words=text[found.start : found.end])


def _length(said: Duration | None) -> tuple[int | None, str]:
    if said is None or said.value is None:
        return None, "day"
    return int(said.value), said.unit
