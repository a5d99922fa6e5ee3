"""Adds facts that nobody proposed, also to the fact that they belong to."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from site_src.bilingual import Bilingual
from site_src.policy.facts import LISTS
from site_src.policy.folders import POLICY_FILE
from site_src.studio.clause_edits import clause_words, clauses_of
from site_src.studio.context import Asked
from site_src.studio.errors import EditRefused, FileChanged, StudioError
from site_src.studio.facts.answers import read_answers
from site_src.studio.facts.choices import LabelledValues
from site_src.studio.facts.edits import added, free_id
from site_src.studio.facts.entries import entries
from site_src.studio.facts.forms import ADDED, FORMS, PARENTS
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.pages.draft_page import label_of, shown_fields

_IDS = {
    "filers": "filer",
    "representatives": "representative",
    "channels": "channel",
    "branches": "branch",
    "roles": "role",
    "levels": "level",
    "categories": "category",
    "steps": "step",
    "events": "event",
    "limits": "limit",
}
"""The id of a fact that is added, before its number; facts of other lists have none."""

_OF_NOTHING = Bilingual(
    "Choose what it belongs to. If there is nothing to choose, add that fact first.",
    "请选择它属于哪一项。没有可选的，请先添加那一项。",
)


def show_add(asked: Asked) -> Response:
    """The form for a fact that nobody proposed: first its list, then its fields."""
    return _add_page(asked, asked.studio.drafts.read(asked.organisation))


def _add_page(
    asked: Asked,
    files: DraftFiles,
    typed: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    given = typed or {}
    list_ = given.get("list") or asked.query("list")
    clause = given.get("clause") or asked.query("clause")
    words = given.get("words") or asked.query("words")
    data = files.document.data
    if list_ and list_ not in ADDED:
        raise HTTPException(404)
    start: dict[str, Any] = {}
    if list_:
        first = next(field for field in FORMS[list_].fields if field.input in ("line", "text"))
        start = {first.key: words}
    return asked.draft_page(
        "add.html",
        files,
        status,
        list=list_,
        lists=tuple(
            (name, asked.tongue.say(FORMS[name].noun))
            for name in ADDED
            if name in LISTS or _parents(name, data)
        ),
        form=FORMS.get(list_),
        parents=_parents(list_, data),
        within=given.get("within") or _parent_in(clause, list_, data),
        clause=clause,
        clauses=tuple(each.id for each in clauses_of(files.procedure)),
        text=clause_words(files.procedure, clause),
        words=words,
        fields=shown_fields(asked, list_, start, data, typed) if list_ else (),
        notice=notice,
    )


def add(asked: Asked) -> Response:
    """Saves a fact that a person found in the text."""
    form, list_ = asked.form, asked.form.get("list")
    if list_ not in ADDED:
        raise HTTPException(404)
    within = form.get("within") if list_ in PARENTS else ""
    inner = "children" if list_ == "categories" else list_
    place = f"{within}.{inner}" if within else list_

    def edit(files: DraftFiles) -> DraftFiles:
        data = files.document.data
        names = {name for name, _ in _parents(list_, data)}
        if within not in names and (within or list_ not in LISTS):
            raise EditRefused(_OF_NOTHING)
        values = read_answers(list_, form.fields, {}, data.get("language", "zh-CN"))
        given: dict[str, Any] = {}
        if list_ in _IDS:
            given["id"] = free_id(data, list_, _IDS[list_])
        if list_ == "durations":
            given["of"] = "other"
        return files.with_text(POLICY_FILE, added(files.facts, place, given | values))

    try:
        after = asked.studio.drafts.save(asked.organisation, form.get("digest"), edit, "add")
    except StudioError as error:
        now = asked.studio.drafts.read(asked.organisation)
        status = 409 if isinstance(error, FileChanged) else 422
        return _add_page(asked, now, form.fields, asked.say(error.message), status)
    names = [entry.name for entry in entries(after.document.data)]
    last = max(int(name.rpartition(".")[2]) for name in names if name.rpartition(".")[0] == place)
    return asked.see(f"{asked.draft_home}?fact={place}.{last}")


def _parents(list_: str, data: Mapping[str, Any]) -> LabelledValues:
    """The facts that a fact of the list may belong to."""
    wanted = PARENTS.get(list_, ())
    return tuple(
        (entry.name, label_of(entry, data)) for entry in entries(data) if entry.list in wanted
    )


def _parent_in(clause: str, list_: str, data: Mapping[str, Any]) -> str:
    """The fact of the same clause that a fact belongs to which cannot stand alone."""
    wanted = () if list_ == "categories" else PARENTS.get(list_, ())
    found = (entry for entry in entries(data) if entry.list in wanted)
    return next((entry.name for entry in found if entry.clause == clause), "")
