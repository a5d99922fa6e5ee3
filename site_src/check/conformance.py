"""Reports conformance: which clauses meet each requirement of a standard or duty.

The report is for the organisation alone. If the procedure is silent on a requirement, the report
says so, and no page fills the gap.
"""

from collections.abc import Iterator
from typing import Literal

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.language import Language
from site_src.check.requirement import TERMS, Requirement, Term, holds_for_kinds
from site_src.check.standards import REQUIREMENTS, TITLES, WITHDRAWN, is_confirmed
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.load import Edition
from site_src.policy.model.handling import Provision
from site_src.policy.model.policy import Policy
from site_src.policy.organisation import LegalBasis, PrivacyLaw

PIPL = "PIPL article 17"
GDPR = "GDPR article 13"
UK_GDPR = "UK GDPR article 13"
DUTY = "Own duty to publish"

PublishingPlace = Literal["website", "premises", "outcomes", "elsewhere"]
"""Where a procedure requires publication; this site does not publish `outcomes` of cases yet."""

PAGES: dict[PublishingPlace, str] = {
    "website": "/{organisation}/",
    "premises": "/{organisation}/poster/",
}
"""The page of this site that publishes; on the premises, it is the printed poster."""

_WORDS: dict[PublishingPlace, tuple[str, ...]] = {
    "website": ("网站", "官网", "网上", "website", "web site", "online", "home page"),
    "premises": (
        *("场所", "园地", "店内", "门店", "大厅", "张贴"),
        *("premises", "office", "notice board", "display", "reception", "in store"),
    ),
}
_OUTCOMES = ("结果", "outcome")

_NOTICE: tuple[tuple[str, str, str | None], ...] = (
    ("17.1 (1)", "Who handles the data", "privacy.handler"),
    ("17.1 (2)", "How to reach them", "privacy.contact"),
    ("17.2 (1)", "What the data is handled for", "privacy.purpose"),
    ("17.2 (2)", "How the data is handled", "privacy.method"),
    ("17.2 (3)", "Which data is handled", "privacy.data"),
    ("17.2 (4)", "How long the data is kept", "privacy.retention_years"),
    ("17.3", "How to exercise one's rights: write to that contact", "privacy.contact"),
    ("17.4", "Whatever else other laws require to be told", None),
    ("17 par. 2", "Tells the people concerned what changed", None),
    ("17 par. 3", "Is public, and easy to consult and keep", "/{organisation}/{kind}/"),
)
"""Article 17 by item of its first paragraph, then by paragraph, and where each is met.

The model requires each of these keys, so each item with a key is met. It has no key for what
other laws require; the site announces a new notice, but does not tell those who filed before.
"""

_FORM = "/{organisation}/{kind}/"
_ARTICLE_13: tuple[tuple[str, str, str | None], ...] = (
    ("13.1 (a)", "Who the controller is, and how to reach it", "privacy.contact"),
    ("13.1 (b)", "How to reach the data protection officer, if there is one", "privacy.officer"),
    ("13.1 (c)", "The purposes, and the legal basis", "privacy.basis"),
    ("13.1 (d)", "The legitimate interests, if they are the basis", "privacy.interests"),
    ("13.1 (e)", "Who receives the data", _FORM),
    ("13.1 (f)", "Transfers to other countries, if there are any", "privacy.transfers"),
    ("13.2 (a)", "How long the data is kept", "privacy.retention_years"),
    ("13.2 (b)", "The rights of access, rectification, erasure and the others", _FORM),
    ("13.2 (c)", "That a consent can be withdrawn, if consent is the basis", "privacy.basis"),
    ("13.2 (d)", "The right to complain to a supervisory authority", _FORM),
    ("13.2 (e)", "Whether the data must be given, and what follows if it is not", _FORM),
    ("13.2 (f)", "Decisions by automated means alone, if there are any", None),
)
"""Article 13 by item of its paragraphs 1 and 2; what an optional key says is met if it is there.

No basis but consent has a consent to withdraw, and none but legitimate interests has any: for
others (1)(d) and (2)(c) are left out.
"""

_ONLY_FOR: dict[str, LegalBasis] = {"13.1 (d)": "legitimate-interests", "13.2 (c)": "consent"}
"""The elements that one basis alone has."""

_NOTICES: dict[PrivacyLaw, tuple[str, tuple[tuple[str, str, str | None], ...]]] = {
    "pipl": (PIPL, _NOTICE),
    "gdpr": (GDPR, _ARTICLE_13),
    "uk-gdpr": (UK_GDPR, _ARTICLE_13),
}
"""What each law wants told, by its name in the report; without a law nothing is reported."""


