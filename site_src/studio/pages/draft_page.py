"""The page of a draft: its text by clause, and one fact at a time as a question."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response

from site_src.policy.clauses import Clause
from site_src.studio.checking import Checked
from site_src.studio.clause_edits import clause_parts, clauses_of, preamble_of
from site_src.studio.context import Asked
from site_src.studio.facts.answers import other_keys, shown_value
from site_src.studio.facts.choices import LabelledValues, choices, named, own_words
from site_src.studio.facts.edits import doubt_of
from site_src.studio.facts.entries import DraftFact, DraftFacts, entries, in_text_order
from site_src.studio.facts.fields import FactField
from site_src.studio.facts.finding_words import ClerkFinding, clerk_doubt
from site_src.studio.facts.forms import FORMS
from site_src.studio.facts.natures import NATURES, find_length, nature
from site_src.studio.facts.removed import REMOVED_NAME, RemovedFacts
from site_src.studio.files.draft_files import DraftFiles
from site_src.studio.needed import missing_values


@dataclass(frozen=True)
class ShownField:
    """A field of the form with its value, or several on a line each, and what can be chosen."""

    field: FactField
    value: str
    choices: LabelledValues

    @property
    def chosen(self) -> list[str]:
        """Each of its values."""
        return self.value.split("\n") if self.value else []


@dataclass(frozen=True)
class ShownFact:
    """A fact in the list of its clause."""

    entry: DraftFact
    noun: str
    words: str
    has_findings: bool


@dataclass(frozen=True)
class ShownClause:
    """A clause with its marked words, its facts and its findings.

    `label` is its number; what the clause says below its list has none, and no facts.
    """

    clause: Clause
    label: str
    words: Markup
    facts: tuple[ShownFact, ...]
    findings: tuple[ClerkFinding, ...]


def show_draft(asked: Asked) -> Response:
    """The page: the fact that the address names, else the first that is undecided."""
    return draft_page(asked, asked.studio.drafts.read(asked.organisation), asked.query("fact"))


def draft_page(
    asked: Asked,
    files: DraftFiles,
    name: str = "",
    typed: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The page of a draft; `typed` is what a form had that was not saved, and `notice` says why."""
    data = files.document.data
    clauses = clauses_of(files.procedure)
    ordered = in_text_order(entries(data), clauses)
    undecided = tuple(entry for entry in ordered if entry.proposed is not None)
    found = asked.studio.checks.of(files)
    removed = asked.removed(files)
    chosen = next((entry for entry in ordered if entry.name == name), None)
    if chosen is None and undecided:
        chosen = undecided[0]
    return asked.draft_page(
        "draft.html",
        files,
        status,
        preamble=preamble_of(files.procedure).removeprefix("# "),
        clauses=tuple(_clauses(asked, files, clauses, ordered, chosen, found, removed)),
        lost=tuple(_facts(_of_no_clause(ordered, clauses), found, data, removed)),
        findings=asked.findings(found.general, files),
        all_findings=len(found.findings),
        decided=len(ordered) - len(undecided),
        total=len(ordered),
        undecided=len(undecided),
        needed=missing_values(files),
        following=_following(undecided, ordered, chosen),
        question=(
            _question(asked, chosen, clauses, found, files, typed, removed.names)
            if chosen
            else None
        ),
        removed=tuple(_still_named(removed, found, data)),
        notice=notice,
        typed=typed,
        contact_noun=FORMS["contacts"].noun,
    )


