"""Wrong policies: each is a right one with one fact changed, removed or invented.

The text stays as it is, so that the checker must see the difference by what the words mean.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, cast

from pydantic import TypeAdapter, ValidationError

from functions.model.contract.terms import BUILT_IN
from site_src.policy.edition import Edition
from site_src.policy.facts import LISTS
from site_src.policy.model.policy import Policy
from site_src.policy.yaml.document import YamlPath
from tests.helpers.mutations.negated_words import opposites

Subject = Literal[
    "value",
    "unit",
    "start",
    "party",
    "level",
    "condition",
    "action",
    "limit",
    "channel",
    "route",
    "review",
    "filer",
    "formality",
    "kind",
    "duration",
    "provision",
    "negation",
    "suspension",
    "marker",
    "representative",
    "role",
    "detail",
    "fee",
]
How = Literal["changed", "removed", "invented"]

Change = tuple[YamlPath, str, object]
"""The place of a fact, one of its keys and the key's new value."""

_ABSENT = object()

_LISTS: dict[str, TypeAdapter[tuple[object, ...]]] = {
    name: TypeAdapter(cast("Any", Annotated[cast("Any", field.annotation), None, *field.metadata]))
    for name, field in Policy.model_fields.items()
    if name in LISTS
}
"""What reads each list of a policy."""

_UNITS = {
    "minute": ("hour",),
    "hour": ("minute", "day"),
    "day": ("working_day", "month", "hour"),
    "working_day": ("day", "week"),
    "week": ("day", "month"),
    "month": ("day", "working_day", "year"),
    "year": ("month", "day"),
    "term": ("month",),
}
_NEGATED = {
    "steps": ("action",),
    "limits": ("action",),
    "levels": ("definition",),
    "formalities": ("text",),
    "suspensions": ("text",),
    "durations": ("text",),
    "reviews": ("text",),
    "fees": ("text", "refund"),
    "provisions": ("text",),
}
"""Lists of facts, and which of their texts say what is so and what is not."""

_PARTIES = ("organisation", "filer", "authority", "respondent")


@dataclass(frozen=True)
class Invention:
    """Words in a language that no sample says."""

    action: str
    condition: str
    body: str
    person: str
    provision: str
    anonymity: str
    signature: str
    kind: str
    fax: str


INVENTED: dict[str, Invention] = {
    "zh-CN": Invention(
        action="退还全部费用",
        condition="已经缴清保证金的",
        body="联合国",
        person="外国游客",
        provision="退还双倍费用",
        anonymity="可以匿名提出",
        signature="由两名见证人签名",
        kind="检举",
        fax="传真",
    ),
    "en": Invention(
        action="Refund all fees",
        condition="a deposit has been paid in full",
        body="United Nations",
        person="Foreign tourists",
        provision="Fees are refunded twice over",
        anonymity="You can stay anonymous",
        signature="Signed by two witnesses",
        kind="Denunciation",
        fax="Fax",
    ),
}


@dataclass(frozen=True)
class FactMutation:
    """One wrong policy; `where` says in a line what is wrong with it."""

    subject: Subject
    how: How
    where: str
    edition: Edition


