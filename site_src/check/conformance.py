"""Reports conformance: which clauses meet each requirement of a standard or duty.

The report is for the organisation alone. If the procedure is silent on a requirement, the report
says so, and no page fills the gap.
"""

from collections.abc import Iterator
from typing import Literal

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.language import Language
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.check.privacy_laws import NOTICES, ONLY_FOR
from site_src.check.requirement import TERMS, Requirement, Term, holds_for_kinds
from site_src.check.standards import REQUIREMENTS, TITLES, WITHDRAWN, is_confirmed
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact
from site_src.policy.model.handling import Provision
from site_src.policy.model.policy import Policy

DUTY = Bilingual("Own duty to publish", "办法自身的公开义务")

PublishingPlace = Literal["website", "premises", "figures", "outcomes", "elsewhere"]
"""Where a procedure requires publication; this site does not publish `outcomes` of cases.

What a policy publishes its figures for is published with them.
"""

PAGES: dict[PublishingPlace, str] = {
    "website": "/{organisation}/",
    "premises": "/{organisation}/poster/",
    "figures": "/{organisation}/procedure/#figures",
}
"""The page of this site that publishes; on the premises, it is the printed poster."""

_PLACES: dict[PublishingPlace, Bilingual] = {
    "website": Bilingual("website", "网站"),
    "premises": Bilingual("premises", "场所"),
    "figures": Bilingual("figures", "统计数据"),
    "outcomes": Bilingual("outcomes", "处理结果"),
    "elsewhere": Bilingual("elsewhere", "其他地方"),
}

_WORDS: dict[PublishingPlace, tuple[str, ...]] = {
    "website": ("网站", "官网", "网上", "website", "web site", "online", "home page"),
    "premises": (
        *("场所", "园地", "店内", "门店", "大厅", "张贴"),
        *("premises", "office", "notice board", "display", "reception", "in store"),
    ),
}
_OUTCOMES = ("结果", "outcome")


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

    standard: Bilingual
    element: str
    about: Term | KindId | None = None
    asks: Bilingual
    confirmed: bool = True
    withdrawn: bool = False
    result: Met | Silent | Owed

    def in_language(self, language: AuthorLanguage) -> dict[str, object]:
        """The line for JSON, its words in that language."""
        words = {"standard": self.standard.words(language), "asks": self.asks.words(language)}
        return self.model_dump(mode="json") | words


def conformance(source: Edition) -> tuple[ReportLine, ...]:
    """The report on a policy: its standards, the privacy notice, its own duty to publish.

    A procedure for staff is never measured against GB/T 19012, even if it names that standard.
    """
    policy = source.policy
    staff = policy.organisation.audience == "staff"
    return (
        *(
            ReportLine(
                standard=Bilingual(TITLES[standard], TITLES[standard]),
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
    standard, elements = NOTICES.get(policy.privacy.law, ("", ()))
    for element, asks, where in elements:
        if ONLY_FOR.get(element, policy.privacy.basis) != policy.privacy.basis:
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
    relevant = [placed for placed in source.facts if holds_for_kinds(placed, kinds)]
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
        figures = policy.publishes is not None and policy.publishes.clause == provision.clause
        named = ("figures",) if figures else places(provision, policy.language)
        for place in named:
            page = PAGES.get(place)
            clauses = (provision.clause,)
            yield ReportLine(
                standard=DUTY,
                element=provision.clause,
                about=provision.kind,
                asks=Bilingual("{place}: {words}", "{place}：{words}").filled(
                    place=_PLACES[place], words=provision.text.words(policy.language)
                ),
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
