"""Renders the due dates of a case as a calendar file (iCalendar, RFC 5545)."""

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.views.case_file import CaseFile
from functions.views.wording.citations import cite
from functions.views.wording.milestone_words import limit_duty, milestone_sentence, milestone_slots

_ALL_DAY = timedelta(days=1)

_DAYS_AHEAD = timedelta(days=-3, hours=9)
"""When a filer is reminded of a last day: at nine in the morning, three days before it."""

_MOMENT_AHEAD = timedelta(hours=-1)


def calendar_file(file: CaseFile) -> bytes:
    """The calendar file, in UTF-8, with an event for each dated milestone and the latest answer.

    The latest answer is an event of its own where it ends a chain of limits that do not run yet. A
    limit in days ends on an all-day event, a limit in minutes or hours at a moment. The filer is
    reminded of what they can do themselves. The same case gives the same file and UIDs, so that a
    second import changes nothing. The file contains no text that the filer typed, as people share
    calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Ombud//Dates of a case//{file.pages.words.language.upper()}")
    calendar.add("version", "2.0")
    dated = {each.limit.id: each for each in (*_answers(file), *file.upcoming) if each.due}
    for milestone in dated.values():
        if milestone.due is not None:
            calendar.add_component(_event(file, milestone, milestone.due))
    content: bytes = calendar.to_ical()
    return content


def _answers(file: CaseFile) -> tuple[Milestone, ...]:
    """By when there must be an answer, in any case and at most."""
    answer = file.progress.answer
    found = (answer.certain, answer.possible) if answer else ()
    return tuple(milestone for milestone in found if milestone is not None)


def _event(file: CaseFile, milestone: Milestone, due: Due) -> Event:
    words, contract, limit = file.pages.words, file.contract, milestone.limit
    halves = limit_duty(file.dates, limit)
    summary = words.say(
        "calendar_event",
        organisation=contract.name.words(words.language),
        duty=words.say("duty", who=halves.who, does=halves.does),
    )
    if limit.not_before:
        summary = words.say("event_not_before", event=summary)
    elif limit.extends is not None:
        summary = words.say("event_extended", event=summary)
    elif limit.is_conditional:
        summary = words.say("event_conditional", event=summary)
    timed = limit.is_exact
    event = Event()
    event.add("uid", f"{file.case.reference}-{limit.id}@{contract.organisation}")
    event.add("dtstamp", file.case.received_at)
    event.add("dtstart", due.at.astimezone(UTC) if timed else due.day)
    if not timed:
        event.add("dtend", due.day + _ALL_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("description", _description(file, milestone))
    if limit.party == "filer":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", _MOMENT_AHEAD if timed else _DAYS_AHEAD)
        event.add_component(alarm)
    return event


def _description(file: CaseFile, milestone: Milestone) -> str:
    """Who must do what by when, by which limit and clause, in which case."""
    words, slots = file.pages.words, milestone_slots(file.dates, milestone)
    clause = cite(words, milestone.limit.clause)
    lines = (
        words.say("calendar_detail", duty=milestone_sentence(file.dates, milestone)),
        words.say("calendar_source", limit=slots["limit"], clause=clause),
        slots["late"],
        slots["note"],
        _latest_answer(file, milestone),
        words.say("calendar_reference", reference=file.case.reference),
    )
    return "\n".join(filter(None, lines))


def _latest_answer(file: CaseFile, milestone: Milestone) -> str:
    """When there is an answer at the latest; beside what only the filer can do, nothing."""
    answer = file.progress.answer
    if answer is None or milestone.limit.party != "organisation":
        return ""
    said = file.dates.latest_answer(answer)
    return file.pages.words.say("line_answer", answer=said) if said else ""
