"""Derives the questions of a form from the policy, in the order in which they are asked."""

from collections.abc import Iterator

from functions.model.answers.submission import SOMEBODY_ELSE
from functions.model.contract.form import Choice, FormField
from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.compile.date_fields import DECIDED, asked_events, event_days, window_starts
from site_src.languages import _, everywhere
from site_src.policy.facts import asked_label
from site_src.policy.model.filing import Category, RepresentativeFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Formality

_LONG = 5000
_MEDIUM = 2000

OTHER = "other"
"""The answer of a filer for whom no other choice fits."""

AGAINST_A_DECISION: tuple[KindId, ...] = ("appeal", "objection")
_OF_OWN_MATTERS: tuple[KindId, ...] = (
    "complaint",
    "appeal",
    "dispute",
    "objection",
    "grievance",
    "request",
)
"""Kinds about a person's own matter, in which a representative may act for the person."""


def fields(policy: Policy, kind: KindId) -> tuple[FormField, ...]:
    """The questions for one kind of filing, in order."""
    return tuple(_fields(policy, kind))


def is_anonymous(policy: Policy, kind: KindId) -> bool:
    """Whether the procedure accepts such a filing without a name."""
    real_name = _formality(policy, kind, "real_name")
    return real_name is None and _formality(policy, kind, "anonymous_allowed") is not None


def _fields(policy: Policy, kind: KindId) -> Iterator[FormField]:
    """The questions: first the filer's own words, so that nobody must sort their matter before."""
    yield FormField(
        name="account",
        input="multiline",
        label=everywhere(_("What happened")),
        required=True,
        longest=_LONG,
    )
    yield from _subject(policy, kind)
    yield from _days(policy, kind)
    yield FormField(
        name="remedy",
        input="multiline",
        label=everywhere(_("What you ask for")),
        required=False,
        longest=_MEDIUM,
    )
    if recusal := _recusal_clause(policy, kind):
        yield FormField(
            name="involved",
            input="lines",
            label=everywhere(_("People involved")),
            required=False,
            longest=_MEDIUM,
            clause=recusal,
        )
    yield from _person(policy, kind)
    if policy.privacy.needs_consent:
        yield from _consents()


def _subject(policy: Policy, kind: KindId) -> Iterator[FormField]:
    """What it is about, and where; "not sure" is always among the answers."""
    if choices := tuple(_choices(policy.categories, kind)):
        other = Choice(value=OTHER, label=everywhere(_("Something else, or not sure")))
        yield FormField(
            name="category",
            input="choice",
            label=everywhere(_("What it is about")),
            required=True,
            choices=(*choices, other),
        )
    if branches := tuple(branch for branch in policy.branches if branch.holds_for(kind)):
        none = Choice(value=OTHER, label=everywhere(_("None of these, or not sure")))
        yield FormField(
            name="branch",
            input="choice",
            label=everywhere(_("Which branch it concerns")),
            required=True,
            choices=(*(Choice(value=branch.id, label=branch.name) for branch in branches), none),
        )


def _consents() -> Iterator[FormField]:
    """What the filer agrees to, where the law or the basis that the notice names asks for it."""
    yield FormField(
        name="consent",
        input="consent",
        label=everywhere(_("I have read the privacy notice and agree to it")),
        required=True,
    )
    yield FormField(
        name="sensitive_consent",
        input="consent",
        label=everywhere(
            _(
                "If I have written sensitive personal information, I separately agree to its "
                "handling"
            )
        ),
        required=False,
    )


def _days(policy: Policy, kind: KindId) -> Iterator[FormField]:
    """The decision that it is against, if any, and the days that time limits run from.

    An appeal or objection names its decision and the day from which the time to file runs. Other
    kinds ask for that day only if the time to file runs from it.
    """
    starts = window_starts(policy, kind)
    has_window = not starts.isdisjoint(DECIDED)
    if kind == "appeal":
        label, day = _("The decision that you appeal against"), _("Date of the decision or notice")
    else:
        label, day = _("The report or decision that you object to"), _("Date you received it")
    if kind in AGAINST_A_DECISION:
        yield FormField(name="decision", input="text", label=everywhere(label), required=True)
        yield FormField(name="decided_on", input="date", label=everywhere(day), required=has_window)
    elif has_window:
        day = _("Date of the decision or notice")
        if "decision" not in starts:
            day = _("Date you received the report")
        yield FormField(name="decided_on", input="date", label=everywhere(day), required=False)
    yield from event_days(policy, kind)
    if not any(event.matter for event in asked_events(policy, kind)):
        yield FormField(
            name="happened_on",
            input="date",
            label=everywhere(_("When it happened")),
            required=False,
        )


