"""Edits the text: one clause, or all of it; and what the organisation says of itself."""

from collections.abc import Callable, Sequence

from starlette.responses import Response

from site_src.bilingual import author_language_of
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.studio.checking import prefix_owner
from site_src.studio.clause_edits import source_of, with_source
from site_src.studio.context import Asked
from site_src.studio.errors import FileChanged, StudioError
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.needed import asked as asked_values
from site_src.studio.needed import current, missing_values, with_values
from site_src.studio.organisation_values import NeededValue, calendars, zones


def show_text(asked: Asked) -> Response:
    """The words of a clause to edit, or without a clause the whole text."""
    return _text_page(asked, asked.studio.drafts.read(asked.organisation), asked.query("clause"))


def _text_page(
    asked: Asked,
    files: DraftFiles,
    clause: str,
    typed: str | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    now = source_of(files.procedure, clause) if clause else files.procedure
    found = asked.studio.checks.of(files)
    return asked.draft_page(
        "text.html",
        files,
        status,
        clause=clause,
        words=now if typed is None else typed,
        now=now if typed is not None and typed != now else "",
        findings=asked.findings(found.of_clause(clause), files) if clause else (),
        notice=notice,
    )


def save_text(asked: Asked) -> Response:
    """Saves the words of a clause, or the whole text."""
    form, clause = asked.form, asked.form.get("clause_source")
    words = form.get("words").replace("\r\n", "\n")

    def edit(files: DraftFiles) -> DraftFiles:
        whole = with_source(files.procedure, clause, words) if clause else words
        return files.with_text(PROCEDURE_FILE, whole.rstrip("\n") + "\n")

    def again(files: DraftFiles, notice: str, status: int) -> Response:
        try:
            return _text_page(asked, files, clause, words, notice, status)
        except StudioError:  # the clause is gone: its words are shown over the whole text
            return _text_page(asked, files, "", words, notice, status)

    return _saved(asked, edit, f"text: {clause}", again, asked.draft_home)


def show_organisation(asked: Asked) -> Response:
    """The form for what a procedure seldom says."""
    return _organisation_page(asked, asked.studio.drafts.read(asked.organisation))


def _organisation_page(
    asked: Asked,
    files: DraftFiles,
    notice: str = "",
    status: int = 200,
) -> Response:
    data = files.document.data
    values = asked_values(data)
    open_names = {value.name for value in missing_values(files)}
    own = 1 if data.get("language") == "en" else 0
    rows = [
        {
            "value": value,
            "shown": asked.form.fields.get(value.name)
            or current(value, data)
            or value.suggested[own],
            "suggested": not current(value, data) and bool(value.suggested[own]),
            "missing": value.name in open_names,
            "choices": _suggested(asked, value)
            or [(choice, asked.tongue.say(words)) for choice, words in value.choices],
        }
        for value in values
    ]
    found = [
        finding
        for finding in asked.studio.checks.of(files).general
        if finding.field not in open_names
    ]
    prefix = current(values[1], data)
    owner = prefix_owner(asked.studio.policies, files.organisation, prefix) if prefix else None
    return asked.draft_page(
        "organisation.html",
        files,
        status,
        rows=rows,
        findings=asked.findings(tuple(found), files),
        owner=owner,
        notice=notice,
    )


def _suggested(asked: Asked, value: NeededValue) -> Sequence[tuple[str, str]]:
    """What a list below the field suggests; it may be typed, too."""
    if value.input == "zone":
        return [(zone, "") for zone in zones()]
    return calendars(asked.tongue) if value.input == "calendar" else ()


def save_organisation(asked: Asked) -> Response:
    """Saves what the organisation says of itself."""

    def edit(files: DraftFiles) -> DraftFiles:
        return files.with_text(
            POLICY_FILE, with_values(files.document, files.facts, asked.form.fields)
        )

    def again(files: DraftFiles, notice: str, status: int) -> Response:
        return _organisation_page(asked, files, notice, status)

    return _saved(asked, edit, "organisation", again, f"{asked.draft_home}organisation")


def _saved(
    asked: Asked,
    edit: Callable[[DraftFiles], DraftFiles],
    what: str,
    again: Callable[[DraftFiles, str, int], Response],
    next_page: str,
) -> Response:
    """Saves an edit and leads on; shows the form again, with what was typed, if it is refused."""
    try:
        asked.studio.drafts.save(asked.organisation, asked.form.get("digest"), edit, what)
    except StudioError as error:
        files = asked.studio.drafts.read(asked.organisation)
        notice = error.message.words(author_language_of(asked.tongue.language))
        return again(files, notice, 409 if isinstance(error, FileChanged) else 422)
    return asked.see(next_page)
