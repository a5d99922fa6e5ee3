"""Fills the part of a case's page that asks whether the answer satisfies the filer."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from functions.model.case_log import said_satisfaction, standing_answer
from functions.model.pages.slot_template import HIDDEN
from functions.views.case_file import CaseFile
from functions.views.status.act_words import act_notes
from functions.views.wording.citations import cite
from functions.views.wording.milestone_words import notes

_QUESTIONS = ("satisfied", "fairly")
"""The two questions, by the name of their field: with the result, with how it was handled."""


def satisfaction_slots(file: CaseFile, fields: Mapping[str, str]) -> dict[str, str]:
    """The slots of the questions, with the answers in `fields` that were not recorded.

    They stand there once there is an answer: first whether it satisfies; if not, where to go next.
    Where the procedure has filers asked, both questions follow a week later.
    """
    words = file.pages.words
    if standing_answer(file.progress.happened) is None:
        return {"answer_hidden": HIDDEN}
    said = said_satisfaction(file.progress.happened)
    slots = {
        "lead_hidden": HIDDEN if said or file.asks else "",
        "questions_hidden": "" if file.asks else HIDDEN,
        "said_hidden": "" if said else HIDDEN,
        "unsatisfied": _where_next(file),
        "unsatisfied_hidden": HIDDEN if said and said.entry.satisfied else "",
    }
    if file.asks:
        slots["asked_by"] = words.say("asked_by", clause=file.asks, cited=cite(words, file.asks))
    if said:
        slots["said"] = notes(words, map(escape, act_notes(file, said)))
        slots["said_at"] = file.recorded(said)
    for name in _QUESTIONS:
        slots[f"checked.{name}.{fields.get(name, '')}"] = Markup(" checked")
    return slots


def review_window(file: CaseFile) -> str:
    """Until when the review that is open can be asked for, by which clause; empty if unknown."""
    words, review = file.pages.words, file.progress.review
    if review is None or review.window is None or review.window.due is None:
        return ""
    message = "review_window_over" if review.late else "review_window"
    if review.window.due.provisional:
        message = "review_window_open"
    clause = review.window.limit.clause
    due = file.dates.due(review.window.due)
    return words.say(message, due=due, clause=clause, cited=cite(words, clause))


def _where_next(file: CaseFile) -> Markup:
    """What a filer can do whom the answer does not satisfy, with its last day and clause."""
    words, review = file.pages.words, file.progress.review
    if review is not None:
        body = file.kind.reviews[review.index].body.marked(words.language)
        sentence = Markup(words.messages["if_not_review"]).format(body=body)
        link = Markup('<a href="#reviews">{}</a>').format(sentence)
        return Markup("{} {}").format(link, review_window(file))
    outside = [each for each in file.kind.reviews if not each.inside]
    if outside:
        names = [each.body.marked(words.language) for each in outside]
        bodies = Markup(words.say("list_separator")).join(names)
        sentence = Markup(words.messages["if_not_outside"]).format(bodies=bodies)
        return Markup('<a href="#reviews">{}</a>').format(sentence)
    link = Markup('<a href="#reach">{}</a>').format(words.say("reach"))
    return Markup("{} {}").format(words.say("if_not_reach"), link)
