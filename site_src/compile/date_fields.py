"""Derives the questions for the days that only the filer knows, and that time limits run from."""

from collections.abc import Iterator

from functions.model.contract.form import FormField
from functions.model.contract.terms import EVENT_FIELD, BuiltInEvent, KindId
from functions.model.text import Text
from site_src.languages import _, site_languages
from site_src.policy.model.limits import EventFact
from site_src.policy.model.policy import Policy

DECIDED: tuple[BuiltInEvent, ...] = ("decision", "report")
"""Events that happened on the day of the question `decided_on`."""


def event_days(policy: Policy, kind: KindId) -> Iterator[FormField]:
    """The questions for the days of events that only the filer knows."""
    for event in asked_events(policy, kind):
        yield FormField(
            name=f"{EVENT_FIELD}{event.id}",
            input="date",
            label=event.question or _date_of(event.name),
            required=False,
            clause=event.clause,
        )


def asked_events(policy: Policy, kind: KindId) -> Iterator[EventFact]:
    """The events that only the filer knows, where a limit or a suspension needs them."""
    limits = {limit.id: limit for limit in policy.limits if limit.holds_for(kind)}
    needed = {event for limit in limits.values() for event in limit.events}
    for fact in policy.suspensions:
        if not limits.keys().isdisjoint(fact.limits):
            needed |= {fact.begins, fact.ends}
    for event in policy.events:
        if event.recorded_by == "filer" and event.id in needed and event.holds_for(kind):
            yield event


def _date_of(name: Text) -> Text:
    """The label of the question for the day of an event, in the languages of its name."""
    return Text(
        {
            tongue.language: tongue.say(_("Date: {event}")).format(event=name.root[tongue.language])
            for tongue in site_languages()
            if tongue.language in name.root
        }
    )


def window_starts(policy: Policy, kind: KindId) -> set[str | None]:
    """What the filer's own time to file runs from, as far as it is not part of a review."""
    in_review = {id for review in policy.reviews for id in review.limits}
    return {
        limit.starts
        for limit in policy.limits
        if limit.party == "filer" and limit.holds_for(kind) and limit.id not in in_review
    }