def _person(policy: Policy, kind: KindId) -> Iterator[FormField]:
    real_name = _formality(policy, kind, "real_name")
    anonymous = _formality(policy, kind, "anonymous_allowed")
    staff = policy.organisation.audience == "staff"
    yield FormField(
        name="name",
        input="text",
        label=everywhere(_("Your name") if staff else _("Your name, or your organisation's")),
        required=not is_anonymous(policy, kind),
        clause=real_name or anonymous,
    )
    representatives = [each for each in policy.representatives if each.holds_for(kind)]
    if kind in _OF_OWN_MATTERS or representatives:
        yield from _representation(staff, representatives)
    yield FormField(
        name="relation",
        input="choice",
        label=everywhere(_("Your relation to the organisation")),
        required=False,
        choices=(
            *(
                Choice(value=filer.id, label=filer.who)
                for filer in policy.filers
                if filer.holds_for(kind)
            ),
            Choice(value=OTHER, label=everywhere(_("None of these"))),
        ),
    )
    yield FormField(name="email", input="email", label=everywhere(_("E-mail")), required=False)
    yield FormField(name="phone", input="phone", label=everywhere(_("Telephone")), required=False)
    for asked in policy.asks:
        if asked.holds_for(kind):
            yield FormField(
                name=asked.field,
                input="plate" if asked.field == "plate" else "multiline",
                label=asked_label(asked.field),
                required=asked.required,
                clause=asked.clause,
            )
    if signed := _formality(policy, kind, "signed"):
        yield FormField(
            name="signature",
            input="text",
            label=everywhere(_("Sign by typing your full name")),
            required=True,
            clause=signed,
        )


def _representation(staff: bool, representatives: list[RepresentativeFact]) -> Iterator[FormField]:
    """The questions to a representative: who is represented, and in what capacity.

    Who may represent whom is the procedure's where it says so.
    """
    myself = _("For myself") if staff else _("For myself, or for my organisation")
    yield FormField(
        name="acting_for",
        input="choice",
        label=everywhere(_("Who you are filing for")),
        required=False,
        choices=(
            Choice(value="self", label=everywhere(myself)),
            Choice(value=SOMEBODY_ELSE, label=everywhere(_("For somebody else"))),
        ),
    )
    yield FormField(
        name="represented",
        input="text",
        label=everywhere(_("The name of the person you file for")),
        required=False,
    )
    if representatives:
        yield FormField(
            name="representative",
            input="choice",
            label=everywhere(_("In what capacity you file for that person")),
            required=False,
            choices=(
                *(Choice(value=each.id, label=each.who) for each in representatives),
                Choice(value=OTHER, label=everywhere(_("None of these"))),
            ),
        )
        return
    yield FormField(
        name="capacity",
        input="choice",
        label=everywhere(_("Your relation to that person")),
        required=False,
        choices=(
            Choice(value="guardian", label=everywhere(_("Guardian"))),
            Choice(value="lawyer", label=everywhere(_("Lawyer"))),
            Choice(value="agent", label=everywhere(_("Another representative"))),
        ),
    )


def _formality(policy: Policy, kind: KindId, type: Formality) -> str | None:
    """The clause of that formality if it holds for the kind, or None."""
    return next(
        (
            formality.clause
            for formality in policy.formalities
            if formality.type == type and formality.holds_for(kind)
        ),
        None,
    )


def _recusal_clause(policy: Policy, kind: KindId) -> str | None:
    return next(
        (
            provision.clause
            for provision in policy.provisions
            if provision.topic == "recusal" and provision.holds_for(kind)
        ),
        None,
    )


def _choices(
    categories: tuple[Category, ...], kind: KindId, group: Text | None = None
) -> Iterator[Choice]:
    for category in categories:
        if not category.holds_for(kind):
            continue
        if category.children:
            yield from _choices(category.children, kind, category.name)
        else:
            yield Choice(value=category.id, label=category.name, group=group, level=category.level)
