"""What is wrong with the form of an act, where the desk says it in words of its own."""

from collections.abc import Mapping
from datetime import timedelta

from functions.model.acts import CARRIED_OUT, PERSON, ActProblem
from functions.model.answers.typed_date import read_day
from functions.views.case_file import CaseFile
from functions.views.case_pages import act_problem_words
from functions.views.desk.words import DeskWords, _

_A_WHILE = timedelta(days=30)
_OVER = _(
    "The case is closed: you can only add a note, say that a measure was carried out, or take an "
    "entry back."
)
_KEPT_OUT_ROLE = _(
    "Nobody who has this role may handle the case: the filer named them, or they are kept from it."
)
_NO_DAY = _("Please give the day by which this must be done, such as {example}.")
_PAST_DAY = _("This day is past. Please give a day from today on, such as {example}.")
_MEASURE = _("Please choose the measure that was carried out.")


def desk_problem_words(
    file: CaseFile, desk: DeskWords, problem: ActProblem, sent: Mapping[str, str]
) -> str:
    """What is wrong with an act and how to correct it; `sent` is the form that it came with."""
    if problem.code == "over":
        return desk.say(_OVER)
    if problem == ActProblem(CARRIED_OUT, "corrects"):
        return desk.say(_MEASURE)
    if problem == ActProblem("to", "kept_out") and not sent.get("to", "").startswith(PERSON):
        return desk.say(_KEPT_OUT_ROLE)
    if problem.code == "until":
        example = (file.today + _A_WHILE).isoformat()
        day = read_day(sent.get("until", ""))
        return desk.say(_PAST_DAY if day else _NO_DAY, example=example)
    return act_problem_words(file.pages.words, problem)
