"""Lists a policy's facts as rows: everything that each says in the policy's language, and its
clause."""

from collections.abc import Iterator

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from site_src.compile.form_fields import fields
from site_src.compile.limit_words import limit_start
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_language
from site_src.policy.facts import fact_text, facts
from site_src.policy.model.fact import Duty, Fact, OfKind
from site_src.policy.model.filing import (
    AskedField,
    BranchFact,
    Category,
    Channel,
    ContactFact,
    KindFact,
    Level,
    RepresentativeFact,
)
from site_src.policy.model.handling import Role, StepFact
from site_src.policy.model.limits import DurationFact, EventFact, LimitFact, SuspensionFact
from site_src.policy.model.policy import Policy
from site_src.policy.model.reviews import FeeFact, ReviewFact


class FactRow(Frozen):
    """One fact; `id` is its id, or its type, topic, field or role if it has none."""

    list: str
    id: str | None
    kind: KindId | None
    says: str
    clause: str


def rows(policy: Policy) -> tuple[FactRow, ...]:
    """A row for each fact, in the order of the model."""
    vocabulary = words(site_language(policy.language))
    return tuple(
        FactRow(
            list=placed.list,
            id=_id(placed.fact),
            kind=placed.fact.only_for if isinstance(placed.fact, OfKind) else None,
            says=_all_words(policy, placed.fact, vocabulary),
            clause=placed.fact.clause,
        )
        for placed in facts(policy)
    )


def _id(fact: Fact) -> str | None:
    for name in ("id", "type", "topic", "field", "role"):
        value = getattr(fact, name, None)
        if isinstance(value, str):
            return value
    return None


def _all_words(policy: Policy, fact: Fact, vocabulary: Vocabulary) -> str:
    """Everything that the fact says, on one line, with its acts."""
    acts = ", ".join(fact.acts) if isinstance(fact, Duty) else None
    parts = (fact_text(policy, fact, vocabulary), *_details(policy, fact, vocabulary), acts)
    plain = (part.words(policy.language) if isinstance(part, Text) else part for part in parts)
    return " | ".join(part for part in plain if part)


def _details(policy: Policy, fact: Fact, vocabulary: Vocabulary) -> Iterator[Text | str | None]:
    """What a fact says in addition to its line on the page."""
    match fact:
        case KindFact():
            yield fact.definition
        case Level():
            yield from (fact.definition, *fact.signs)
        case Role():
            yield fact.duty
        case Channel() | ContactFact():
            yield fact.hours
        case RepresentativeFact():
            yield from (fact.requires, fact.text, str(fact.at_most) if fact.at_most else None)
        case BranchFact():
            yield _role_name(policy, fact.route) if fact.route else None
        case EventFact():
            yield from (fact.recorded_by, fact.question)
        case SuspensionFact():
            yield f"{_event(policy, fact.begins)} → {_event(policy, fact.ends)}"
            yield from (limit.action for limit in policy.limits if limit.id in fact.limits)
        case DurationFact():
            yield from (fact.says, fact.of)
        case FeeFact():
            yield fact.refund
        case Category():
            yield fact.level
        case StepFact():
            yield fact.record
            yield from (step.action for step in policy.steps if step.id in fact.after)
            yield from (step.action for step in policy.steps if step.id == fact.instead_of)
            yield from (_role_name(policy, id) for id in fact.tells)
            yield _role_name(policy, fact.approved_by) if fact.approved_by else None
        case LimitFact():
            yield limit_start(policy, fact, vocabulary)
            yield _role_name(policy, fact.role) if fact.role else vocabulary.say(fact.party)
            yield fact.when.condition
            yield fact.note
        case ReviewFact():
            yield from (fact.text, "any_time" if fact.any_time else None)
            yield from (filer.who for filer in policy.filers if filer.id in fact.filers)
        case AskedField():
            yield _question(policy, fact)


def _question(policy: Policy, fact: AskedField) -> Text | None:
    """The form's question for the field, or None if no form asks it."""
    return next(
        (
            field.label
            for kind in policy.kinds
            if fact.holds_for(kind.id)
            for field in fields(policy, kind.id)
            if field.name == fact.field
        ),
        None,
    )


def _event(policy: Policy, id: str) -> str:
    """The name of an event in the policy's language, or a built-in one's id."""
    return next(
        (event.name.words(policy.language) for event in policy.events if event.id == id), id
    )


def _role_name(policy: Policy, id: str) -> Text | str:
    """The role's name, or its id if there is no such role."""
    return next((role.name for role in policy.roles if role.id == id), id)
