"""Compiles a policy into the contract that the functions use."""

from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from functions.model.contract.contract import Contract
from functions.model.contract.form import Choice
from functions.model.contract.kind import Kind, Review
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId, StaffAct
from functions.model.deadlines.calendar import NO_CALENDAR
from functions.model.language import Language
from functions.model.text import Text
from site_src.compile.form_fields import fields, is_anonymous
from site_src.compile.routes import handovers, leaves, routes
from site_src.languages import _, everywhere, site_languages
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


def compile_contract(
    policy: Policy, kinds: dict[KindId, Kind], pages: dict[Language, str]
) -> Contract:
    """The contract of this version.

    `kinds` has each kind compiled by `compile_kind`; `pages` has the digest of the pages in each
    language.
    """
    return Contract(
        organisation=policy.id,
        name=policy.organisation.name,
        version=policy.version,
        prefix=policy.organisation.prefix,
        timezone=policy.organisation.timezone,
        hours=policy.organisation.hours,
        kinds=kinds,
        calendar=policy.organisation.calendar_code or NO_CALENDAR,
        counting=policy.organisation.counting,
        zone_name=zone_name(policy.organisation.timezone),
        pages=pages,
        retention_years=policy.privacy.retention_years,
    )


@cache
def zone_name(timezone: str) -> Text:
    """What people call a time zone, whether or not it is summer: `China time`."""
    if timezone == "Asia/Shanghai":
        return everywhere(_("China time"))
    return Text(
        {
            site.language: get_timezone_name(ZoneInfo(timezone), locale=site.locale)
            for site in site_languages()
        }
    )


def compile_kind(policy: Policy, kind: KindId) -> Kind:
    """The form, limits, reviews and routes of one kind of filing."""
    return Kind(
        name=next(fact.name for fact in policy.kinds if fact.id == kind),
        fields=fields(policy, kind),
        limits=tuple(
            _limit(policy, fact)
            for fact in policy.limits
            if fact.holds_for(kind) and fact.when.channel is None
        ),
        reviews=tuple(
            Review(
                body=review.body, inside=review.inside, clause=review.clause, limits=review.limits
            )
            for review in policy.reviews
            if review.holds_for(kind)
        ),
        routes=tuple(routes(policy, kind)),
        attachments=policy.attachments if policy.attachments.most else None,
        anonymous=is_anonymous(policy, kind),
        handovers=tuple(handovers(policy, kind)),
        levels=tuple(Choice(value=level.id, label=level.name) for level in policy.levels),
    )


def _limit(policy: Policy, fact: LimitFact) -> Limit:
    return Limit(
        id=fact.id,
        value=fact.value,
        unit=fact.unit,
        starts=fact.starts,
        party=fact.party,
        action=fact.action,
        role=policy.role(fact.role).name if fact.role else None,
        clause=fact.clause,
        within_hours=fact.within_hours,
        note=fact.note,
        recurring=fact.recurring,
        level=fact.level_id,
        filer=fact.when.filer,
        categories=tuple(_below(policy, fact.when.category)),
        condition=fact.when.condition,
        kept_by=tuple(_kept_by(policy, fact)),
        in_review=any(fact.id in review.limits for review in policy.reviews),
    )


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
