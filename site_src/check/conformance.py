"""The conformance report: what each standard and duty asks, met by which clause, or silent.

It is for the organisation alone. Where the procedure is silent the report says so; no page
makes up for it.
"""

from collections.abc import Iterator
from typing import Literal

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from site_src.check.requirement import TERMS, Requirement, Term, holds_for_kinds
from site_src.check.standards import REQUIREMENTS, TITLES, is_confirmed
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.load import Edition
from site_src.policy.model import Policy, Provision

PIPL = "PIPL article 17"
DUTY = "Own duty to publish"

PublishingPlace = Literal["website", "premises", "outcomes", "elsewhere"]
"""Where a procedure wants something published; `outcomes` of cases are published nowhere yet."""

PAGES: dict[PublishingPlace, str] = {
    "website": "/{organisation}/",
    "premises": "/{organisation}/poster/",
}
"""The page of this site that does it; on the premises hangs what is printed from it."""

_WORDS: dict[PublishingPlace, tuple[str, ...]] = {
    "website": ("网站", "官网", "网上"),
    "premises": ("场所", "园地", "店内", "门店", "大厅", "张贴"),
}
_OUTCOMES = "结果"

_NOTICE: tuple[tuple[str, str, str | None], ...] = (
    ("17.1 (1)", "Who handles the data", "privacy.handler"),
    ("17.1 (2)", "How to reach them", "privacy.contact"),
    ("17.2 (1)", "What for", "privacy.purpose"),
    ("17.2 (2)", "How it is handled", "privacy.method"),
    ("17.2 (3)", "Which data", "privacy.data"),
    ("17.2 (4)", "How long it is kept", "privacy.retention_years"),
    ("17.3", "How to exercise one's rights: write to that contact", "privacy.contact"),
    ("17.4", "Whatever else other laws want told", None),
    ("17 par. 2", "Tells the people concerned what changes", None),
    ("17 par. 3", "Is public, easy to consult and to keep", "/{organisation}/{kind}/"),
)
"""Article 17 by item of its first paragraph, then by paragraph, and where each is met.

The model has no privacy notice without the fields, so those are met. It has no field for what
other laws want told, and a new notice is announced on the site, but not to those who filed before.
"""


class Met(Frozen):
    """The clauses that say it, in the order of the procedure, and where else it is done."""

    state: Literal["met"] = "met"
    clauses: tuple[str, ...] = ()
    where: str | None = None


class Silent(Frozen):
    """No clause says it, nor does the privacy notice."""

    state: Literal["silent"] = "silent"


class Owed(Frozen):
    """A clause demands it of the organisation, and this site does not do it."""

    state: Literal["owed"] = "owed"
    clauses: tuple[str, ...]


class ReportLine(Frozen):
    """One line of the report; `about` is the kind of filing that is asked about.

    `confirmed` says whether a public text confirms number and subject of the element, as
    docs/conformance-sources.md shows.
    """

    standard: str
    element: str
    about: Term | KindId | None = None
    asks: str
    confirmed: bool = True
    result: Met | Silent | Owed


def conformance(source: Edition) -> tuple[ReportLine, ...]:
    """The lines of a policy: its standards, the privacy notice, its own duty to publish.

    A procedure for staff is never measured against GB/T 19012, whatever it names.
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
    wanted = TERMS[requirement.about]
    kinds = tuple(kind.id for kind in policy.kinds if kind.id in wanted)
    if not kinds:
        return Silent()
    held = [placed for placed in facts(policy) if holds_for_kinds(placed, kinds)]
    found = [[fact for fact in held if need.met_by(fact, policy)] for need in requirement.needs]
    if not all(found):
        return Silent()
    return Met(clauses=_in_order(source, [fact for some in found for fact in some]))


def _in_order(source: Edition, found: list[PlacedFact]) -> tuple[str, ...]:
    """The clauses in the order of the text, each once; unknown ones, which are findings, last."""
    order = {clause.id: index for index, clause in enumerate(source.clauses)}
    cited = dict.fromkeys(placed.fact.clause for placed in found)
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
                asks=f"{place}: {provision.text.words('zh-CN')}",
                result=Met(clauses=clauses, where=page.format(organisation=policy.id))
                if page
                else Owed(clauses=clauses),
            )


def places(provision: Provision) -> tuple[PublishingPlace, ...]:
    """Where the provision's own words want it published."""
    said = provision.text.words("zh-CN")
    if _OUTCOMES in said:
        return ("outcomes",)
    named = tuple(place for place, words in _WORDS.items() if any(word in said for word in words))
    return named or ("elsewhere",)
