"""Renders the due dates of a case as a calendar file (iCalendar, RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar, Event

from functions.model.contract.limit import Limit
from functions.model.pages.vocabulary import Vocabulary
from functions.views.case_file import CaseFile

_ALL_DAY = timedelta(days=1)


def calendar_file(file: CaseFile) -> bytes:
    """The calendar file, in UTF-8, with an all-day event on the last day of each dated milestone.

    The same case gives the same file and UIDs, so that a second import changes nothing. The
    file contains no text that the filer typed, as people share calendars.
    """
    words, contract = file.pages.words, file.contract
    calendar = Calendar()
    calendar.add("prodid", f"-//Ombud//Dates of a case//{words.language.upper()}")
    calendar.add("version", "2.0")
    for milestone in file.upcoming:
        if milestone.due is None:
            continue
        slots = file.dates.milestone(milestone)
        organisation = contract.name.words(words.language)
        event = Event()
        event.add("uid", f"{file.case.reference}-{milestone.limit.id}@{contract.organisation}")
        event.add("dtstamp", file.case.received_at)
        event.add("dtstart", milestone.due.day)
        event.add("dtend", milestone.due.day + _ALL_DAY)
        event.add("transp", "TRANSPARENT")
        event.add("summary", _summary(words, milestone.limit, organisation, slots))
        details = (words.say("event_detail", **slots), slots["late"], slots["note"])
        event.add("description", "\n".join(filter(None, details)))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _summary(words: Vocabulary, limit: Limit, organisation: str, slots: dict[str, str]) -> str:
    """Who does what; whether it is sure to apply, and whether the day is the first or the last."""
    said = words.say("event", organisation=organisation, **slots)
    if limit.not_before:
        return words.say("event_not_before", event=said)
    return words.say("event_conditional", event=said) if limit.is_conditional else said
