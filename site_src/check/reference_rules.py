"""Checks what facts name of each other: that it exists, and that no chain leads back to itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from functions.model.contract.terms import BUILT_IN
from site_src.policy.facts import PlacedFact, categories, facts
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, at_place, in_yaml
from site_src.policy.load import POLICY_FILE, Edition
from site_src.policy.model.handling import Step
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.successor import policies_of
from site_src.policy.yaml_reading import YamlPath

_NAMES: dict[str, str] = {
    "role": "role",
    "roles": "role",
    "tells": "role",
    "approved_by": "role",
    "route": "role",
    "category": "category",
    "level": "level",
    "kind": "kind",
    "filer": "filer",
    "filers": "filer",
    "channel": "channel",
    "branch": "branch",
    "limits": "limit",
    "extends": "limit",
    "after": "step",
    "instead_of": "step",
    "from": "event",
    "until": "event",
    "before": "event",
    "brings": "event",
}
"""What each key names, in the YAML's words."""

_ATTRIBUTES = {"from": "begins", "until": "ends"}


def reference_findings(source: Edition) -> Iterator[Finding]:
    """Every finding about what facts name of each other."""
    yield from _unknown(source)
    yield from _circles(source)
    yield from _other_starts(source)
    yield from _hours(source)
    yield from _closing(source)


def _known(policy: Policy) -> dict[str, set[str]]:
    """The ids of everything that a fact can name, by noun."""
    lists: dict[str, Iterable[Any]] = {
        "role": policy.roles,
        "category": categories(policy),
        "level": policy.levels,
        "kind": policy.kinds,
        "filer": policy.filers,
        "channel": policy.channels,
        "branch": policy.branches,
        "limit": policy.limits,
        "step": policy.steps,
        "event": policy.events,
    }
    known = {noun: {each.id for each in listed} for noun, listed in lists.items()}
    known["event"] |= set(BUILT_IN)
    return known


def _unknown(source: Edition) -> Iterator[Finding]:
    """What a fact names must exist."""
    known = _known(source.policy)
    for placed in facts(source.policy):
        for place, noun, name in _named(placed):
            names = known[noun]
            if name not in names:
                message = f"there is no {noun} {name!r}"
                listed = f"or use one of these: {', '.join(sorted(names))}"
                remedy = f"Add the {noun}, {listed if names else 'or remove its id here'}."
                at = (*placed.path, *place)
                clause = placed.fact.clause
                yield at_place(source.reading, at, "reference-unknown", message, remedy, clause)


def _named(placed: PlacedFact) -> Iterator[tuple[YamlPath, str, str]]:
    """Everything that a fact names: the place of the name in the fact, the noun and the id."""
    fact = placed.fact
    when = getattr(fact, "when", None)
    for key, noun in _NAMES.items():
        value = getattr(fact, _ATTRIBUTES.get(key, key), None)
        place: YamlPath = (key,)
        if isinstance(fact, LimitFact) and key == "from":
            value = fact.later_of or fact.runs_from
        elif value is None and when is not None:
            value, place = getattr(when, key, None), ("when", key)
        for name in (value,) if isinstance(value, str) else value or ():
            yield place, noun, name


def _circles(source: Edition) -> Iterator[Finding]:
    """A limit cannot extend itself, nor a step come after itself, through others or directly."""
    policy = source.policy
    extended = {limit.id: (limit.extends,) if limit.extends else () for limit in policy.limits}
    before = {step.id: step.after for step in policy.steps}
    replaced = {step.id: (step.instead_of,) if step.instead_of else () for step in policy.steps}
    for placed in facts(policy):
        chains: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = ()
        if isinstance(placed.fact, LimitFact):
            chains = (("extends", extended),)
        elif isinstance(placed.fact, Step):
            chains = (("after", before), ("instead_of", replaced))
        for key, links in chains:
            id = getattr(placed.fact, "id", "")
            if id in _reached(id, links):
                message = f"{key} of {id!r} leads back to itself"
                remedy = f"Remove {key} from one of the facts in the circle."
                yield in_yaml(source, placed, key, "reference-circle", message, remedy)


def _reached(id: str, links: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Everything that `id` leads to."""
    reached: set[str] = set()
    queue = list(links.get(id, ()))
    while queue:
        if (next_id := queue.pop()) not in reached:
            reached.add(next_id)
            queue.extend(links.get(next_id, ()))
    return reached


def _other_starts(source: Edition) -> Iterator[Finding]:
    """An extension runs on from its base, so a start of its own must be the base's."""
    limits = {limit.id: limit for limit in source.policy.limits}
    for placed in facts(source.policy):
        fact = placed.fact
        if not isinstance(fact, LimitFact) or fact.extends not in limits:
            continue
        base = limits[fact.extends]
        if fact.runs_from is not None and base.runs_from not in (None, fact.runs_from):
            message = f"it extends {base.id!r}, which runs from another event"
            remedy = "Remove from: an extension is added to the length of what it extends."
            yield in_yaml(source, placed, "from", "wrong-value", message, remedy)
        elif base.length is None or base.recurring:
            message = f"it extends {base.id!r}, which has no length to add to"
            remedy = "Name a limit with value and unit that is no frequency."
            yield in_yaml(source, placed, "extends", "wrong-value", message, remedy)


def _hours(source: Edition) -> Iterator[Finding]:
    """A limit within business hours needs the hours, or it would run through the night."""
    for placed in facts(source.policy):
        fact = placed.fact
        if (
            isinstance(fact, LimitFact)
            and fact.within_hours
            and not source.policy.organisation.hours
        ):
            message = "the limit counts business hours, but the organisation has none"
            remedy = 'Add them: `organisation: {hours: {opens: "09:00", closes: "17:00"}}`.'
            yield in_yaml(source, placed, "within_hours", "reference-unknown", message, remedy)


def _closing(source: Edition) -> Iterator[Finding]:
    """A successor is another organisation of this site; a clause that is cited exists."""
    closed = source.policy.closed
    if closed is None:
        return
    policies = policies_of(source.folder)
    if closed.successor == source.policy.id or (
        closed.successor and not (policies / closed.successor / POLICY_FILE).is_file()
    ):
        message = f"there is no other organisation {closed.successor!r} on this site"
        remedy = "Name the folder of the organisation that takes filings now, or remove successor."
        yield at_key(source, "reference-unknown", message, remedy, "closed", "successor")
    if closed.clause and source.clause(closed.clause) is None:
        message = f"procedure.md has no clause {closed.clause!r}"
        remedy = "Cite the clause that says it, or remove clause: then it is your own declaration."
        yield at_key(source, "clause-unknown", message, remedy, "closed", "clause")
