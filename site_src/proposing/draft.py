"""Proposes every fact of a procedure, in the order in which facts refer to each other."""

from site_src.bilingual import Bilingual
from site_src.proposing.doubts import with_doubts
from site_src.proposing.filing.categories import propose_categories
from site_src.proposing.filing.channels import propose_channels
from site_src.proposing.filing.filers import propose_filers, propose_representatives
from site_src.proposing.filing.kinds import propose_kinds
from site_src.proposing.filing.levels import propose_levels
from site_src.proposing.handling.provisions import (
    propose_asks,
    propose_fees,
    propose_formalities,
    propose_provisions,
)
from site_src.proposing.handling.reviews import propose_reviews
from site_src.proposing.handling.roles import propose_roles
from site_src.proposing.handling.routes import propose_intake, propose_routes
from site_src.proposing.handling.steps import propose_steps
from site_src.proposing.limits.limits import propose_times
from site_src.proposing.limits.reviewed import with_limits
from site_src.proposing.limits.suspensions import propose_suspensions
from site_src.proposing.proposal import ProposedFact
from site_src.proposing.reading import ProcedureText

TODO = "TODO"
"""What stands where a policy needs words that the text does not say."""

_LACKS = Bilingual("the text does not say it", "正文没有写")


def every_proposal(text: ProcedureText) -> tuple[ProposedFact, ...]:
    """Every fact that the text seems to say; what a policy must have is there as a `TODO`."""
    kinds = propose_kinds(text) or (_todo(text, "kinds", {"id": "complaint", "name": TODO}),)
    filers = propose_filers(text, kinds)
    roles = propose_roles(text, kinds + filers)
    filers = tuple(one for one in filers if not _is_role(one, roles))
    filers = filers or (_todo(text, "filers", {"id": "todo", "who": TODO}),)
    roles = roles or (_todo(text, "roles", {"id": "todo", "name": TODO, "duty": TODO}),)
    levels = propose_levels(text, kinds + filers + roles)
    known = kinds + filers + roles + levels
    reviews = propose_reviews(text, known)
    known += reviews
    times = propose_times(text, known)
    known = tuple(one for one in known if one.list != "reviews")
    known += with_limits(text, reviews, times)
    suspensions = propose_suspensions(text, known, times)
    steps = propose_steps(text, known) or (
        _todo(text, "steps", {"id": "todo", "role": roles[0].data["id"], "action": TODO}),
    )
    categories = propose_categories(text, known)
    routes = propose_routes(text, known + categories)
    proposals = (
        *known,
        *propose_representatives(text, kinds),
        *propose_formalities(text, known),
        *propose_asks(text, known),
        *propose_channels(text, known),
        *categories,
        *routes,
        *propose_intake(kinds, routes, steps),
        *steps,
        *times.events,
        *times.limits,
        *suspensions,
        *times.durations,
        *propose_fees(text, known),
    )
    proposals += propose_provisions(text, proposals)
    return with_doubts(text, proposals)


def _is_role(filer: ProposedFact, roles: tuple[ProposedFact, ...]) -> bool:
    who = str(filer.data["who"]).lower()
    return any(who == str(role.data["name"]).lower() for role in roles)


def _todo(text: ProcedureText, name: str, data: dict[str, str]) -> ProposedFact:
    """A stand-in for what a policy must have, at the first clause."""
    first = text.clauses[0] if text.clauses else None
    words = first.lines[0].words.strip() if first and first.lines else ""
    return ProposedFact(name, first.id if first else TODO, words or TODO, data, _LACKS)