@dataclass(frozen=True)
class _Source:
    edition: Edition

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.edition.reading.data
        return data

    @property
    def words(self) -> Invention:
        return INVENTED[self.edition.policy.language]

    def items(self, name: str) -> Iterator[tuple[YamlPath, dict[str, Any]]]:
        """Each fact of a list with its place; nested categories follow their parents."""
        stack: list[tuple[YamlPath, dict[str, Any]]] = [
            ((name, index), item) for index, item in enumerate(self.data.get(name, ()))
        ]
        while stack:
            path, item = stack.pop(0)
            yield path, item
            stack += [
                ((*path, "children", index), child)
                for index, child in enumerate(item.get("children", ()))
            ]

    def changed(
        self, subject: Subject, path: YamlPath, key: str, value: object
    ) -> FactMutation | None:
        """The fact with another value for a key, or without it."""
        whole = deepcopy(_at(self.data, path[:2]))
        item = _at(whole, path[2:])
        if value is _ABSENT:
            del item[key]
        else:
            item[key] = value
        how: How = "removed" if value is _ABSENT else "changed"
        shown = "removed" if value is _ABSENT else value
        return self._made(subject, how, f"{_place(*path, key)}: {shown}", path, whole)

    def replaced(
        self, subject: Subject, path: YamlPath, item: Mapping[str, Any]
    ) -> FactMutation | None:
        """Another fact in place of one."""
        return self._made(subject, "changed", f"{_place(*path)}: {_shown(item)}", path, item)

    def given(
        self, subject: Subject, path: YamlPath, key: str, value: object
    ) -> FactMutation | None:
        """The fact with a key more."""
        whole = deepcopy(_at(self.data, path[:2]))
        _at(whole, path[2:])[key] = value
        return self._made(subject, "invented", f"{_place(*path, key)} + {value}", path, whole)

    def removed(self, subject: Subject, path: YamlPath) -> FactMutation | None:
        """The policy without the fact; None if it is the last one of a list that needs one."""
        where = f"{_place(*path)} = {_shown(_at(self.data, path))}"
        return self._made(subject, "removed", where, path, None)

    def invented(self, subject: Subject, name: str, item: Mapping[str, Any]) -> FactMutation | None:
        """The policy with a fact more."""
        path = (name, len(self.data.get(name, ())))
        return self._made(subject, "invented", f"{name} + {_shown(item)}", path, item)

    def _made(
        self,
        subject: Subject,
        how: How,
        where: str,
        path: YamlPath,
        item: Mapping[str, Any] | None,
    ) -> FactMutation | None:
        """The mutation, or None if the model itself refuses it."""
        policy = self.edition.policy
        name, index = str(path[0]), int(path[1])
        listed = list(getattr(policy, name))
        listed[index : index + 1] = () if item is None else (item,)
        try:
            made = _LISTS[name].validate_python(
                tuple(listed), context={"language": policy.language}
            )
        except ValidationError:
            return None
        edition = replace(self.edition, policy=policy.model_copy(update={name: made}))
        return FactMutation(subject, how, f"{policy.id}: {where}", edition)


def fact_mutations(edition: Edition) -> Iterator[FactMutation]:
    """Every mutation of an edition that the model accepts."""
    source = _Source(edition)
    for made in (
        *_limits(source),
        *_conditional(source),
        *_channels(source),
        *_routes(source),
        *_reviews(source),
        *_filing(source),
        *_rest(source),
        *_negated(source),
        *_suspensions(source),
        *_representatives(source),
        *_roles(source),
    ):
        if made is not None:
            yield made


def _limits(source: _Source) -> Iterator[FactMutation | None]:
    events = (*BUILT_IN, *(event["id"] for event in source.data.get("events", ())))
    for path, item in source.items("limits"):
        yield source.removed("limit", path)
        yield source.changed("action", path, "action", source.words.action)
        if "value" in item:
            for value in (item["value"] + 1, item["value"] - 1, item["value"] * 10):
                yield source.changed("value", path, "value", value)
            for unit in _UNITS[item["unit"]]:
                yield source.changed("unit", path, "unit", unit)
        if "from" in item and not item.get("recurring"):
            for event in events:
                if event not in (item["from"], "each_period"):
                    yield source.changed("start", path, "from", event)
        for party in _PARTIES:
            if party != item.get("party", "organisation"):
                yield source.changed("party", path, "party", party)
        for key in ("extends", "not_before"):
            if key in item:
                yield source.changed("condition", path, key, _ABSENT)
        yield from _markers(source, path, item, events)
    for path, _ in source.items("durations"):
        yield source.removed("duration", path)
        yield source.changed("duration", path, "text", source.words.provision)


def _markers(
    source: _Source, path: YamlPath, item: dict[str, Any], events: tuple[str, ...]
) -> Iterator[FactMutation | None]:
    """A minimum that is none, another limit that is extended, another event to be kept before."""
    if "value" in item and not item.get("recurring") and not item.get("not_before"):
        yield source.given("marker", path, "not_before", True)
    for _, other in source.items("limits"):
        base = next((b for _, b in source.items("limits") if b["id"] == item.get("extends")), None)
        if base and other not in (item, base) and other.get("role"):
            yield source.changed("marker", path, "extends", other["id"])
    for event in events if "before" in item else ():
        if event != item["before"]:
            yield source.changed("marker", path, "before", event)


