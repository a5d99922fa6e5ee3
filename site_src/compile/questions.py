"""Arranges the questions of a form: groups, hints and the purposes for browser autofill."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import EVENT_FIELD, FieldName, KindId
from functions.model.text import Text
from functions.views.check_page import FOR_REPRESENTATIVES
from site_src.compile.date_fields import DECIDED
from site_src.compile.form_fields import OTHER
from site_src.compile.messages.vocabulary import words
from site_src.languages import SiteLanguage, _
from site_src.policy.model.filing import Level, RepresentativeFact
from site_src.policy.model.policy import Policy

AUTOCOMPLETE: dict[FieldName, str] = {
    "name": "name",
    "email": "email",
    "phone": "tel",
    "address": "street-address",
}
"""The autofill purposes of WCAG 2.2 criterion 1.3.5.

Other fields have no purpose rather than `off`: with `off`, going back in the browser loses words.
"""

_ABOUT_YOU: tuple[FieldName, ...] = (
    "name",
    "acting_for",
    "represented",
    "capacity",
    "representative",
    "relation",
    "email",
    "phone",
    "plate",
    "address",
    "signature",
)


_MATTER, _PERSON = _("The matter"), _("About you")

_HINTS: dict[str, str] = {
    "account": _("In your own words: what happened, where, and who was there."),
    "remedy": _("What would put it right? You may leave this empty."),
    "involved": _("Please write one name per line."),
    "decision": _("Its number or title, and what it decided."),
    "capacity": _(
        "Please attach the document that authorises you, if you have it: the power of attorney, "
        "or the proof of guardianship."
    ),
    "phone": _(
        "Please include the area code, or from abroad + and the country code. Spaces do not matter."
    ),
    "plate": _(
        "If it is about a vehicle. Leave it empty if the vehicle is new and has none yet, or if it "
        "is about something else."
    ),
}
_CONTACT = (
    _("For the answer, please give an e-mail address or a telephone number."),
    _("The receipt is also sent to the e-mail address."),
)
_OPTIONAL_CONTACT = (
    _("You may leave e-mail and telephone empty."),
    _(
        "If you do, the receipt at the end is your only proof and your only way to follow the "
        "case: no mail and no call reaches you, so please keep its reference and access code."
    ),
)


_STARTS_ON = _("The time to file starts on this date.")
_ENDS_BEFORE = _("The time to file ends before this date.")
_SO_LONG_FROM = _("You have {length} from this date to file.")
_ENDS_SO_LONG_BEFORE = _("The time to file ends {length} before this date.")
_LATE = _(
    "A late filing can still be sent and is taken in; staff decide by the clause what follows."
)


@dataclass(frozen=True)
class QuestionGroup:
    """Questions under one heading."""

    title: str
    fields: tuple[FormField, ...]


def groups(kind: Kind, tongue: SiteLanguage) -> tuple[QuestionGroup, ...]:
    """The questions about the matter, then the questions about the person."""
    matter, person = _grouped(kind)
    return (
        QuestionGroup(tongue.say(_MATTER), matter),
        QuestionGroup(tongue.say(_PERSON), person),
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


def numbers(kind: Kind) -> dict[str, str]:
    """The number of each question, the same on the form and on paper; consents come last.

    Questions that only some filers are asked are parts of the question before them, 6.1 and 6.2,
    so that the numbers of those who do not see them have no gap.
    """
    numbered: dict[str, str] = {}
    whole = part = 0
    for field in (*(field for group in _grouped(kind) for field in group), *consents(kind)):
        if field.name in FOR_REPRESENTATIVES:
            part += 1
            numbered[field.name] = f"{whole}.{part}"
        else:
            whole, part = whole + 1, 0
            numbered[field.name] = str(whole)
    return numbered


def hints(policy: Policy, id: KindId, kind: Kind, tongue: SiteLanguage) -> dict[str, str]:
    """The hint for each question of a kind; empty if no hint is needed."""
    between = "" if tongue.language == "zh-CN" else " "
    return {
        field.name: Markup(between).join(_hints(policy, id, kind, field, tongue))
        for field in kind.fields
    }


def standing_words(tongue: SiteLanguage) -> tuple[str, ...]:
    """What the site itself says to questions, whatever the policy."""
    between = "" if tongue.language == "zh-CN" else " "
    contact = (between.join(map(tongue.say, said)) for said in (_CONTACT, _OPTIONAL_CONTACT))
    return (*map(tongue.say, (_MATTER, _PERSON, *_HINTS.values())), *contact)


def levels(policy: Policy, kind: Kind) -> tuple[Level, ...]:
    """The levels of the categories that a filer can choose, without those meant for staff."""
    chosen = {choice.level for field in kind.fields for choice in field.choices}
    return tuple(level for level in policy.levels if level.id in chosen and not level.for_staff)


def representatives(policy: Policy, kind: KindId) -> tuple[RepresentativeFact, ...]:
    """Who may file for somebody else, for filings of the kind."""
    return tuple(fact for fact in policy.representatives if fact.holds_for(kind))


def _hints(
    policy: Policy, id: KindId, kind: Kind, field: FormField, tongue: SiteLanguage
) -> Iterator[str]:
    """The sentences of one hint."""
    if field.name == "involved":
        yield from _recusal(policy, id, tongue)
    if message := _HINTS.get(field.name):
        yield tongue.say(message)
    if field.name == "name" and _real_name(policy, id):
        yield tongue.say(_("The procedure requires your real name."))
    elif field.name == "name" and kind.anonymous:
        yield tongue.say(_("You may leave this empty and stay anonymous."))
    elif field.name == "email":
        yield from map(tongue.say, _OPTIONAL_CONTACT if kind.anonymous else _CONTACT)
    elif field.input == "date":
        windows = [
            limit
            for limit in kind.limits
            if limit.is_window and field.name in _window_questions(limit)
        ]
        if windows:
            yield _time_to_file(windows, tongue)
            yield tongue.say(_LATE)
    elif field.name in ("category", "branch"):
        yield _unsure(policy, kind, tongue)


def _time_to_file(windows: list[Limit], tongue: SiteLanguage) -> str:
    """How long the time to file is, if it is the same for all; a page is read on any day."""
    ends = all(limit.before for limit in windows)
    lengths = {words(tongue).how_long(limit) for limit in windows}
    if len(lengths) > 1:
        return tongue.say(_ENDS_BEFORE if ends else _STARTS_ON)
    message = tongue.say(_ENDS_SO_LONG_BEFORE if ends else _SO_LONG_FROM)
    return message.format(length=lengths.pop())


def _unsure(policy: Policy, kind: Kind, tongue: SiteLanguage) -> Markup:
    """Who has a filing first whose filer is not sure what it is about."""
    routes = kind.routes_for(OTHER, branch=OTHER)
    roles = dict.fromkeys(route.role or policy.organisation.name for route in routes)
    names = Markup(words(tongue).say("list_separator")).join(
        role.marked(tongue.language) for role in roles
    )
    message = Markup(tongue.say(_("Not sure? Choose the last answer: it goes to {roles}.")))
    return message.format(roles=names)


def _window_questions(limit: Limit) -> set[str]:
    """The questions for the days that a filer's time to file runs from, or ends before."""
    return {"decided_on" if event in DECIDED else f"{EVENT_FIELD}{event}" for event in limit.events}


def _recusal(policy: Policy, kind: KindId, tongue: SiteLanguage) -> Iterator[str]:
    """Who may not take part, in the words of the procedure, which may be in another language."""
    for provision in policy.provisions:
        if provision.topic == "recusal" and provision.holds_for(kind):
            spoken = provision.text.spoken(tongue.language)
            said = Text({spoken: provision.text.words(spoken).rstrip(" .。")})
            message = Markup(tongue.say(_("The procedure says: {words}.")))
            yield message.format(words=said.marked(tongue.language))
            return


def _real_name(policy: Policy, id: KindId) -> bool:
    return any(
        formality.type == "real_name" and formality.holds_for(id)
        for formality in policy.formalities
    )
