"""Lists the forms for what can be filed, by whom, about what, in which form and how."""

from site_src.languages import _
from site_src.studio.facts.fields import KIND, NAME, TEXT, FactField, FactForm

FILING_FORMS: dict[str, FactForm] = {
    "kinds": FactForm(
        _("Kind of filing"),
        _("Is this something that people can file?"),
        (
            FactField("id", _("Which kind"), "choice", "kind_id", required=True),
            NAME,
            FactField("definition", _("What the procedure says it is"), "text"),
        ),
    ),
    "grounds": FactForm(_("Ground"), _("May a filing be about this?"), (TEXT,)),
    "filers": FactForm(
        _("Who may file"),
        _("May these people file?"),
        (
            FactField("who", _("Who"), required=True),
            FactField(
                "route", _("Handled by, whatever it is about"), "choice", "role", group="more"
            ),
            KIND,
        ),
    ),
    "representatives": FactForm(
        _("Representative"),
        _("May these people file for somebody else?"),
        (
            FactField("who", _("Who"), required=True),
            FactField("requires", _("What they must bring"), "choice", "requires", required=True),
            FactField("text", _("In a few words, for the public"), "text"),
            FactField("at_most", _("How many at most"), "number", group="more"),
            KIND,
        ),
    ),
    "formalities": FactForm(
        _("Form of a filing"),
        _("Must a filing be made like this?"),
        (FactField("type", _("What"), "choice", "formality", required=True), TEXT, KIND),
    ),
    "asks": FactForm(
        _("Question of the form"),
        _("Must the filer say this?"),
        (
            FactField("field", _("What"), "choice", "asked", required=True),
            FactField("required", _("It must be answered"), "flag"),
            KIND,
        ),
    ),
    "channels": FactForm(
        _("Way to file"),
        _("Can people file like this?"),
        (
            FactField("type", _("How"), "choice", "channel_type", required=True),
            NAME,
            FactField("value", _("Number or address")),
            FactField("hours", _("Open at")),
            FactField("branch", _("Branch"), "choice", "branch", group="when"),
            KIND,
        ),
    ),
    "branches": FactForm(
        _("Branch"),
        _("Is this a branch of the organisation?"),
        (NAME, FactField("route", _("Handled by"), "choice", "role", group="more"), KIND),
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
    "levels": FactForm(
        _("Level"),
        _("Does the procedure grade filings like this?"),
        (
            NAME,
            FactField("definition", _("What makes it so"), "text", required=True),
            FactField("signs", _("Its signs, one a line"), "lines"),
            FactField(
                "for_staff",
                _("It judges the filer: only staff see what makes it so"),
                "flag",
                group="more",
            ),
        ),
    ),
    "categories": FactForm(
        _("Category"),
        _("Is this something that a filing can be about?"),
        (
            NAME,
            FactField("words", _("Words that filers use for it, one a line"), "lines"),
            FactField("level", _("Such filings have the level"), "choice", "level", group="more"),
            KIND,
        ),
    ),
}
"""The form of each list."""
