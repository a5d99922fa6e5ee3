"""The timeline of a case: what happened and what is due, in one list."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from markupsafe import Markup

from functions.model.case_log import CaseAct
from functions.model.contract.terms import Party
from functions.model.pages.slot_template import SlotTemplate
from functions.model.pages.vocabulary import Vocabulary
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.words import due_words, milestone_words

_LAST = timedelta(microseconds=1)
"""A date sorts just before what happens at that moment, and undated limits come last."""


def timeline_html(file: CaseFile, fragment: SlotTemplate, reader: Party) -> Markup:
    """Every row in order of time, with a mark where today is, for whoever reads it."""
    rows = sorted(_rows(file, reader), key=lambda row: row[0])
    return Markup().join(fragment.html(values) for _, values in rows)


def _rows(file: CaseFile, reader: Party) -> Iterator[tuple[datetime, dict[str, str]]]:
    words = file.pages.words
    received = file.local(file.case.received_at)
    yield (
        received,
        {"class": "happened", "mark": words.say("act_received"), "when": words.moment(received)},
    )
    for one in file.progress.happened:
        yield one.at, _happening(file, one, reader)
    for step in file.progress.steps:
        yield _moment(file, step), _limit(file, step, reader)
    today = words.day(file.today)
    yield file.now, {"class": "today", "mark": words.say("today"), "when": today}


def _moment(file: CaseFile, step: LimitProgress) -> datetime:
    due = step.milestone.due
    if step.milestone.limit.is_window:
        return file.case.received_at - _LAST
    if step.kept:
        return step.kept.at + _LAST
    if due is None:
        return file.case.retained_until
    return due.at - _LAST


def _happening(file: CaseFile, one: CaseAct, reader: Party) -> dict[str, str]:
    words, entry = file.pages.words, one.entry
    who = entry.role.marked(words.language) if entry.role else _party(words, one.party, reader)
    notes: list[str] = []
    if entry.review is not None:
        notes.append(file.kind.reviews[entry.review].body.marked(words.language))
    if entry.late:
        notes.append(words.say("late_review"))
    if entry.happened_on and entry.happened_on != file.local(one.at).date():
        notes.append(words.say("happened_on", date=words.day(entry.happened_on)))
    return {
        "class": f"happened by-{one.party}",
        "mark": words.say(f"act_{one.act}"),
        "when": words.moment(file.local(one.at)),
        "what": _named(who),
        "text": Markup('<p class="said">{}</p>').format(entry.text) if entry.text else "",
        "note": Markup(" ").join(notes),
    }


def _limit(file: CaseFile, step: LimitProgress, reader: Party) -> dict[str, str]:
    words, milestone = file.pages.words, step.milestone
    said = milestone_words(words, file.contract, milestone, in_words=Text.marked)
    standing = step_standing(step)
    role = milestone.limit.role
    who = role.marked(words.language) if role else _party(words, milestone.limit.party, reader)
    link = Markup(' <a class="clause-ref" href="{}"><span class="sr">{} </span>{}</a>').format(
        said["href"], words.say("clause"), said["clause"]
    )
    row = {
        "class": standing,
        "mark": words.say(f"step_{standing}"),
        "what": Markup("{} {}{}").format(_named(who), said["action"], link),
        "when": step_words(words, step),
        "limit": said["limit"],
        "note": Markup(" ").join(filter(None, (said["late"], said["note"]))),
    }
    if milestone.limit.is_window:
        row["mark"] = words.say("step_window")
    if standing == "overdue" and reader == "filer":
        row["onward"] = _onward(file)
    return row


def _party(words: Vocabulary, party: Party, reader: Party) -> str:
    return words.say("the_filer" if (party, reader) == ("filer", "organisation") else party)


def _named(who: str) -> Markup:
    return Markup('<b class="who">{}</b>').format(who)


def step_standing(step: LimitProgress) -> str:
    """`done`, `overdue`, `passed`, `open`, or `undated` where it runs from what is to come."""
    if step.done:
        return "done"
    if step.overdue:
        return "overdue"
    if step.passed:
        return "passed"
    return "open" if step.milestone.due else "undated"


def step_words(words: Vocabulary, step: LimitProgress) -> str:
    """When a limit was kept, was to be kept or is due, in a sentence."""
    due, said = step.milestone.due, due_words(words, step.milestone)
    if step.milestone.limit.is_window:
        return words.say("window_ended", due=words.due(due)) if due else said
    if step.done:
        day = words.day(step.done)
        if step.days_late:
            return words.say("done_late", date=day, late=_days(words, step.days_late))
        return words.say("done_on", date=day)
    if due is None:
        return said
    if step.overdue:
        return words.say("overdue", due=words.due(due), late=_days(words, step.days_late))
    return words.say("was_due" if step.passed else "due_by", due=words.due(due))


def _days(words: Vocabulary, days: int) -> str:
    return words.length(days, "day") if days else words.say("less_than_a_day")


def _onward(file: CaseFile) -> Markup:
    """Where to go next when the organisation is late, inside first."""
    words = file.pages.words
    bodies = [
        review.body.marked(words.language)
        for review in sorted(file.kind.reviews, key=lambda review: not review.inside)
    ]
    if bodies:
        listed = Markup(words.say("list_separator")).join(bodies)
        said = Markup(words.messages["go_next"]).format(bodies=listed)
    else:
        said = Markup(words.say("go_reach"))
    place = "reviews" if bodies else "reach"
    return Markup('<p class="onward"><a href="#{}">{}</a></p>').format(place, said)
