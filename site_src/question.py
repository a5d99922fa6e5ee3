"""How a form presents its questions: groups, hints and what the browser may fill in."""

from dataclasses import dataclass

from functions.contract import FieldName, FormField, Kind, KindId
from site_src.language import Tongue, _
from site_src.policy import Policy

AUTOCOMPLETE: dict[FieldName, str] = {
    "name": "name",
    "email": "email",
    "phone": "tel",
    "address": "street-address",
    "signature": "off",
    "plate": "off",
    "decision": "off",
}
"""The purposes of WCAG 2.2 criterion 1.3.5."""

_ABOUT_YOU: tuple[FieldName, ...] = (
    "name",
    "relation",
    "email",
    "phone",
    "plate",
    "address",
    "signature",
)


@dataclass(frozen=True)
class QuestionGroup:
    """Questions under one heading."""

    title: str
    fields: tuple[FormField, ...]


def groups(kind: Kind, tongue: Tongue) -> tuple[QuestionGroup, ...]:
    """The matter first, the person second."""
    matter, person = _grouped(kind)
    return (
        QuestionGroup(tongue.say(_("The matter")), matter),
        QuestionGroup(tongue.say(_("About you")), person),
    )


def _grouped(kind: Kind) -> tuple[tuple[FormField, ...], tuple[FormField, ...]]:
    asked = [field for field in kind.fields if field.input != "consent"]
    return (
        tuple(field for field in asked if field.name not in _ABOUT_YOU),
        tuple(field for field in asked if field.name in _ABOUT_YOU),
    )


def consents(kind: Kind) -> tuple[FormField, ...]:
    """What the filer agrees to, after the privacy notice."""
    return tuple(field for field in kind.fields if field.input == "consent")


def numbers(kind: Kind) -> dict[FieldName, int]:
    """The number of each question, the same on the form and on paper; consents come last."""
    asked = (*(field for group in _grouped(kind) for field in group), *consents(kind))
    return {field.name: number for number, field in enumerate(asked, start=1)}


def hints(policy: Policy, id: KindId, kind: Kind, tongue: Tongue) -> dict[FieldName, str]:
    """What helps to answer each question of a kind; empty where nothing needs saying."""
    contact = _("An e-mail address or a telephone number is needed for the answer.")
    receipt = _("The receipt is sent there too.")
    messages: dict[FieldName, str] = {
        "account": _("In your own words: what happened, where, and who was there."),
        "email": f"{tongue.say(contact)} {tongue.say(receipt)}",
        "involved": _("They will not take part in handling it."),
        "decision": _("Its number or title, and what it decided."),
    }
    if _real_name(policy, id):
        messages["name"] = _("The procedure wants a real name.")
    if kind.fields and any(field.name == "name" and not field.required for field in kind.fields):
        messages["name"] = _("You may leave it empty.")
    if any(limit.starts in ("decision", "report") for limit in kind.limits):
        messages["decided_on"] = _(
            "The time to file runs from it. A late filing is still taken; whether it is in "
            "time is decided by people."
        )
    return {
        field.name: tongue.say(messages[field.name]) if field.name in messages else ""
        for field in kind.fields
    }


def _real_name(policy: Policy, id: KindId) -> bool:
    return any(
        formality.type == "real_name" and formality.holds_for(id)
        for formality in policy.formalities
    )
