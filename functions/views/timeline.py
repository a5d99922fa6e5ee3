"""Renders the timeline of a case: acts and time limits in one list."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from functions.model.case import CaseEvent
from functions.model.case_log import CaseAct, is_waiting
from functions.model.contract.terms import Party
from functions.model.pages.slot_template import SlotTemplate
from functions.model.progress import LimitProgress
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.case_standing import says_standing
from functions.views.status.act_forms import files_html, receipt_html
from functions.views.status.act_words import act_name, act_notes, said_html, taken_back
from functions.views.wording.milestone_words import (
    condition_words,
    limit_duty,
    milestone_slots,
    notes,
)
from functions.views.wording.sentences import bold, duty_html, party_words

_TICK = timedelta(microseconds=1)
"""Sorts a due date just before acts at that moment, and a kept limit just after its act."""


def timeline_html(
    file: CaseFile,
    fragment: SlotTemplate,
    reader: Party,
    session: str = "",
    done: CaseAct | None = None,
) -> Markup:
    """All rows in order of time, with a mark for today, as `reader` sees them.

    With the `session` of a status page, files and receipts can be fetched; the receipt of what was
    `done` just now stands on top of the page, and not here, too.
    """
    rows = sorted(_list_rows(file, reader, session, done), key=lambda row: row[0])
    return Markup().join(fragment.html(values) for _, values in rows)


def _list_rows(
    file: CaseFile, reader: Party, session: str, done: CaseAct | None
) -> Iterator[tuple[datetime, dict[str, str]]]:
    words = file.pages.words
    received = file.local(file.case.received_at)
    yield (
        received,
        {
            "class": "happened",
            "mark": words.say("act_received"),
            "when": file.dates.moment(received),
        },
    )
    for act in file.visible_acts if reader == "filer" else file.all_acts:
        yield act.at, _fill_act(file, act, reader, session, act == done)
    if reader == "organisation":
        for event in file.undelivered:
            yield event.at, _fill_undelivered(file, event)
    # Pages that say in sentences how a case stands also say above that the filing came late.
    on_top = says_standing(words)
    for step in file.progress.steps:
        if step.settled or (step.milestone.late and reader == "filer" and on_top):
            continue
        yield _find_position(file, step), _fill_limit(file, step, reader)
    today = words.day(file.today)
    yield file.now, {"class": "today", "mark": words.say("today"), "when": today}


def _find_position(file: CaseFile, step: LimitProgress) -> datetime:
    """The moment by which a limit is sorted; undated limits come last."""
    due = step.milestone.due
    if step.milestone.limit.is_window:
        return file.case.received_at - _TICK
    if step.milestone.stopped and not step.kept:
        return file.now + _TICK
    if step.kept:
        return step.kept.at + _TICK
    if due is None:
        return file.case.retained_until
    return due.at - _TICK


def _fill_act(
    file: CaseFile, act: CaseAct, reader: Party, session: str, on_top: bool
) -> dict[str, str]:
    words, details = file.pages.words, act.entry
    own = words.messages.get(f"act_{act.act}_own") if reader == act.party == "filer" else None
    who = (
        details.role.marked(words.language)
        if details.role
        else party_words(words, act.party, reader)
    )
    row = {
        "class": f"happened by-{act.party}",
        "mark": own or act_name(file, act, reader),
        "when": file.recorded(act),
        "what": "" if own else bold(who),
    }
    if over := taken_back(file, act):
        return row | {"class": f"{row['class']} taken-back", "note": over}
    return row | {
        "text": said_html(file, act) + files_html(file, act, session),
        "note": notes(words, map(escape, act_notes(file, act))),
        "onward": _link_answer(file, act, reader)
        + (Markup("") if on_top else receipt_html(file, act, session)),
    }


def _link_answer(file: CaseFile, act: CaseAct, reader: Party) -> Markup:
    """Links from the last question of staff to where the filer answers it."""
    questions = [each for each in file.progress.happened if each.act == "asked"]
    open_ = is_waiting(file.progress.happened) and reader == "filer"
    if not open_ or act != questions[-1]:
        return Markup("")
    link = Markup('<p class="onward"><a href="#information-title">{}</a></p>')
    return link.format(file.pages.words.say("please_answer"))


def _fill_undelivered(file: CaseFile, event: CaseEvent) -> dict[str, str]:
    unwanted = event.type == "mail_complained"
    words = file.pages.words
    return {
        "class": "happened",
        "mark": words.say("mail_undelivered"),
        "when": file.dates.moment(file.local(event.at)),
        "note": words.say("mail_unwanted" if unwanted else "mail_returned"),
    }


def _fill_limit(file: CaseFile, step: LimitProgress, reader: Party) -> dict[str, str]:
    words, milestone = file.pages.words, step.milestone
    slots = milestone_slots(file.dates, milestone, in_words=Text.marked, reader=reader)
    standing = step_standing(step)
    sentence = duty_html(words, limit_duty(file.dates, milestone.limit, reader, Text.marked))
    link = Markup(' <a class="clause-ref" href="{}">{}</a>').format(slots["href"], slots["cited"])
    # What is done says when; what is due says its condition with its date.
    said = step.done and milestone.due and milestone.limit.condition
    condition = condition_words(file.dates, said, Text.marked) if said else ""
    row = {
        "class": standing,
        "mark": words.say(f"step_{standing}"),
        "what": sentence + link,
        "when": file.dates.progress(step),
        "limit": slots["limit"],
        "note": notes(words, (condition, slots["late"], slots["note"])),
    }
    if milestone.limit.is_window:
        row |= {"mark": words.say("step_window"), "note": slots["note"]}
        # The filer has used it: nobody asks them to file.
        row |= {"what": "", "limit": ""} if reader == "filer" else {}
    if standing == "overdue" and reader == "filer":
        row["onward"] = _link_onward(file)
    return row


def step_standing(step: LimitProgress) -> str:
    """`done`, `overdue`, `passed`, `open`, `stopped`, or `undated` if it has not started."""
    if step.done:
        return "done"
    if step.overdue:
        return "overdue"
    if step.passed:
        return "passed"
    if step.milestone.stopped:
        return "stopped"
    return "open" if step.milestone.due else "undated"


def _link_onward(file: CaseFile) -> Markup:
    """Links to the reviews, internal ones first, or to the contact details if there are none."""
    words = file.pages.words
    bodies = [
        review.body.marked(words.language)
        for review in sorted(file.kind.reviews, key=lambda review: not review.inside)
    ]
    if bodies:
        names = Markup(words.say("list_separator")).join(bodies)
        sentence = Markup(words.messages["go_next"]).format(bodies=names)
    else:
        sentence = Markup(words.say("go_reach"))
    anchor = "reviews" if bodies else "reach"
    return Markup('<p class="onward"><a href="#{}">{}</a></p>').format(anchor, sentence)
