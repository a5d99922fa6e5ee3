"""Compiles time limits, and what stops their clock."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from functions.model.contract.kind import Suspension
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, Modal, StaffAct
from functions.model.text import Text
from site_src.compile.limit_words import limit_name, limit_start, limit_when
from site_src.compile.messages.vocabulary import words
from site_src.compile.routes import leaves
from site_src.languages import site_language
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Act

_KEEPS: dict[Act, StaffAct] = {
    "acknowledge": "acknowledged",
    "register": "registered",
    "assign": "forwarded",
    "decide": "decision",
    "answer": "decision",
    "notify": "decision",
}
"""The record that staff make when they do an act; the other acts leave no record of their own."""


NO_MODALS: Mapping[str, Modal] = MappingProxyType({})


def compile_limit(policy: Policy, fact: LimitFact, modals: Mapping[str, Modal]) -> Limit:
    """The limit as a case knows it; `modals` is what the text says of each limit's act.

    An extension runs from what its base runs from, and is for the filings that its base is for. A
    day of every year belongs to no case, so it is a frequency.
    """
    base = _first_base(policy, fact)
    when = limit_when(policy, fact)
    return Limit(
        id=fact.id,
        value=fact.value,
        unit=fact.unit,
        starts=base.starts,
        later_of=base.later_of,
        before=base.before,
        by=fact.by,
        not_before=fact.not_before,
        extends=fact.extends,
        every=fact.every,
        not_counted=fact.not_counted,
        brings=fact.brings,
        party=fact.party,
        action=fact.action,
        role=policy.role(fact.role).name if fact.role else None,
        clause=fact.clause,
        within_hours=fact.within_hours,
        note=limit_note(policy, fact),
        recurring=fact.recurring or (fact.by is not None and fact.runs_from is None),
        level=when.level,
        filer=when.filer,
        branch=when.branch,
        categories=tuple(_below(policy, when.category)),
        condition=fact.when.condition,
        kept_by=tuple(_kept_by(policy, fact)),
        in_review=any(fact.id in review.limits for review in policy.reviews),
        asked=fact.party == "filer" and is_asked(policy, fact),
        modal=_modal(policy, fact, modals.get(fact.id)),
        added_to=_added_to(policy, fact),
    )


def limit_note(policy: Policy, fact: LimitFact) -> Text | None:
    """The note of a limit, unless it only repeats what the limit runs from."""
    if fact.note is None:
        return None
    start = limit_start(policy, fact, words(site_language(policy.language)))
    said = fact.note.words(policy.language).lower().strip(" .。；;")
    return None if said in start.lower() else fact.note


def is_asked(policy: Policy, fact: LimitFact) -> bool:
    """Whether the form asks the filer when the limit began, or what it ends before."""
    asked = {event.id for event in policy.events if event.recorded_by == "filer"}
    starts = tuple(filter(None, (fact.starts, fact.before))) or fact.later_of
    return not asked.isdisjoint(starts)


def suspensions(policy: Policy, kind: KindId) -> Iterator[Suspension]:
    """What stops the clock of a kind's limits."""
    limits = {limit.id for limit in policy.limits if limit.holds_for(kind)}
    for fact in policy.suspensions:
        stopped = tuple(id for id in fact.limits if id in limits)
        if stopped:
            yield Suspension(
                limits=stopped,
                begins=fact.begins,
                ends=fact.ends,
                clause=fact.clause,
                text=fact.text,
                restarts=fact.restarts,
            )


def _modal(policy: Policy, fact: LimitFact, said: Modal | None) -> Modal | None:
    """What is shown of a limit's act: nobody is bound to file, whatever the clause says."""
    if fact.party == "filer" and is_asked(policy, fact):
        return "may"
    return said


def _added_to(policy: Policy, fact: LimitFact) -> Text | None:
    """What the limit is for that it extends, in the languages that the policy says it in."""
    base = next((each for each in policy.limits if each.id == fact.extends), None)
    if base is None:
        return None
    return Text(
        {
            language: limit_name(policy, base, words(site_language(language)))
            for language in base.action.root
        }
    )


def _first_base(policy: Policy, fact: LimitFact) -> LimitFact:
    """The limit that is extended, through others or directly; itself if it extends none."""
    limits = {limit.id: limit for limit in policy.limits}
    while fact.extends is not None:
        fact = limits[fact.extends]
    return fact


def _kept_by(policy: Policy, fact: LimitFact) -> Iterator[StaffAct]:
    """The staff acts that meet a limit of the organisation; a decision meets an inside review's."""
    if fact.party != "organisation":
        return
    kept_by = [_KEEPS[act] for act in fact.acts if act in _KEEPS]
    if any(fact.id in review.limits for review in policy.reviews if review.inside):
        kept_by.append("decision")
    yield from dict.fromkeys(kept_by)


def _below(policy: Policy, category: str | None) -> Iterator[str]:
    """The ids of the category's leaves, or of itself; nothing if there is none."""
    for above, leaf in leaves(policy.categories):
        if category in (*above, leaf.id):
            yield leaf.id
