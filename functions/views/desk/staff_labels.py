"""What the questions of the site's forms are called at the desk, where nobody is addressed."""

from collections.abc import Mapping

from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.language import Language
from functions.model.text import Text
from functions.views.desk.words import OWN_LANGUAGE, _, desk_words

_LABELS: Mapping[str, str] = {
    "What you ask for": _("What the filer asks for"),
    "Your name": _("Name of the filer"),
    "Your name, or your organisation's": _("Name of the filer, or of their organisation"),
    "Who you are filing for": _("For whom it is filed"),
    "The name of the person you file for": _("Name of the person for whom it is filed"),
    "In what capacity you file for that person": _("In what capacity the filer files for them"),
    "Your relation to that person": _("Relation of the filer to that person"),
    "Your relation to the organisation": _("Relation of the filer to the organisation"),
    "The decision that you appeal against": _("The decision that the filer appeals against"),
    "The report or decision that you object to": _("The report or decision objected to"),
    "Date you received the report": _("Date the filer received the report"),
    "Date you received it": _("Date the filer received it"),
    "Sign by typing your full name": _("Signature: the filer's full name"),
    "I have read the privacy notice and agree to it": _(
        "The filer has read the privacy notice and agrees to it"
    ),
    "If I have written sensitive personal information, I separately agree to its handling": _(
        "The filer separately agrees to the handling of sensitive information that they gave"
    ),
}
"""By the English label that the build gives a question; a policy's own labels stay."""


def labelled_for_staff(kind: Kind, language: Language) -> Kind:
    """The kind with the labels that staff read in a language."""
    fields = tuple(_labelled(field, language) for field in kind.fields)
    return kind.model_copy(update={"fields": fields})


def _labelled(field: FormField, language: Language) -> FormField:
    label = _LABELS.get(field.label.root.get(OWN_LANGUAGE, ""))
    if label is None:
        return field
    said = desk_words(language).say(label)
    return field.model_copy(update={"label": Text({language: said})})
