"""Checks what facts name of each other: that it exists, and that no chain leads back to itself."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from functions.model.contract.terms import BUILT_IN
from site_src.bilingual import Bilingual, enumeration
from site_src.check.meaning.cited_clause import lexicon_of
from site_src.policy.address import is_outside
from site_src.policy.edition import Edition
from site_src.policy.facts import PlacedFact, categories
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key, at_place, in_yaml
from site_src.policy.folders import folder_called, organisation_folder
from site_src.policy.model.fact import Fact, When
from site_src.policy.model.handling import StepFact
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.yaml.document import YamlPath

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

_NOUNS = {
    "role": "角色",
    "category": "类别",
    "level": "级别",
    "kind": "种类",
    "filer": "提交人",
    "channel": "渠道",
    "branch": "网点",
    "limit": "时限",
    "step": "步骤",
    "event": "事件",
}
"""The nouns in Chinese."""

_ATTRIBUTES = {"from": "begins", "until": "ends"}


def reference_findings(source: Edition) -> Iterator[Finding]:
    """Every finding about what facts name of each other."""
    yield from _unknown(source)
    yield from _circles(source)
    yield from _other_starts(source)
    yield from _hours(source)
    yield from _closing(source)
    yield from _publishing(source)


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
    for placed in source.facts:
        for place, noun, name in _named(placed):
            names = known[noun]
            if name not in names:
                message, remedy = no_such(noun, name, names)
                at = (*placed.path, *place)
                clause = placed.fact.clause
                yield at_place(source.reading, at, "reference-unknown", message, remedy, clause)


def no_such(noun: str, name: str, names: set[str]) -> tuple[Bilingual, Bilingual]:
    """The message and the remedy for an id that nothing has."""
    chinese = _NOUNS[noun]
    message = Bilingual(f"there is no {noun} {name!r}", f"没有名为“{name}”的{chinese}")
    if not names:
        remedy = Bilingual(
            f"Add the {noun}, or remove its id here.", f"请补上这个{chinese}，或者删去此处的 id。"
        )
        return message, remedy
    close = get_close_matches(name, names, n=1)
    remedy = Bilingual(
        f"Add the {noun}, or use one of these: {{names}}.{{close}}",
        f"请补上这个{chinese}，或者从这些里选一个：{{names}}。{{close}}",
    )
    meant = (
        Bilingual(f" Perhaps you mean `{close[0]}`.", f"是不是 `{close[0]}`？") if close else None
    )
    return message, remedy.filled(
        names=enumeration(sorted(names)), close=meant or Bilingual("", "")
    )


def _named(placed: PlacedFact) -> Iterator[tuple[YamlPath, str, str]]:
    """Everything that a fact names: the place of the name in the fact, the noun and the id."""
    fact = placed.fact
    stated = vars(fact)
    when = stated.get("when")
    for key in _keys(type(fact)):
        value = stated.get(_ATTRIBUTES.get(key, key))
        place: YamlPath = (key,)
        if isinstance(fact, LimitFact) and key == "from":
            value = fact.later_of or fact.runs_from
        elif value is None and when is not None:
            value, place = vars(when).get(key), ("when", key)
        for name in (value,) if isinstance(value, str) else value or ():
            yield place, _NAMES[key], name


@cache
def _keys(kind: type[Fact]) -> tuple[str, ...]:
    """The keys by which facts of a class, or what they are for, can name others."""
    own = {*kind.model_fields, *(When.model_fields if "when" in kind.model_fields else ())}
    own |= {"begins"} if issubclass(kind, LimitFact) else set()
    return tuple(key for key in _NAMES if _ATTRIBUTES.get(key, key) in own)


def _circles(source: Edition) -> Iterator[Finding]:
    """A limit cannot extend itself, nor a step come after itself, through others or directly."""
    policy = source.policy
    extended = {limit.id: (limit.extends,) if limit.extends else () for limit in policy.limits}
    before = {step.id: step.after for step in policy.steps}
    replaced = {step.id: (step.instead_of,) if step.instead_of else () for step in policy.steps}
    for placed in source.facts:
        chains: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...] = ()
        if isinstance(placed.fact, LimitFact):
            chains = (("extends", extended),)
        elif isinstance(placed.fact, StepFact):
            chains = (("after", before), ("instead_of", replaced))
        for key, links in chains:
            id = placed.id or ""
            if id in _reached(id, links):
                message = Bilingual(
                    f"{key} of {id!r} leads back to itself", f"“{id}”的 {key} 绕了一圈又回到自身"
                )
                remedy = Bilingual(
                    f"Remove {key} from one of the facts in the circle.",
                    f"请从这一圈的条目中选一条删去 {key}。",
                )
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
    for placed in source.facts:
        fact = placed.fact
        if not isinstance(fact, LimitFact) or fact.extends not in limits:
            continue
        base = limits[fact.extends]
        if fact.runs_from is not None and base.runs_from not in (None, fact.runs_from):
            message = Bilingual(
                f"it extends {base.id!r}, which runs from another event",
                f"它延长的是“{base.id}”，而那一时限从别的事件起算",
            )
            remedy = Bilingual(
                "Remove from: an extension is added to the length of what it extends.",
                "请删去 from：延长的时间直接加在所延长的时限上。",
            )
            yield in_yaml(source, placed, "from", "wrong-value", message, remedy)
        elif base.length is None or base.recurring:
            message = Bilingual(
                f"it extends {base.id!r}, which has no length to add to",
                f"它延长的是“{base.id}”，而那一条没有时长可加",
            )
            remedy = Bilingual(
                "Name a limit with value and unit that is no frequency: `extends: …`.",
                "请写一条有 value 和 unit、又不是频次的时限：`extends: …`。",
            )
            yield in_yaml(source, placed, "extends", "wrong-value", message, remedy)


def _hours(source: Edition) -> Iterator[Finding]:
    """A limit within business hours needs the hours, or it would run through the night."""
    for placed in source.facts:
        fact = placed.fact
        if (
            isinstance(fact, LimitFact)
            and fact.within_hours
            and not source.policy.organisation.hours
        ):
            message = Bilingual(
                "the limit counts business hours, but the organisation has none",
                "时限按营业时间计算，但本单位没有写营业时间",
            )
            line = '`hours: {opens: "09:00", closes: "17:00"}`'
            remedy = Bilingual(
                f"Add them under organisation: {line}.", f"请在 organisation 下写上：{line}。"
            )
            yield in_yaml(source, placed, "within_hours", "reference-unknown", message, remedy)


def _closing(source: Edition) -> Iterator[Finding]:
    """A successor on this site is another organisation; a clause that is cited exists."""
    closed = source.policy.closed
    if closed is None:
        return
    named, own = closed.successor or "", organisation_folder(source.folder)
    is_here = bool(named) and not is_outside(named)
    if is_here and folder_called(own.parent, named) in (None, own):
        message = Bilingual(
            f"there is no other organisation {named!r} on this site",
            f"本站没有名为“{named}”的其他单位",
        )
        remedy = Bilingual(
            "Name the folder of the organisation that takes filings now, or its web address with "
            "https:// if it is not on this site, or remove successor.",
            "请写现在受理的单位的文件夹名；它不在本站的，写以 https:// 开头的网址；"
            "没有的，删去 successor。",
        )
        yield at_key(source, "reference-unknown", message, remedy, "closed", "successor")
    if closed.clause and source.clause(closed.clause) is None:
        message = Bilingual(
            f"procedure.md has no clause {closed.clause!r}",
            f"procedure.md 里没有“{closed.clause}”这一条",
        )
        remedy = Bilingual(
            "Cite the clause that says it, or remove clause: then it is your own declaration.",
            "请引用写明此事的条款；或者删去 clause，这就算本单位自行声明。",
        )
        yield at_key(source, "clause-unknown", message, remedy, "closed", "clause")


def _publishing(source: Edition) -> Iterator[Finding]:
    """A clause that is cited for publishing figures exists, and speaks of publishing."""
    cited = source.policy.publishes.clause if source.policy.publishes else None
    if cited is None:
        return
    clause, place = source.clause(cited), ("statistics", "clause")
    remedy = Bilingual(
        "Cite the clause that says it, or remove clause: then you publish of your own accord.",
        "请引用写明此事的条款；或者删去 clause，这就算本单位自行公布。",
    )
    if clause is None:
        message = Bilingual(
            f"procedure.md has no clause {cited!r}", f"procedure.md 里没有“{cited}”这一条"
        )
        yield at_key(source, "clause-unknown", message, remedy, *place)
    elif not lexicon_of(source).lengths_of["publication"].search(clause.words):
        message = Bilingual(
            f"clause {cited} does not speak of publishing", f"条款“{cited}”没有提到公布"
        )
        yield at_key(source, "words-not-in-text", message, remedy, *place)
