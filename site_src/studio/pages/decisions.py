"""Takes decisions on facts: confirm, change, reject, undo; and checks while one types."""

from collections.abc import Mapping

from starlette.responses import Response

from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.studio.clause_edits import clause_words, clauses_of, with_source
from site_src.studio.context import Asked
from site_src.studio.errors import EditRefused, FileChanged, StudioError
from site_src.studio.facts.answers import AS_IT_IS, read_answers
from site_src.studio.facts.edits import GONE, changed, confirmed, turned, without_fact
from site_src.studio.facts.entries import DraftFact, entries, find_entry, in_text_order
from site_src.studio.facts.natures import list_of, nature
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.files.saving import refuse_changed
from site_src.studio.pages.draft_page import draft_page, label_of

NOTHING_OF_THESE = "nothing"
"""The answer that a length of time is none of those that can be chosen."""


def take_decision(asked: Asked) -> Response:
    """Saves the decision on a fact and shows the next one that is undecided."""
    form, studio = asked.form, asked.studio
    name, answer = form.get("fact"), form.get("do")
    before = studio.drafts.read(asked.organisation)
    try:
        refuse_changed(before, form.get("digest"))
        entry = _entry(before, name)
        following = _next_name(before, entry)
        what = f"{answer}: {label_of(entry, before.document.data)}"
        studio.drafts.save(
            asked.organisation, form.get("digest"), lambda files: _decided(files, form.fields), what
        )
    except FileChanged as error:
        now = studio.drafts.read(asked.organisation)
        same = next(
            (each for each in entries(now.document.data) if each.digest == form.get("same")), None
        )
        place = same.name if same else name
        return draft_page(asked, now, place, form.fields, asked.say(error.message), 409)
    except StudioError as error:
        return draft_page(asked, before, name, form.fields, asked.say(error.message), 422)
    if following is None:
        return asked.see(asked.draft_home)
    after = studio.drafts.read(asked.organisation)
    same = next((e for e in entries(after.document.data) if e.digest == following.digest), None)
    return asked.see(f"{asked.draft_home}?fact={same.name}" if same else asked.draft_home)


def _decided(files: DraftFiles, form: Mapping[str, str]) -> DraftFiles:
    """The files after the decision that a form says. Raises EditRefused."""
    name = form.get("fact", "")
    entry = _entry(files, name)
    if form.get("do") == "reject" or form.get("nature") == NOTHING_OF_THESE:
        return files.with_text(POLICY_FILE, without_fact(files.facts, name))
    data = files.document.data
    values = read_answers(entry.list, form, entry.data, data.get("language", "zh-CN"))
    values = {key: value for key, value in values.items() if value != AS_IT_IS}
    answer = form.get("nature")
    if answer is not None and answer != nature(entry.list, entry.data):
        clause = clause_words(files.procedure, entry.clause)
        same = list_of(answer) == entry.list
        common = {key: values[key] for key in values if same or key in ("kind", "clause")}
        return files.with_text(POLICY_FILE, turned(files.facts, name, answer, common, clause))
    text = changed(files.facts, name, values) if values else confirmed(files.facts, name)
    return files.with_text(POLICY_FILE, text)


def check(asked: Asked) -> Response:
    """The findings on what is being typed, as a part of the page; nothing is saved."""
    files, form = asked.studio.drafts.read(asked.organisation), asked.form
    try:
        if form.get("clause_source"):
            words = with_source(files.procedure, form.get("clause_source"), form.get("words"))
            files = files.with_text(PROCEDURE_FILE, words)
            found = asked.studio.checks.of(files)
            findings = found.of_clause(form.get("clause_source"))
        else:
            name = form.get("fact")
            entry = _entry(files, name)
            files = _decided(files, {**form.fields, "do": "keep"})
            found = asked.studio.checks.of(files)
            after = find_entry(files.document.data, name)
            moved = after is None or (entry.list != after.list)
            findings = () if moved else found.of_fact(name)
            findings = (*findings, *found.of_clause(form.get("clause") or entry.clause))
    except StudioError as error:
        return asked.page("findings.html", findings=(), refused=asked.say(error.message))
    shown = asked.findings(findings, files)
    return asked.page("findings.html", findings=shown, refused="")


def undo(asked: Asked) -> Response:
    """Takes the last change back, and shows the draft."""
    try:
        asked.studio.drafts.undo(asked.organisation, asked.form.get("digest"))
    except StudioError as error:
        now = asked.studio.drafts.read(asked.organisation)
        return draft_page(asked, now, notice=asked.say(error.message), status=409)
    return asked.see(asked.draft_home)


def _entry(files: DraftFiles, name: str) -> DraftFact:
    entry = find_entry(files.document.data, name)
    if entry is None:
        raise EditRefused(GONE)
    return entry


def _next_name(files: DraftFiles, entry: DraftFact) -> DraftFact | None:
    """The undecided fact that comes after this one in the text."""
    ordered = in_text_order(entries(files.document.data), clauses_of(files.procedure))
    later = ordered[ordered.index(entry) + 1 :]
    return next((each for each in later if each.proposed is not None), None)