def _question(
    asked: Asked,
    entry: DraftFact,
    clauses: tuple[Clause, ...],
    found: Checked,
    files: DraftFiles,
    typed: Mapping[str, str] | None,
    removed: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    """What the form of a fact shows."""
    data = files.document.data
    clause = next((each for each in clauses if each.id == entry.clause), None)
    words = clause.words if clause else ""
    said = find_length(entry.proposed or "", words, entry.data)
    length = said.words if said and nature(entry.list, entry.data) else ""
    return {
        "entry": entry,
        "form": FORMS[entry.list],
        "fields": shown_fields(asked, entry.list, entry.data, data, typed, removed),
        "others": other_keys(entry),
        "contacts": tuple(
            (each.name, label_of(each, data))
            for each in entries(data)
            if each.list == "contacts" and each.path[: len(entry.path)] == entry.path != each.path
        ),
        "doubt": clerk_doubt(doubt_of(files.facts, entry.name), entry, data, asked.tongue),
        "nature": (typed or {}).get("nature") or nature(entry.list, entry.data),
        "natures": tuple((value, asked.tongue.say(label)) for value, label in NATURES.items()),
        "length": length,
        "quote": marked(words, _said(words, entry, length), length),
        "clauses": tuple(each.id for each in clauses),
        "clause": (typed or {}).get("clause", entry.clause),
        "findings": asked.findings(found.of_fact(entry.name), files),
    }


def shown_fields(
    asked: Asked,
    list_: str,
    fact: Mapping[str, Any],
    data: Mapping[str, Any],
    typed: Mapping[str, str] | None = None,
    removed: Mapping[tuple[str, str], str] | None = None,
) -> tuple[ShownField, ...]:
    """The fields of a fact's form, with what was typed where there is something.

    `removed` has the names of facts that the draft no longer has.
    """
    language = data.get("language", "zh-CN")
    removed = removed or {}
    shown = []
    for field in FORMS[list_].fields:
        value = typed.get(field.key, "") if typed else shown_value(field, fact, language)
        offered = choices(field.choices, data, asked.tongue) if field.choices else ()
        gone = ((each, removed.get((field.choices, each))) for each in value.split("\n"))
        named_gone = ((id, asked.say(REMOVED_NAME.filled(name=name))) for id, name in gone if name)
        shown.append(ShownField(field, value, (*offered, *named_gone)))
    return tuple(shown)


def _said(clause: str, entry: DraftFact, length: str) -> str:
    """The words of the clause to mark: those it was read from, else its length of time."""
    return entry.proposed if entry.proposed and entry.proposed in clause else length


def marked(text: str, words: str, length: str = "") -> Markup:
    """The text with the words of a fact marked, and the length of time in them in bold."""
    at = text.find(words) if words else -1
    if at < 0:
        return escape(text)
    inside = escape(words)
    if length and length in words:
        before, _, after = words.partition(length)
        inside = escape(before) + Markup("<b>{}</b>").format(length) + escape(after)
    end = at + len(words)
    mark = Markup('<mark id="words">{}</mark>').format(inside)
    return escape(text[:at]) + mark + escape(text[end:])


def _clauses(
    asked: Asked,
    files: DraftFiles,
    clauses: tuple[Clause, ...],
    ordered: DraftFacts,
    chosen: DraftFact | None,
    found: Checked,
    removed: RemovedFacts,
) -> Iterator[ShownClause]:
    begun: set[str] = set()
    for clause, part in clause_parts(clauses):
        words = escape(part)
        if chosen and chosen.clause == clause.id:
            said = find_length(chosen.proposed or "", clause.words, chosen.data)
            length = said.words if said and nature(chosen.list, chosen.data) else ""
            words = marked(part, _said(clause.words, chosen, length), length)
        if clause.id in begun:
            yield ShownClause(clause, "", words, (), ())
            continue
        begun.add(clause.id)
        own = tuple(entry for entry in ordered if entry.clause == clause.id)
        facts = tuple(_facts(own, found, files.document.data, removed))
        findings = asked.findings(found.of_clause(clause.id), files)
        yield ShownClause(clause, clause.label, words, facts, findings)


def _facts(
    own: DraftFacts, found: Checked, data: Mapping[str, Any], removed: RemovedFacts
) -> Iterator[ShownFact]:
    for entry in own:
        label = label_of(entry, data, removed.names)
        yield ShownFact(entry, FORMS[entry.list].noun, label, bool(found.of_fact(entry.name)))


def _still_named(
    removed: RemovedFacts, found: Checked, data: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[ShownFact, ...]]]:
    """What was removed, with the decided facts that name it; the others are yet to be asked."""
    for (choice, id), name in removed.names.items():
        naming = dict.fromkeys(
            each.entry.name
            for each in removed.broken
            if (each.field.choices, each.id) == (choice, id) and each.entry.proposed is None
        )
        if decided := tuple(entry for entry in entries(data) if entry.name in naming):
            yield name, tuple(_facts(decided, found, data, removed))


def label_of(
    entry: DraftFact,
    data: Mapping[str, Any],
    removed: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> str:
    """What a fact is called in lists: its name, its action, or what else says it best.

    `removed` has the names of facts that the draft no longer has.
    """
    language = data.get("language", "zh-CN")
    for key in ("name", "who", "body", "action", "text", "value", "says", "field"):
        if words := own_words(entry.data.get(key), language):
            return words
    if (role := entry.data.get("role")) is not None:
        gone = removed.get(("role", str(role)), str(role))
        return dict(named(data, "roles", "name")).get(str(role), gone)
    return str(entry.data.get("id", entry.name))


def _of_no_clause(ordered: DraftFacts, clauses: tuple[Clause, ...]) -> DraftFacts:
    known = {clause.id for clause in clauses}
    return tuple(entry for entry in ordered if entry.clause not in known)


def _following(
    undecided: DraftFacts, ordered: DraftFacts, chosen: DraftFact | None
) -> DraftFact | None:
    """The next undecided fact after the chosen one, or the first again at the end."""
    if chosen is None:
        return None
    later = ordered[ordered.index(chosen) + 1 :]
    rest = (*(entry for entry in later if entry in undecided), *undecided)
    return next((entry for entry in rest if entry.name != chosen.name), None)