def _conditional(source: _Source) -> Iterator[FactMutation | None]:
    """Levels and conditions of limits, steps and routes."""
    levels = [level["id"] for level in source.data.get("levels", ())]
    for name in ("limits", "steps"):
        for path, item in source.items(name):
            when = item.get("when", {})
            if "condition" in when:
                rest = {key: value for key, value in when.items() if key != "condition"}
                wrong = {**when, "condition": source.words.condition}
                yield source.changed("condition", path, "when", wrong)
                yield source.changed("condition", path, "when", rest)
            elif not when:
                wrong = {"condition": source.words.condition}
                yield source.given("condition", path, "when", wrong)
            level = item.get("level", when.get("level"))
            if name == "limits":
                yield from _levels(source, path, item, level, levels)
    for name in ("categories", "routes"):
        for path, item in source.items(name):
            if name == "categories" or not item.get("category"):
                yield from _levels(source, path, item, item.get("level"), levels)
    for path, _ in source.items("levels"):
        yield source.removed("level", path)
        yield source.changed("level", path, "definition", source.words.condition)
        yield source.changed("level", path, "name", source.words.kind)


def _levels(
    source: _Source, path: YamlPath, item: dict[str, Any], level: str | None, levels: list[str]
) -> Iterator[FactMutation | None]:
    for other in levels:
        if other != level and level is not None:
            key, value = ("level", other) if "level" in item else ("when", {"level": other})
            yield source.changed("level", path, key, value)
        elif level is None:
            yield source.given("level", path, "level", other)
    if level is not None:
        yield source.changed("level", path, "level" if "level" in item else "when", _ABSENT)


def _channels(source: _Source) -> Iterator[FactMutation | None]:
    clauses = []
    for path, item in source.items("channels"):
        clauses.append(item["clause"])
        yield source.removed("channel", path)
        for other in ("telephone", "email", "letter", "fax", "in_person", "box", "web"):
            if other != item["type"]:
                yield source.changed("channel", path, "type", other)
        yield source.changed("channel", path, "name", source.words.provision)
    for clause in dict.fromkeys((*clauses, *_scope(source))):
        cited = [item["type"] for _, item in source.items("channels") if item["clause"] == clause]
        for type, name in (("fax", source.words.fax), ("email", source.words.person)):
            if type not in cited:
                fact = {"id": "invented", "type": type, "name": name, "clause": clause}
                yield source.invented("channel", "channels", fact)


def _routes(source: _Source) -> Iterator[FactMutation | None]:
    roles = [role["id"] for role in source.data["roles"]]
    for path, item in source.items("routes"):
        yield source.removed("route", path)
        for role in roles:
            if role != item["role"]:
                yield source.changed("route", path, "role", role)
        if "condition" in item:
            yield source.changed("route", path, "condition", source.words.condition)
            yield source.changed("condition", path, "condition", _ABSENT)
        else:
            yield source.given("condition", path, "condition", source.words.condition)
    for role in roles[:3]:
        for clause in _scope(source)[:2]:
            if any(
                item["role"] == role and item["clause"] == clause
                for _, item in source.items("routes")
            ):
                continue
            yield source.invented("route", "routes", {"role": role, "clause": clause})


def _reviews(source: _Source) -> Iterator[FactMutation | None]:
    for path, item in source.items("reviews"):
        yield source.removed("review", path)
        yield source.changed("review", path, "body", source.words.body)
        yield source.changed("review", path, "text", source.words.provision)
        yield source.changed("review", path, "inside", not item["inside"])
        yield source.changed("review", path, "any_time", not item.get("any_time", False))
    for clause in dict.fromkeys(item["clause"] for _, item in source.items("steps")):
        text = {"body": source.words.body, "inside": False, "text": source.words.action}
        yield source.invented("review", "reviews", {**text, "clause": clause})


def _filing(source: _Source) -> Iterator[FactMutation | None]:
    words = source.words
    for path, _ in source.items("filers"):
        yield source.removed("filer", path)
        yield source.changed("filer", path, "who", words.person)
    for path, item in source.items("formalities"):
        yield source.removed("formality", path)
        yield source.changed("formality", path, "text", words.provision)
        for other in ("written", "signed", "real_name", "anonymous_allowed", "evidence"):
            if other != item["type"]:
                yield source.changed("formality", path, "type", other)
    for clause in _scope(source):
        filer = {"id": "invented", "who": words.person, "clause": clause}
        yield source.invented("filer", "filers", filer)
        for type, text in (("anonymous_allowed", words.anonymity), ("signed", words.signature)):
            made = {"type": type, "text": text, "clause": clause}
            yield source.invented("formality", "formalities", made)
    for path, item in source.items("kinds"):
        yield source.removed("kind", path)
        yield source.changed("kind", path, "name", words.kind)
        if "definition" in item:
            yield source.changed("kind", path, "definition", words.provision)
        made = {"id": "suggestion", "name": words.kind, "clause": item["clause"]}
        if all(other["id"] != "suggestion" for _, other in source.items("kinds")):
            yield source.invented("kind", "kinds", made)


