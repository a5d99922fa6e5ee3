"""Compiles a policy into the contract that the functions use."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from functions.model.contract.contract import Closed, Contract
from functions.model.contract.form import Choice
from functions.model.contract.kind import Contact, Kind, NamedEvent, Review
from functions.model.contract.terms import KindId, Modal
from functions.model.language import Language
from functions.model.text import Text
from site_src.compile.form_fields import fields, is_anonymous
from site_src.compile.limits import NO_MODALS, compile_limit, suspensions
from site_src.compile.routes import handovers, routes
from site_src.languages import _, everywhere, site_languages
from site_src.policy.model.policy import Policy
from site_src.policy.model.reviews import ReviewFact


def compile_contract(
    policy: Policy,
    kinds: dict[KindId, Kind],
    pages: dict[Language, str],
    procedure: str | None = None,
) -> Contract:
    """The contract of this version.

    `kinds` has each kind compiled by `compile_kind`; `pages` has the digest of the pages in each
    language, and `procedure` the digest of what `compile_procedure` compiles.
    """
    return Contract(
        organisation=policy.recorded_id,
        renamed=policy.id if policy.id != policy.recorded_id else None,
        name=policy.organisation.name,
        version=policy.version,
        prefix=policy.organisation.prefix,
        timezone=policy.organisation.timezone,
        hours=policy.organisation.hours,
        kinds=kinds,
        calendar=policy.organisation.counted_calendar,
        counting=policy.organisation.counting,
        zone_name=zone_name(policy.organisation.timezone),
        language=policy.language,
        prevails=policy.prevails,
        closed=_closed(policy),
        pages=pages,
        retention_years=policy.privacy.retention_years,
        procedure=procedure,
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


def compile_kind(policy: Policy, kind: KindId, modals: Mapping[str, Modal] = NO_MODALS) -> Kind:
    """The form, limits, reviews and routes of one kind of filing.

    `modals` is what the text says of each limit's act, as `limit_modals` reads it.
    """
    return Kind(
        name=next(fact.name for fact in policy.kinds if fact.id == kind),
        fields=fields(policy, kind),
        limits=tuple(
            compile_limit(policy, fact, modals)
            for fact in policy.limits
            if fact.holds_for(kind) and fact.when.channel is None
        ),
        reviews=tuple(_review(review) for review in policy.reviews if review.holds_for(kind)),
        routes=tuple(routes(policy, kind)),
        attachments=policy.attachments if policy.attachments.most else None,
        anonymous=is_anonymous(policy, kind),
        handovers=tuple(handovers(policy, kind)),
        levels=tuple(Choice(value=level.id, label=level.name) for level in policy.levels),
        events=tuple(
            NamedEvent(
                id=event.id,
                name=event.name,
                recorded_by=event.recorded_by,
                question=event.question,
            )
            for event in policy.events
            if event.holds_for(kind)
        ),
        suspensions=tuple(suspensions(policy, kind)),
        reply_to=_reply_to(policy, kind),
    )


def _reply_to(policy: Policy, kind: KindId) -> str | None:
    return next(
        (
            channel.value
            for channel in policy.channels
            if channel.type == "email" and channel.value and channel.holds_for(kind)
        ),
        None,
    )


def _closed(policy: Policy) -> Closed | None:
    closing = policy.closed
    if closing is None:
        return None
    return Closed(
        on=closing.on, successor=closing.successor, text=closing.text, clause=closing.clause
    )


def _review(fact: ReviewFact) -> Review:
    contacts = tuple(
        Contact(type=each.type, value=each.value, hours=each.hours, name=each.name)
        for each in fact.contacts
    )
    return Review(
        body=fact.body,
        inside=fact.inside,
        clause=fact.clause,
        limits=fact.limits,
        text=fact.text,
        filers=fact.filers,
        contacts=contacts,
        any_time=fact.any_time,
    )