class Met(Frozen):
    """These clauses meet it, in the order of the procedure; `where` is a page or key that does."""

    state: Literal["met"] = "met"
    clauses: tuple[str, ...] = ()
    where: str | None = None


class Silent(Frozen):
    """Neither a clause nor the privacy notice meets it."""

    state: Literal["silent"] = "silent"


class Owed(Frozen):
    """A clause requires it of the organisation, but this site does not do it."""

    state: Literal["owed"] = "owed"
    clauses: tuple[str, ...]


class ReportLine(Frozen):
    """One line of the report; `about` is the kind of filing that the requirement concerns.

    `confirmed` says whether a public text confirms the number and subject of the element;
    docs/conformance-sources.md lists these texts. `withdrawn` says that the standard's edition
    is withdrawn.
    """

    standard: str
    element: str
    about: Term | KindId | None = None
    asks: str
    confirmed: bool = True
    withdrawn: bool = False
    result: Met | Silent | Owed


def conformance(source: Edition) -> tuple[ReportLine, ...]:
    """The report on a policy: its standards, the privacy notice, its own duty to publish.

    A procedure for staff is never measured against GB/T 19012, even if it names that standard.
    """
    policy = source.policy
    staff = policy.organisation.audience == "staff"
    return (
        *(
            ReportLine(
                standard=TITLES[standard],
                element=requirement.element,
                about=requirement.about,
                asks=requirement.asks,
                confirmed=is_confirmed(standard, requirement.element),
                withdrawn=standard in WITHDRAWN,
                result=_result(source, requirement),
            )
            for standard in policy.standards
            if not (staff and standard == "gb-t-19012")
            for requirement in REQUIREMENTS[standard]
        ),
        *_notice(policy),
        *_duties(policy),
    )


def _notice(policy: Policy) -> Iterator[ReportLine]:
    standard, elements = _NOTICES.get(policy.privacy.law, ("", ()))
    for element, asks, where in elements:
        if _ONLY_FOR.get(element, policy.privacy.basis) != policy.privacy.basis:
            continue
        yield ReportLine(standard=standard, element=element, asks=asks, result=_told(policy, where))


def _told(policy: Policy, where: str | None) -> Met | Silent:
    """Where the notice says it: by a page, or by a key of `privacy` that the policy has."""
    if where is None:
        return Silent()
    key = where.removeprefix("privacy.")
    if key != where and getattr(policy.privacy, key) is None:
        return Silent()
    return Met(where=where.format(organisation=policy.id, kind=policy.kinds[0].id))


def _result(source: Edition, requirement: Requirement) -> Met | Silent:
    policy = source.policy
    concerned = TERMS[requirement.about]
    kinds = tuple(kind.id for kind in policy.kinds if kind.id in concerned)
    if not kinds:
        return Silent()
    relevant = [placed for placed in facts(policy) if holds_for_kinds(placed, kinds)]
    meeting = [
        [placed for placed in relevant if need.met_by(placed, policy)] for need in requirement.needs
    ]
    if not all(meeting):
        return Silent()
    return Met(clauses=_clauses(source, [placed for group in meeting for placed in group]))


def _clauses(source: Edition, placed_facts: list[PlacedFact]) -> tuple[str, ...]:
    """The clauses of facts, each once, in the order of the text; unknown ones come last."""
    order = {clause.id: index for index, clause in enumerate(source.clauses)}
    cited = dict.fromkeys(placed.fact.clause for placed in placed_facts)
    return tuple(sorted(cited, key=lambda clause: order.get(clause, len(order))))


def _duties(policy: Policy) -> Iterator[ReportLine]:
    for provision in policy.provisions:
        if provision.topic != "publication":
            continue
        for place in places(provision, policy.language):
            page = PAGES.get(place)
            clauses = (provision.clause,)
            yield ReportLine(
                standard=DUTY,
                element=provision.clause,
                about=provision.kind,
                asks=f"{place}: {provision.text.words(policy.language)}",
                result=Met(clauses=clauses, where=page.format(organisation=policy.id))
                if page
                else Owed(clauses=clauses),
            )


def places(provision: Provision, language: Language) -> tuple[PublishingPlace, ...]:
    """Where the provision's own words, in the policy's language, require publication."""
    text = provision.text.words(language).lower()
    if any(word in text for word in _OUTCOMES):
        return ("outcomes",)
    named = tuple(place for place, words in _WORDS.items() if any(word in text for word in words))
    return named or ("elsewhere",)
