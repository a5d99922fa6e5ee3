"""Renders the page of a case for its filer: who has it, what happened, what they can do now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from functions.model.acts import ActProblem
from functions.model.attachment import AttachmentRules
from functions.model.case_log import CaseAct, is_waiting
from functions.model.contract.terms import FilerAct
from functions.model.pages.slot_template import HIDDEN
from functions.views.case_file import CaseFile
from functions.views.case_pages import act_summary_slots
from functions.views.case_standing import standing_slots
from functions.views.form_page import FormFiles, upload_rows
from functions.views.status.act_forms import receipt_html
from functions.views.status.satisfaction import review_window, satisfaction_slots
from functions.views.timeline import timeline_html
from functions.views.wording.words import flaw_words


@dataclass(frozen=True)
class UnrecordedAct:
    """An act that was not recorded, which goes back into its form: why, its words and its files."""

    act: FilerAct
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[ActProblem, ...] = ()
    files: FormFiles = field(default_factory=FormFiles)


def status_page(
    file: CaseFile,
    session: str,
    unrecorded: UnrecordedAct | None = None,
    notice: str = "",
    done: CaseAct | None = None,
) -> Markup:
    """The page of a case, with forms for what the filer may do now.

    `session` is the sealed token in its forms. `done` is what the filer did just now, whose signed
    receipt is offered beside the `notice`. Pages of older contracts show only what they have slots
    for.
    """
    fragments = file.pages.fragments
    problems = unrecorded.problems if unrecorded else ()
    slots = file.html() | act_summary_slots(file, problems, notice, _flaw_words(file, unrecorded))
    if fragments.history is None:
        return file.skeletons.status.html(slots)
    fields = unrecorded.fields if unrecorded else {}
    kept = unrecorded.act if unrecorded else None
    withdrawn = file.progress.state == "withdrawn"
    is_asked = is_waiting(file.progress.happened)
    slots |= {
        "session": session,
        "contract": file.case.contract,
        "history": timeline_html(file, fragments.history, "filer", session, done),
        "done_receipt": receipt_html(file, done, session) if done else "",
        "overdue_hidden": "" if file.progress.overdue else HIDDEN,
        "asked_hidden": "" if is_asked else HIDDEN,
        "not_asked_hidden": HIDDEN if is_asked else "",
        "withdraw_hidden": HIDDEN if withdrawn else "",
        "withdraw_open": Markup(" open") if kept == "withdrawn" else "",
        **standing_slots(file),
        **_review_slots(file),
        **satisfaction_slots(file, fields if kept == "satisfaction" else {}),
    }
    if unrecorded:
        slots[f"value.{unrecorded.act}"] = fields.get("text", "")
        slots["uploads"] = upload_rows(file.pages, unrecorded.files.rows)
    return file.skeletons.status.html(slots)


def _review_slots(file: CaseFile) -> dict[str, str]:
    """Which internal review can be asked for now, and until when."""
    review, withdrawn = file.progress.review, file.progress.state == "withdrawn"
    slots: dict[str, str] = {"review_later_hidden": HIDDEN if review or withdrawn else ""}
    for index, _ in enumerate(file.kind.reviews):
        is_open = review is not None and review.index == index
        slots[f"review_hidden.{index}"] = "" if is_open else HIDDEN
    if review:
        slots[f"review_window.{review.index}"] = review_window(file)
    return slots


def _flaw_words(file: CaseFile, unrecorded: UnrecordedAct | None) -> str:
    """What is wrong with the files that came with an act; empty if nothing is."""
    rules = file.kind.attachments or AttachmentRules(most=0)
    flaws = unrecorded.files.flaws if unrecorded else ()
    return " ".join(flaw_words(file.pages.words, rules, flaw) for flaw in flaws)
