"""Says which time limits belong to where a filer can go next."""

from dataclasses import replace

from site_src.proposing.limits.limits import ProposedTimes
from site_src.proposing.proposal import ProposedFact
from site_src.proposing.reading import ProcedureText


def with_limits(
    text: ProcedureText, reviews: tuple[ProposedFact, ...], times: ProposedTimes
) -> tuple[ProposedFact, ...]:
    """The reviews with the limits of their sentences, and of those that begin with the request.

    A limit that the organisation must keep belongs to one review, inside; a filer's own time to
    all that its sentence names.
    """
    order = {clause.id: place for place, clause in enumerate(text.clauses)}
    found: list[ProposedFact] = []
    taken: set[str] = set()
    for one in reviews:
        own = [
            limit for limit in times.limits if _belongs(one, limit, order) and _free(limit, taken)
        ]
        ids = [str(limit.data["id"]) for limit in own]
        taken |= {str(limit.data["id"]) for limit in own if "party" not in limit.data}
        found.append(replace(one, data={**one.data, "limits": ids}) if ids else one)
    return tuple(found)


def _free(limit: ProposedFact, taken: set[str]) -> bool:
    return str(limit.data["id"]) not in taken


def _belongs(review: ProposedFact, limit: ProposedFact, order: dict[str, int]) -> bool:
    party = limit.data.get("party", "organisation")
    if limit.clause == review.clause and limit.words == review.words:
        return party != "organisation" or bool(review.data["inside"])
    begins = limit.data.get("from") == "appealed"
    later = order.get(limit.clause, 0) >= order.get(review.clause, 0)
    return bool(review.data["inside"]) and begins and later and party == "organisation"