def _rest(source: _Source) -> Iterator[FactMutation | None]:
    for path, _ in source.items("steps"):
        yield source.changed("action", path, "action", source.words.action)
    acting = {item.get("role") for _, item in source.items("steps")}
    for path, item in source.items("steps"):
        # Whoever has a step of their own may approve by it.
        if item.get("approved_by", item.get("role")) not in acting:
            yield source.changed("detail", path, "approved_by", _ABSENT)
    for path, item in source.items("asks"):
        other = "plate" if item["field"] == "address" else "address"
        yield source.changed("detail", path, "field", other)
    for path, item in source.items("durations"):
        for other in ("retention", "penalty", "publication"):
            if other != item["of"]:
                yield source.changed("detail", path, "of", other)
    for path, _ in source.items("provisions"):
        yield source.changed("provision", path, "text", source.words.provision)
    for clause in _scope(source):
        made = {"topic": "remedy", "text": source.words.provision, "clause": clause}
        yield source.invented("provision", "provisions", made)
        made = {"text": source.words.provision, "clause": clause}
        yield source.invented("fee", "fees", made)


def _suspensions(source: _Source) -> Iterator[FactMutation | None]:
    """What stops the clock, in another way than the text says."""
    events = [event["id"] for event in source.data.get("events", ())]
    filers = [item["id"] for _, item in source.items("limits") if item.get("party") == "filer"]
    for _, item in source.items("limits"):
        stop = {"from": "received", "until": "decision", "text": item["action"]}
        made = {"limits": [item["id"]], **stop, "clause": item["clause"]}
        yield source.invented("suspension", "suspensions", made)
    for path, item in source.items("suspensions"):
        yield source.removed("suspension", path)
        turned = {**item, "from": item["until"], "until": item["from"]}
        yield source.replaced("suspension", path, turned)
        yield source.changed("suspension", path, "restarts", not item.get("restarts", False))
        for limit in filers:
            yield source.changed("suspension", path, "limits", [limit])
        for key in ("from", "until"):
            for event in events:
                if event not in (item["from"], item["until"]):
                    yield source.changed("suspension", path, key, event)


def _representatives(source: _Source) -> Iterator[FactMutation | None]:
    """Others who act for a filer, other papers and another number of them."""
    for clause in _scope(source):
        for requires in ("authority", "none"):
            made = {"id": "invented", "who": source.words.person, "requires": requires}
            yield source.invented("representative", "representatives", {**made, "clause": clause})
    for path, item in source.items("representatives"):
        yield source.removed("representative", path)
        yield source.changed("representative", path, "who", source.words.person)
        for other in ("authority", "consent", "none"):
            if other != item["requires"]:
                yield source.changed("representative", path, "requires", other)
        yield source.given("representative", path, "at_most", item.get("at_most", 6) + 1)
        if "at_most" in item:
            yield source.changed("representative", path, "at_most", _ABSENT)


def _roles(source: _Source) -> Iterator[FactMutation | None]:
    """Limits of every other role."""
    for path, item in source.items("limits"):
        for role in source.data["roles"]:
            if "role" in item and role["id"] != item["role"]:
                yield source.changed("role", path, "role", role["id"])


def _negated(source: _Source) -> Iterator[FactMutation | None]:
    """The opposite of what a fact says."""
    language = source.edition.policy.language
    for name, keys in _NEGATED.items():
        for path, item in source.items(name):
            for key in keys:
                said = item.get(key)
                own = said.get(language) if isinstance(said, dict) else said
                for words in opposites(own, language) if own else ():
                    value = {**said, language: words} if isinstance(said, dict) else words
                    yield source.changed("negation", path, key, value)


def _scope(source: _Source) -> tuple[str, ...]:
    """The clauses that kinds, filers and the first steps cite."""
    lists = ("kinds", "filers", "steps")
    cited = [item["clause"] for name in lists for _, item in list(source.items(name))[:4]]
    return tuple(dict.fromkeys(cited))


def _place(*path: str | int) -> str:
    return ".".join(map(str, path))


def _at(data: Any, path: YamlPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _shown(item: Any) -> str:
    return str({key: value for key, value in item.items() if key not in ("acts", "children")})[:160]
