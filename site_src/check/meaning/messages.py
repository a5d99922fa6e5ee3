"""Every message of the rules on meaning, once: what is wrong, and what to write.

The words in braces are named values, the same in every language.
"""

from site_src.check.meaning.cited_clause import CitedClause
from site_src.policy.clauses import Clause
from site_src.policy.facts import PlacedFact
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.finding_place import in_text, in_yaml
from site_src.policy.load import Edition

MESSAGES: dict[FindingCode, tuple[str, str]] = {
    "words-not-in-text": (
        "clause {clause} does not say what {key} says: {words}",
        "The clause says: {text}"
        ". Use its words, cite the clause that says it, or correct the text.",
    ),
    "limit-not-in-text": (
        "clause {clause} does not say {length}",
        "It says: {lengths}. Correct the fact or the text.",
    ),
    "duration-unclaimed": (
        "clause {clause} says {words} here, and no fact claims it",
        "If it is a time limit, add to limits: {{id: …, value: {value}, unit: {unit}, from: …, "
        'action: …, clause: "{clause}"}}. If not, add to durations: {{says: {words}, of: other, '
        'text: …, clause: "{clause}"}}.',
    ),
    "duration-not-in-text": (
        "clause {clause} does not say {words}, or another fact claims it",
        "Copy the words of the clause into says, one fact for each place. Its lengths: {lengths}.",
    ),
    "start-not-in-text": (
        "clause {clause} lets {length} run from: {text}; the fact says from: {event}",
        "Write from: {events}, or correct the text.",
    ),
    "start-unstated": (
        "clause {clause} names what {length} runs from: {text}; the fact says {event}",
        "Write from: {events}; if the text leaves it open, say so in a note.",
    ),
    "start-ambiguous": (
        "clause {clause} does not say what {length} runs from; the fact says from: {event}",
        "Write from: unstated, or say in a note why it runs from there, in the words of the event: "
        "note: …{name}….",
    ),
    "start-lacks-event": (
        "clause {clause} lets {length} run from: {text}, which is none of the built-in events",
        'Add it to events: {{id: …, name: {text}, recorded_by: staff, clause: "{clause}"}}, and '
        "name it in from.",
    ),
    "party-not-in-text": (
        "by clause {clause} {length} binds the {party}: {text}; the fact says party: {fact}",
        "Write party: {party}, or correct the text.",
    ),
    "party-of-role": (
        "the time limit has the role {role}, and yet the party is the {fact}",
        "Remove party: what a role must do binds the organisation. Or remove the role.",
    ),
    "marker-not-in-text": (
        "clause {clause} does not say that {length} is {marker}: {text}",
        "Remove {marker}, or correct the text.",
    ),
    "marker-unclaimed": (
        "clause {clause} says {text} of {length}, and the fact does not",
        "Add {marker} to the limit, or correct the text.",
    ),
    "condition-unclaimed": (
        "clause {clause} says when this holds: {text}; the fact does not",
        "Say it in when: {{condition: {text}}}, by a category or level, or in the action's words.",
    ),
    "level-not-in-text": (
        "nothing says that this is of the level {level}: {text}",
        "Remove the level, or cite the clause that names it.",
    ),
    "level-unclaimed": (
        "clause {clause} speaks of the level {level}: {text}; the fact does not",
        "Add level: {id}, or correct the text.",
    ),
    "channel-not-in-text": (
        "clause {clause} says nothing of a channel of the type {type}: {words}",
        "Correct the type or the name, cite the clause that names the channel, or correct the"
        " text.",
    ),
    "channel-unclaimed": (
        "clause {clause} names a way to file: {text}; no channel has the type {type}",
        'Add to channels: {{id: …, type: {type}, name: {text}, clause: "{clause}"}}.',
    ),
    "formality-not-in-text": (
        "clause {clause} says nothing of the formality {type}",
        "Correct the type, cite the clause that says it, or remove the fact.",
    ),
    "formality-unclaimed": (
        "clause {clause} says how to file: {text}; no formality has the type {type}",
        'Add to formalities: {{type: {type}, text: {text}, clause: "{clause}"}}.',
    ),
    "review-unclaimed": (
        "clause {clause} says where to go next: {text}; no review says it",
        'Add to reviews: {{body: …, inside: …, text: {text}, clause: "{clause}"}}.',
    ),
    "review-side": (
        "{words} is {side}; the fact says inside: {inside}",
        "Correct inside, or name the body as the clause does: {text}.",
    ),
    "filer-unclaimed": (
        "clause {clause} says who may file: {text}; no filer says it",
        'Add to filers: {{id: …, who: {text}, clause: "{clause}"}}.',
    ),
    "route-not-in-text": (
        "clause {clause} does not give filings to {role}: {text}",
        "Correct the role, cite the clause that says so, or correct the text.",
    ),
    "route-unclaimed": (
        "clause {clause} says who handles filings: {text}; no route has the role {role}",
        'Add to routes: {{role: {role}, clause: "{clause}"}}, with its condition.',
    ),
    "kind-unclaimed": (
        "clause {clause} speaks of a kind of filing: {text}; no kind has that name",
        'Add to kinds: {{id: …, name: {text}, clause: "{clause}"}}.',
    ),
    "filer-missing": (
        "nobody may file the kind {kind}: no filer holds for it",
        "Add to filers: {{id: …, kind: {id}, who: …, clause: …}}, or remove the kind from a filer.",
    ),
    "route-repeated": (
        "the routes to {role} and {other} (clause {place}) both take every filing of the kind",
        "Say when each holds: condition, category, level or kind.",
    ),
    "listed-unclaimed": (
        "clause {clause} lists {text} beside what {list} say, and none of them says it",
        "Add it to {list}, or correct the text.",
    ),
}
"""The message and the remedy of each code."""

_SHOWN = 60


def fact_finding(
    cited: CitedClause, placed: PlacedFact, key: str, code: FindingCode, **values: object
) -> Finding:
    """A finding at a key of a fact."""
    message, remedy = _said(code, {"clause": cited.clause.id, "key": key, **values})
    return in_yaml(cited.source, placed, key, code, message, remedy)


def policy_finding(
    source: Edition, placed: PlacedFact, key: str, code: FindingCode, **values: object
) -> Finding:
    """A finding at a key of a fact, whatever its clause says."""
    message, remedy = _said(code, {"clause": placed.fact.clause, "key": key, **values})
    return in_yaml(source, placed, key, code, message, remedy)


def text_finding(cited: CitedClause, offset: int, code: FindingCode, **values: object) -> Finding:
    """A finding at an offset of the clause's text."""
    message, remedy = _said(code, {"clause": cited.clause.id, **values})
    return in_text(cited.clause, offset, code, message, remedy)


def clause_finding(clause: Clause, code: FindingCode, **values: object) -> Finding:
    """A finding on a clause that no fact cites."""
    message, remedy = _said(code, {"clause": clause.id, **values})
    return in_text(clause, 0, code, message, remedy)


def _said(code: FindingCode, values: dict[str, object]) -> tuple[str, str]:
    shown = {key: _short(str(value)) for key, value in values.items()}
    message, remedy = MESSAGES[code]
    return message.format(**shown), remedy.format(**shown)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
