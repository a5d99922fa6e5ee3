"""Says which questions the studio asks about a fact of each list, in the order of the form."""

from dataclasses import dataclass
from typing import Literal

from site_src.languages import _

FieldInput = Literal["line", "text", "number", "choice", "flag", "side"]
"""`side` is a choice between inside and outside, which policy.yaml says as true or false."""


@dataclass(frozen=True)
class FactField:
    """A question about one key of a fact; `choices` names what can be chosen.

    What is `rare` is asked for under “More”.
    """

    key: str
    label: str
    input: FieldInput = "line"
    choices: str = ""
    required: bool = False
    rare: bool = False


@dataclass(frozen=True)
class FactForm:
    """What a fact of a list is, the question that decides it, and its fields."""

    noun: str
    question: str
    fields: tuple[FactField, ...]


_KIND = FactField("kind", _("Only for"), "choice", "kind", rare=True)
_NAME = FactField("name", _("Name"), required=True)
_TEXT = FactField("text", _("In a few words, for the public"), "text", required=True)
_CONDITION = FactField("condition", _("Only if"), "line", rare=True)

CATEGORY_FIELDS = (
    _NAME,
    FactField("level", _("Level"), "choice", "level", rare=True),
    _KIND,
)

FORMS: dict[str, FactForm] = {
    "kinds": FactForm(
        _("Kind of filing"),
        _("Is this something that people can file?"),
        (
            FactField("id", _("Which kind"), "choice", "kind_id", required=True),
            _NAME,
            FactField("definition", _("What the procedure says it is"), "text"),
        ),
    ),
    "grounds": FactForm(_("Ground"), _("May a filing be about this?"), (_TEXT,)),
    "filers": FactForm(
        _("Who may file"),
        _("May these people file?"),
        (
            FactField("who", _("Who"), required=True),
            _KIND,
            FactField("route", _("Handled by, whatever it is about"), "choice", "role", rare=True),
        ),
    ),
    "representatives": FactForm(
        _("Representative"),
        _("May these people file for somebody else?"),
        (
            FactField("who", _("Who"), required=True),
            FactField("requires", _("What they must bring"), "choice", "requires", required=True),
            FactField("text", _("In a few words, for the public"), "text"),
            FactField("at_most", _("How many at most"), "number", rare=True),
            _KIND,
        ),
    ),
    "formalities": FactForm(
        _("Form of a filing"),
        _("Must a filing be made like this?"),
        (FactField("type", _("What"), "choice", "formality", required=True), _TEXT, _KIND),
    ),
    "asks": FactForm(
        _("Question of the form"),
        _("Must the filer say this?"),
        (
            FactField("field", _("What"), "choice", "asked", required=True),
            FactField("required", _("It must be answered"), "flag"),
            _KIND,
        ),
    ),
    "channels": FactForm(
        _("Way to file"),
        _("Can people file like this?"),
        (
            FactField("type", _("How"), "choice", "channel_type", required=True),
            _NAME,
            FactField("value", _("Number or address")),
            FactField("hours", _("Open at")),
            FactField("branch", _("Branch"), "choice", "branch", rare=True),
            _KIND,
        ),
    ),
    "branches": FactForm(
        _("Branch"),
        _("Is this a branch of the organisation?"),
        (
            _NAME,
            FactField("route", _("Handled by"), "choice", "role", rare=True),
            _KIND,
        ),
    ),
    "contacts": FactForm(
        _("Contact"),
        _("Can this body be reached here?"),
        (
            FactField("type", _("How"), "choice", "channel_type", required=True),
            FactField("value", _("Number or address"), required=True),
            FactField("name", _("Name")),
            FactField("hours", _("Open at")),
        ),
    ),
    "roles": FactForm(
        _("Role"),
        _("Does this office or person take part in the handling?"),
        (
            _NAME,
            FactField("duty", _("What it does"), "text", required=True),
            FactField("mailbox", _("E-mail address of its notices, if it has its own"), rare=True),
        ),
    ),
    "levels": FactForm(
        _("Level"),
        _("Does the procedure grade filings like this?"),
        (_NAME, FactField("definition", _("What makes it so"), "text", required=True)),
    ),
    "categories": FactForm(
        _("Category"), _("Is this something that a filing can be about?"), CATEGORY_FIELDS
    ),
    "routes": FactForm(
        _("Who handles it"),
        _("Does this role handle such filings?"),
        (
            FactField("role", _("Role"), "choice", "role", required=True),
            FactField("category", _("About"), "choice", "category"),
            FactField("level", _("Level"), "choice", "level", rare=True),
            _CONDITION,
            _KIND,
        ),
    ),
    "steps": FactForm(
        _("Step"),
        _("Must this be done?"),
        (
            FactField("role", _("By whom"), "choice", "role"),
            FactField("action", _("What is done"), "text", required=True),
            FactField("record", _("The record it leaves")),
            FactField("approved_by", _("With the consent of"), "choice", "role", rare=True),
            _KIND,
        ),
    ),
    "events": FactForm(
        _("Event"),
        _("Is this something that time runs from?"),
        (
            FactField("name", _("From …"), required=True),
            FactField("recorded_by", _("Who knows the day"), "choice", "recorder", required=True),
            FactField("question", _("Question to the filer"), rare=True),
            _KIND,
        ),
    ),
    "limits": FactForm(
        _("Length of time"),
        _("What is this time?"),
        (
            FactField("value", _("How long"), "number"),
            FactField("unit", _("Unit"), "choice", "unit"),
            FactField("from", _("From when"), "choice", "event"),
            FactField("role", _("Who"), "choice", "role"),
            FactField("action", _("What for"), "text", required=True),
            FactField("extends", _("Added to"), "choice", "limit", rare=True),
            FactField("level", _("Level"), "choice", "level", rare=True),
            FactField("note", _("Note"), rare=True),
            _KIND,
        ),
    ),
    "suspensions": FactForm(
        _("Stop of the clock"),
        _("Does this stop a time limit?"),
        (
            FactField("from", _("It stops at"), "choice", "event", required=True),
            FactField("until", _("It goes on at"), "choice", "event", required=True),
            FactField("restarts", _("Then the time begins anew"), "flag"),
            _TEXT,
        ),
    ),
    "durations": FactForm(
        _("Length of time"),
        _("What is this time?"),
        (
            FactField("says", _("The words of the clause, exactly"), required=True),
            _TEXT,
            _KIND,
        ),
    ),
    "reviews": FactForm(
        _("Where to go next"),
        _("Can a filer go there next?"),
        (
            FactField("body", _("Who"), required=True),
            FactField("inside", _("Where it is"), "side", required=True),
            _TEXT,
            FactField("any_time", _("Without waiting for an answer"), "flag", rare=True),
            _KIND,
        ),
    ),
    "fees": FactForm(
        _("Cost"),
        _("Does the procedure say this about cost?"),
        (_TEXT, FactField("refund", _("When it is paid back")), _KIND),
    ),
    "provisions": FactForm(
        _("Other rule"),
        _("Does the procedure promise or require this?"),
        (FactField("topic", _("About"), "choice", "topic", required=True), _TEXT, _KIND),
    ),
}
"""The form of each list."""

ADDED = tuple(name for name in FORMS if name not in ("grounds", "contacts", "suspensions"))
"""The lists that a fact can be added to by hand; the rest belong to other facts."""
