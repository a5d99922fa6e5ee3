"""Renders the page on which staff act on a case by a link, and says what is wrong with an act."""

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from functions.model.acts import KEEPS, LONGEST_TEXT, MOST_A_DAY, ActProblem
from functions.model.pages.slot_template import FOCUSED, HIDDEN, SlotTemplate
from functions.model.pages.vocabulary import Vocabulary
from functions.views.case_file import CaseFile
from functions.views.desk.words import _, desk_words
from functions.views.form_page import summary_slots
from functions.views.staff_form import StaffForm, acts_html, staff_fields_html
from functions.views.timeline import timeline_html
from functions.views.wording.citations import cite

_OVERTAKEN = _(
    "The proposal has changed since you opened the page. Please read it below before you send the "
    "form again."
)


def handling_page(
    file: CaseFile,
    page: SlotTemplate,
    token: str,
    form: StaffForm,
    fields: Mapping[str, str] | None = None,
    problems: tuple[ActProblem, ...] = (),
    notice: str = "",
) -> Markup:
    """The handling page: the whole case, and the form in which staff record what they did.

    `page` is its template, `token` the sealed token of the staff link, `form` what its reader may
    record. `fields` are the values of a form that was not recorded, for these `problems`.
    """
    fragments, fields = file.pages.fragments, fields or {}
    kept = file.progress.open_steps if form.keeps else ()
    involved = file.case.submission.involved or ""
    slots = file.html() | act_summary_slots(file, problems, notice)
    slots |= {
        "handling": token,
        "involved": involved,
        "involved_hidden": "" if involved else HIDDEN,
        "value.text": fields.get("text", ""),
        "value.happened_on": fields.get("happened_on", file.today.isoformat()),
        "value.happened_at": fields.get("happened_at", ""),
        "value.delivered_on": fields.get("delivered_on", ""),
        "value.delivered_how": fields.get("delivered_how", ""),
        f"selected.level.{fields.get('level', '')}": Markup(" selected"),
        f"selected.event.{fields.get('event', '')}": Markup(" selected"),
        "delivered_open": Markup(" open") if fields.get("delivered_on") else "",
        "today": file.today.isoformat(),
        f"checked.act.{fields.get('act', '')}": Markup(" checked"),
        "keeps_hidden": "" if kept else HIDDEN,
    }
    if fragments.history is not None:
        slots["history"] = timeline_html(file, fragments.history, "organisation")
    if fragments.keep is not None:
        slots["keeps"] = Markup().join(
            fragments.keep.html(
                {
                    "name": KEEPS + step.milestone.limit.id,
                    "action": step.milestone.limit.action.marked(file.pages.words.language),
                    "clause": step.milestone.limit.clause,
                    "cited": cite(file.pages.words, step.milestone.limit.clause),
                    "when": file.dates.progress(step),
                    "checked": Markup(" checked")
                    if fields.get(KEEPS + step.milestone.limit.id) == "yes"
                    else "",
                }
            )
            for step in kept
        )
    acts = acts_html(file, form, fields)
    own = staff_fields_html(file.pages.words, form, fields, slots)
    if "acts" in page.root:
        return page.html(slots | {"acts": acts, "staff_fields": own})
    # Pages of before the desk have some of the acts, and no place for their fields but this one.
    missing = (each for each in form.acts if f'value="{each.act}"' not in "".join(page.root[::2]))
    added = acts_html(file, replace(form, acts=tuple(missing)), fields)
    slots["keeps"] = Markup("{}{}{}").format(slots.get("keeps", ""), added, own)
    return page.html(slots | {"keeps_hidden": ""})


def look_up_problem(words: Vocabulary, title: str, detail: str) -> dict[str, str]:
    """The slots of the look-up page that say why no case was opened."""
    return {
        "title_prefix": words.say("title_prefix"),
        "summary_hidden": FOCUSED,
        "problem_title": title,
        "problem": detail,
    }


def act_problem_words(words: Vocabulary, problem: ActProblem) -> str:
    """What is wrong with an act, and how to correct it."""
    if problem.code == "overtaken":
        # No contract has this message: the words of the desk change with the functions.
        return desk_words(words.language).say(_OVERTAKEN)
    return words.say(f"act_problem_{problem.code}", longest=LONGEST_TEXT, most=MOST_A_DAY)


def act_summary_slots(
    file: CaseFile, problems: tuple[ActProblem, ...], notice: str, flaws: str = ""
) -> dict[str, str]:
    """The slots of the error summary and of the success notice; `flaws` are those of files."""
    words = file.pages.words
    slots: dict[str, str] = {"notice": notice, "notice_hidden": "" if notice else HIDDEN}
    for problem in problems:
        slots[f"invalid.{problem.name}"] = Markup(
            ' aria-invalid="true" aria-describedby="{}-problem"'
        ).format(problem.name)
    messages = [(problem.name, act_problem_words(words, problem)) for problem in problems]
    if flaws:
        messages.append(("files", flaws))
        slots["described.files"] = Markup(" files-problem")
    return slots | summary_slots(file.pages, messages)
