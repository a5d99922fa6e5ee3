"""Renders the dates of a case that concern its filer as a calendar file (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from functions.model.deadlines.calendar import Calendar as DaysOff
from functions.model.deadlines.counting import Due
from functions.model.deadlines.milestones import Milestone
from functions.views.case_file import CaseFile
from functions.views.wording.citations import cite
from functions.views.wording.milestone_words import limit_duty, milestone_sentence, milestone_slots

_ALL_DAY = timedelta(days=1)

_MORNING = time(9)
"""When a filer is reminded, on the working day before the last day."""

_MOMENT_AHEAD = timedelta(hours=-1)


def calendar_file(file: CaseFile) -> bytes:
    """The calendar file, in UTF-8: the latest answer, what is owed next, and the filer's own time.

    A limit in days ends on an all-day event, a limit in minutes or hours at a moment, in UTC. Each
    event keeps its UID for as long as the case lives, and its SEQUENCE grows with the case, so that
    a file fetched later moves the events of an earlier one. The file contains no text that the
    filer typed and no access code, as people share calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Ombud//Dates of a case//{file.pages.words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    dates = file.filer_dates
    named = (("answer", dates.answer), ("next", dates.owed))
    own = ((f"limit-{milestone.limit.id}", milestone) for milestone in dates.own)
    for name, milestone in (*named, *own):
        if milestone is not None and milestone.due is not None:
            calendar.add_component(_event(file, name, milestone, milestone.due))
    content: bytes = calendar.to_ical()
    return content


def _event(file: CaseFile, name: str, milestone: Milestone, due: Due) -> Event:
    summary = _title(file, name, milestone, due)
    event = Event()
    event.add("uid", f"{file.case.reference}-{name}@{file.contract.organisation}")
    # With a METHOD this is when the file was made: of two with one SEQUENCE, the later one holds.
    event.add("dtstamp", file.now.astimezone(UTC))
    event.add("sequence", len(file.all_acts) + (milestone.moved_from is not None))
    timed = _is_moment(milestone, due)
    event.add("dtstart", due.at.astimezone(UTC) if timed else due.day)
    if not timed:
        event.add("dtend", due.day + _ALL_DAY)
    event.add("status", "TENTATIVE" if due.provisional else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    event.add("description", _description(file, name, milestone))
    event.add("url", _look_up(file))
    ahead = _reminded(file, due, timed)
    if ahead is not None:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", ahead)
        event.add_component(alarm)
    return event


def _is_moment(milestone: Milestone, due: Due) -> bool:
    """Whether it ends at a time of day that matters; 24:00 is shown as the day that it ends."""
    return milestone.limit.is_exact and due.at.date() == due.day


def _title(file: CaseFile, name: str, milestone: Milestone, due: Due) -> str:
    """What a calendar shows of the event. Contracts before 0.2.0 lack some of the words."""
    words, limit = file.pages.words, milestone.limit
    halves = limit_duty(file.dates, limit)
    sure = not (limit.not_before or limit.is_conditional)
    last_day = limit.party == "filer" and sure and not _is_moment(milestone, due)
    message = "calendar_answer" if name == "answer" else "calendar_last_day" if last_day else ""
    title = words.say(
        message if message in words.messages else "calendar_event",
        organisation=file.contract.name.words(words.language),
        duty=words.say("duty", who=halves.who, does=halves.does),
    )
    if limit.not_before:
        title = words.say("event_not_before", event=title)
    elif limit.extends is not None:
        title = words.say("event_extended", event=title)
    elif limit.is_conditional:
        title = words.say("event_conditional", event=title)
    if due.provisional and "calendar_provisional" in words.messages:
        title = words.say("calendar_provisional", event=title)
    if "calendar_title" not in words.messages:
        return f"{title} {file.case.reference}"
    return words.say("calendar_title", event=title, reference=file.case.reference)


def _reminded(file: CaseFile, due: Due, timed: bool) -> timedelta | None:
    """How long before its start an event reminds; None if that has passed.

    Calendars take a length of time before the start: Outlook reads no moment there and nothing
    after it. An all-day event starts at midnight wherever its reader is.
    """
    day = _working_day_before(due.day, file.calendar)
    zone = ZoneInfo(file.contract.timezone)
    morning = datetime.combine(day, _MORNING, zone)
    if not timed:
        ahead = datetime.combine(day, _MORNING) - datetime.combine(due.day, time())
        return ahead if file.now < morning else None
    if file.now < morning:
        return morning.astimezone(UTC) - due.at.astimezone(UTC)
    return _MOMENT_AHEAD if file.now < due.at + _MOMENT_AHEAD else None


def _working_day_before(day: date, calendar: DaysOff) -> date:
    day -= _ALL_DAY
    while calendar.day_off(day) is not None:
        day -= _ALL_DAY
    return day


def _description(file: CaseFile, name: str, milestone: Milestone) -> str:
    """Who must do what by when, by which limit and clause, in which case, and where to look it up.

    The latest answer is said apart unless the event is it, with its extension.
    """
    words, slots = file.pages.words, milestone_slots(file.dates, milestone)
    clause = cite(words, milestone.limit.clause)
    lines = (
        words.say("calendar_detail", duty=milestone_sentence(file.dates, milestone)),
        words.say("calendar_source", limit=slots["limit"], clause=clause),
        slots["late"],
        slots["note"],
        *_extensions(file, milestone),
        _latest_answer(file, name, milestone),
        words.say("calendar_reference", reference=file.case.reference),
        _look_up(file),
    )
    return "\n".join(filter(None, lines))


def _extensions(file: CaseFile, milestone: Milestone) -> Iterator[str]:
    """When it ends if staff make it longer."""
    for longer in file.dated:
        if longer.limit.extends == milestone.limit.id and longer.due is not None:
            yield file.pages.words.say("sentence", words=file.dates.ends(longer, longer.due))


def _latest_answer(file: CaseFile, name: str, milestone: Milestone) -> str:
    """When there is an answer at the latest; beside what only the filer can do, nothing."""
    answer = file.progress.answer
    if answer is None or milestone.limit.party != "organisation":
        return ""
    told = answer.certain in (None, answer.possible) or any(_extensions(file, milestone))
    if name == "answer" and told:
        return ""
    said = file.dates.latest_answer(answer)
    return file.pages.words.say("line_answer", answer=said) if said else ""


def _look_up(file: CaseFile) -> str:
    """The page on which the filer can look the case up, without its reference or code."""
    return f"{file.site_url}{file.pages.words.prefix}/track/"
