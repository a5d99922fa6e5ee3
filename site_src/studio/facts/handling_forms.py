"""Lists the forms for who handles a filing, by when, what stops the clock, and where to go next."""

from site_src.languages import _
from site_src.studio.facts.fields import ACTS, CASES, KIND, LATER, NAME, TEXT, FactField, FactForm

_LEVEL = FactField("level", _("Level"), "choice", "level", group="when")
_LEVEL_OF_LIMIT = FactField(
    "level", _("Level"), "choice", "level", group="when", short_for="when.level"
)
_LEVEL_OF_STEP = FactField("when.level", _("Level"), "choice", "level", group="when")

HANDLING_FORMS: dict[str, FactForm] = {
    "roles": FactForm(
        _("Role"),
        _("Does this office or person take part in the handling?"),
        (
            NAME,
            FactField("duty", _("What it does"), "text", required=True),
            FactField(
                "mailbox", _("E-mail address of its notices, if it has its own"), group="more"
            ),
            FactField(
                "says", _("Other names for it in the text, one a line"), "lines", group="more"
            ),
        ),
    ),
    "routes": FactForm(
        _("Who handles it"),
        _("Does this role handle such filings?"),
        (
            FactField("role", _("Role"), "choice", "role", required=True),
            FactField("category", _("About"), "choice", "category"),
            _LEVEL,
            FactField("condition", _("Only if, in words"), group="when"),
            KIND,
        ),
    ),
    "steps": FactForm(
        _("Step"),
        _("Must this be done?"),
        (
            FactField("role", _("By whom"), "choice", "role"),
            FactField("action", _("What is done"), "text", required=True),
            FactField("record", _("The record it leaves")),
            *CASES,
            _LEVEL_OF_STEP,
            FactField("roles", _("Or by several together"), "several", "role", group="more"),
            FactField("approved_by", _("With the consent of"), "choice", "role", group="more"),
            FactField("tells", _("Who must be told of it"), "several", "role", group="more"),
            FactField("after", _("After these steps"), "several", "step", group="more"),
            FactField("instead_of", _("In place of the step"), "choice", "step", group="more"),
            ACTS,
        ),
    ),
    "events": FactForm(
        _("Event"),
        _("Is this something that time runs from?"),
        (
            FactField("name", _("From …"), required=True),
            FactField("recorded_by", _("Who knows the day"), "choice", "recorder", required=True),
            FactField("question", _("Question to the filer"), group="more"),
            FactField("matter", _("It is what the filing is about"), "flag", group="more"),
            KIND,
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
            *CASES,
            _LEVEL_OF_LIMIT,
            FactField("extends", _("Added to the time for"), "choice", "limit", group="more"),
            FactField(
                "brings", _("What has happened when it is done"), "choice", "event", group="more"
            ),
            FactField("note", _("How firm it is, such as “as a rule”"), group="more"),
            FactField(
                LATER,
                _("If the last of several events counts, the others"),
                "several",
                "event",
                group="more",
            ),
            FactField("before", _("It ends so long before"), "choice", "event", group="more"),
            FactField("by", _("Or it ends on a day of the year, such as 09-30"), group="more"),
            FactField("not_before", _("A minimum: nothing happens earlier"), "flag", group="more"),
            FactField("recurring", _("So often in each unit, not so long"), "flag", group="more"),
            FactField("every", _("So often in every so many units"), "number", group="more"),
            FactField("within_hours", _("Only business hours count"), "flag", group="more"),
            FactField(
                "not_counted", _("Days that do not count"), "several", "weekday", group="more"
            ),
            ACTS,
        ),
    ),
    "suspensions": FactForm(
        _("Stop of the clock"),
        _("Does this stop a time limit?"),
        (
            FactField("limits", _("Which time stops"), "several", "limit", required=True),
            FactField("from", _("It stops at"), "choice", "event", required=True),
            FactField("until", _("It goes on at"), "choice", "event", required=True),
            FactField("restarts", _("Then the time begins anew"), "flag"),
            TEXT,
        ),
    ),
    "durations": FactForm(
        _("Length of time"),
        _("What is this time?"),
        (
            FactField("says", _("The words of the clause, exactly"), required=True),
            TEXT,
            KIND,
        ),
    ),
    "reviews": FactForm(
        _("Where to go next"),
        _("Can a filer go there next?"),
        (
            FactField("body", _("Who"), required=True),
            FactField("inside", _("Where it is"), "side", required=True),
            TEXT,
            FactField("limits", _("The times of this way"), "several", "limit", group="more"),
            FactField("any_time", _("Without waiting for an answer"), "flag", group="more"),
            FactField("filers", _("Only for"), "several", "filer", group="when"),
            KIND,
        ),
    ),
    "fees": FactForm(
        _("Cost"),
        _("Does the procedure say this about cost?"),
        (TEXT, FactField("refund", _("When it is paid back")), KIND),
    ),
    "provisions": FactForm(
        _("Other rule"),
        _("Does the procedure promise or require this?"),
        (FactField("topic", _("About"), "choice", "topic", required=True), TEXT, KIND, ACTS),
    ),
}
"""The form of each list."""
