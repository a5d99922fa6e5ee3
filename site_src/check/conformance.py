"""Reports conformance: which clauses meet each requirement of a standard or duty.

The report is for the organisation alone. If the procedure is silent on a requirement, the report
says so, and no page fills the gap.
"""

from collections.abc import Iterator
from typing import Literal

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.check.requirement import TERMS, Requirement, Term, holds_for_kinds
from site_src.check.standards import REQUIREMENTS, TITLES, WITHDRAWN, is_confirmed
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.load import Edition
from site_src.policy.model.handling import Provision
from site_src.policy.model.policy import Policy

PIPL = Bilingual("PIPL article 17", "个人信息保护法第十七条")
DUTY = Bilingual("Own duty to publish", "办法自身的公开义务")

PublishingPlace = Literal["website", "premises", "outcomes", "elsewhere"]
"""Where a procedure requires publication; this site does not publish `outcomes` of cases yet."""

PAGES: dict[PublishingPlace, str] = {
    "website": "/{organisation}/",
    "premises": "/{organisation}/poster/",
}
"""The page of this site that publishes; on the premises, it is the printed poster."""

_PLACES: dict[PublishingPlace, Bilingual] = {
    "website": Bilingual("website", "网站"),
    "premises": Bilingual("premises", "场所"),
    "outcomes": Bilingual("outcomes", "处理结果"),
    "elsewhere": Bilingual("elsewhere", "其他地方"),
}

_WORDS: dict[PublishingPlace, tuple[str, ...]] = {
    "website": ("网站", "官网", "网上"),
    "premises": ("场所", "园地", "店内", "门店", "大厅", "张贴"),
}
_OUTCOMES = "结果"

_NOTICE: tuple[tuple[str, Bilingual, str | None], ...] = (
    ("17.1 (1)", Bilingual("Who handles the data", "个人信息处理者是谁"), "privacy.handler"),
    ("17.1 (2)", Bilingual("How to reach them", "怎样联系"), "privacy.contact"),
    ("17.2 (1)", Bilingual("What the data is handled for", "处理目的"), "privacy.purpose"),
    ("17.2 (2)", Bilingual("How the data is handled", "处理方式"), "privacy.method"),
    ("17.2 (3)", Bilingual("Which data is handled", "个人信息的种类"), "privacy.data"),
    ("17.2 (4)", Bilingual("How long the data is kept", "保存期限"), "privacy.retention_years"),
    (
        "17.3",
        Bilingual(
            "How to exercise one's rights: write to that contact", "怎样行使权利：向该联系方式提出"
        ),
        "privacy.contact",
    ),
    (
        "17.4",
        Bilingual("Whatever else other laws require to be told", "其他法律规定应当告知的事项"),
        None,
    ),
    (
        "17 par. 2",
        Bilingual("Tells the people concerned what changed", "事项变更时告知个人"),
        None,
    ),
    (
        "17 par. 3",
        Bilingual("Is public, and easy to consult and keep", "公开，便于查阅和保存"),
        "/{organisation}/{kind}/",
    ),
)
"""Article 17 by item of its first paragraph, then by paragraph, and where each is met.

The model requires each of these keys, so each item with a key is met. It has no key for what
other laws require; the site announces a new notice, but does not tell those who filed before.
"""


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
    for element, asks, where in _NOTICE:
        met = where and Met(where=where.format(organisation=policy.id, kind=policy.kinds[0].id))
        yield ReportLine(standard=PIPL, element=element, asks=asks, result=met or Silent())


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
        for place in places(provision):
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


def places(provision: Provision) -> tuple[PublishingPlace, ...]:
    """Where the provision's own words require publication."""
    text = provision.text.words("zh-CN")
    if _OUTCOMES in text:
        return ("outcomes",)
    named = tuple(place for place, words in _WORDS.items() if any(word in text for word in words))
    return named or ("elsewhere",)
