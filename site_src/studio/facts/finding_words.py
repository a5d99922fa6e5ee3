"""Says findings in a clerk's words: which field to change, and no keys of policy.yaml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from site_src.bilingual import Bilingual, author_language_of
from site_src.languages import SiteLanguage
from site_src.policy.facts import LISTS
from site_src.policy.finding import Finding, FindingCode
from site_src.studio.checking import place_of
from site_src.studio.facts.choices import EVENT_LABELS, FIXED, own_words
from site_src.studio.facts.entries import DraftFact, entries, find_entry
from site_src.studio.facts.fields import FactField
from site_src.studio.facts.forms import FORMS
from site_src.studio.facts.natures import NATURES

_ADD = Bilingual(
    "Add it as: {nouns}. If the clause was read wrongly, edit its words",
    "请添加一项：{nouns}。条文读错了的，请修改条文",
)
_SET = Bilingual("Change {fields}, or correct the words", "请改：{fields}；或者修改条文")
_FIELD = Bilingual("Correct “{field}”, or the words of the clause", "请改正“{field}”，或者修改条文")
_WORDS = Bilingual(
    "Use the words of the clause, choose the clause that says it under “More”, or edit the clause",
    "请用条文的说法，或者在“更多”里选择写明此事的条款，或者修改条文",
)
_CLAUSE = Bilingual(
    "Correct what is said of this clause, or edit the clause",
    "请改正与这一条有关的内容，或者修改条文",
)

_ADDS: Mapping[FindingCode, tuple[str, ...]] = {
    "duration-unclaimed": ("limits",),
    "number-unclaimed": ("provisions",),
    "contact-unclaimed": ("channels", "contacts"),
    "suspension-unclaimed": ("suspensions",),
    "representative-unclaimed": ("representatives",),
    "channel-unclaimed": ("channels",),
    "formality-unclaimed": ("formalities",),
    "review-unclaimed": ("reviews",),
    "filer-unclaimed": ("filers", "representatives"),
    "filer-missing": ("filers",),
    "route-unclaimed": ("routes",),
    "kind-unclaimed": ("kinds",),
    "start-lacks-event": ("events",),
}
"""The lists, one of which needs a fact more, where a clause says what no fact does."""

_REMEDIES: Mapping[FindingCode, Bilingual] = {
    "words-not-in-text": _WORDS,
    "number-not-in-text": _WORDS,
    "level-not-in-text": Bilingual(
        "Choose no level, or choose the clause that names it under “More”",
        "请不选级别，或者在“更多”里选择写明该级别的条款",
    ),
    "party-of-role": Bilingual(
        "Say that it is a time limit for the organisation, or choose nobody under “Who”",
        "请选“本单位的时限”，或者不选“谁”",
    ),
    "route-repeated": Bilingual(
        "Say of one of them when it holds", "请给其中一处写明什么情况下适用"
    ),
    "approval-unclaimed": Bilingual(
        "Choose under “More” of the step who must agree", "请在这一步骤的“更多”里选择须经谁同意"
    ),
    "listed-unclaimed": Bilingual(
        "Add what is listed here as a fact of its own, or edit the clause",
        "请把这里列出的内容也添加为一项，或者修改条文",
    ),
    "reference-unknown": Bilingual(
        "It names something that the draft no longer has: choose another, or none",
        "它提到的内容已经不在草稿里：请改选，或者不选",
    ),
    "clause-unknown": Bilingual(
        "The text has no such clause any more: choose the clause under “More”",
        "已经没有这一条：请在“更多”里重新选择条款",
    ),
}
"""What to do, by code; for the others, the fields that the remedy names."""

_PAIR = re.compile(r"(?P<key>[a-z_]+): \{?(?:(?P<inner>[a-z_]+): )?(?P<value>[^,`{}]+)")
_NAMED_VALUE = re.compile(
    r"\b(?P<key>from|party|requires|until|before|extends|unit|kind|level|type|of): "
    r"(?P<value>[\w-]+)"
)
_SAID = re.compile(r"该条写的[^。]*。|(?:It|The clause) says: .*?\. (?=Use|Write|Correct)")
"""The sentence of a remedy that only says what the clause says."""

_CODE = re.compile(r"`([^`]*)`")


_KEYS = {field.key for form in FORMS.values() for field in form.fields}
"""Keys of policy.yaml, which an id of the draft may look like."""


@dataclass(frozen=True)
class ClerkFinding:
    """A finding as a clerk reads it; `address` is that of the page that mends it, in the draft."""

    message: str
    remedy: str
    clause: str
    address: str


def clerk_findings(
    findings: tuple[Finding, ...],
    data: Mapping[str, Any],
    tongue: SiteLanguage,
    removed: Mapping[str, str],
) -> tuple[ClerkFinding, ...]:
    """The findings in words of `tongue`, without the keys of policy.yaml where a field has one.

    `removed` are the names of facts that the draft no longer has, by id.
    """
    words = _Words(data, tongue, removed)
    return tuple(words.shown(each) for each in findings)


def clerk_doubt(doubt: str, entry: DraftFact, data: Mapping[str, Any], tongue: SiteLanguage) -> str:
    """What an import was unsure of, in the same words."""
    return _Words(data, tongue, {}).named(doubt, FORMS[entry.list].fields)


class _Words:
    """What a draft's keys and ids are called on its forms."""

    def __init__(
        self, data: Mapping[str, Any], tongue: SiteLanguage, removed: Mapping[str, str]
    ) -> None:
        self._data, self._tongue = data, tongue
        self._spoken = author_language_of(tongue.language)
        self._names = dict(removed) | dict(_names(data, tongue))

    def shown(self, finding: Finding) -> ClerkFinding:
        """The finding, what to do, and where."""
        spoken, entry = self._spoken, _entry_of(self._data, finding)
        clause = finding.clause or (entry.clause if entry else "")
        lists = _ADDS.get(finding.code, ())
        asking = entry.list if entry else next(iter(lists), None)
        fields = FORMS[asking].fields if asking else ()
        message = self.named(finding.message.words(spoken), fields)
        if lists:
            query = {"clause": clause} | ({"list": lists[0], "add": "1"} if not lists[1:] else {})
            joined = " / ".join(f"“{self._tongue.say(FORMS[each].noun)}”" for each in lists)
            remedy = _ADD.filled(nouns=joined).words(spoken)
            return ClerkFinding(message, remedy, clause, f"add?{urlencode(query)}")
        if entry is None:
            asks_for_yaml = clause and _CODE.search(finding.remedy.words(spoken))
            other = _CLAUSE if asks_for_yaml else finding.remedy
            remedy = _REMEDIES.get(finding.code, other).words(spoken)
            address = f"text?{urlencode({'clause': clause})}" if clause else "organisation"
            return ClerkFinding(message, remedy, clause, address)
        return ClerkFinding(message, self._remedy(finding, entry), clause, f"?fact={entry.name}")

    def _remedy(self, finding: Finding, entry: DraftFact) -> str:
        """What the clause says, and which fields to change to what."""
        said = _SAID.match(finding.remedy.words(self._spoken))
        return (said[0] if said else "") + self._change(finding, entry)

    def _change(self, finding: Finding, entry: DraftFact) -> str:
        if (known := _REMEDIES.get(finding.code)) is not None:
            return known.words(self._spoken)
        changes: list[str] = []
        for code in _CODE.findall(finding.remedy.words(self._spoken)):
            for match in _PAIR.finditer(code):
                key = ".".join(filter(None, (match["key"], match["inner"])))
                field = _field_of(FORMS[entry.list].fields, key)
                if field is not None:
                    value = match["value"].strip()
                    value = self._value(field, value) or value
                    changes.append(f"“{self._tongue.say(field.label)}” → {value}")
        if changes:
            separator = "、" if self._spoken == "zh-CN" else ", "
            return _SET.filled(fields=separator.join(changes)).words(self._spoken)
        key = place_of(finding).removeprefix(f"{entry.name}.")
        field = _field_of(FORMS[entry.list].fields, key)
        label = field.label if field is not None else FORMS[entry.list].noun
        return _FIELD.filled(field=self._tongue.say(label)).words(self._spoken)

    def _value(self, field: FactField | None, value: str) -> str | None:
        """What a field calls a value: "authority" is another thing in each."""
        terms = FIXED.get(field.choices, {}) if field else {}
        return self._tongue.say(terms[value]) if value in terms else self._names.get(value)

    def named(self, words: str, fields: tuple[FactField, ...]) -> str:
        """A message with the labels of fields for their keys, and names for ids."""

        def labelled(match: re.Match[str]) -> str:
            field = _field_of(fields, match["key"])
            value = self._value(field, match["value"])
            if value is None:
                return match[0]
            label = f"“{self._tongue.say(field.label)}”" if field else match["key"]
            return f"{label}{'：' if self._spoken == 'zh-CN' else ': '}“{value}”"

        words = _NAMED_VALUE.sub(labelled, words)
        for id in sorted(self._names, key=len, reverse=True):
            words = words.replace(f"'{id}'", f"“{self._names[id]}”")
            # An English message may have the word of an id in a sentence; one with a dash is none.
            if (self._spoken == "zh-CN" and id not in _KEYS) or "-" in id or "_" in id:
                name = self._names[id]
                words = _in_place_of(id, name, words.replace(f"“{id}”", f"“{name}”"))
        if self._spoken == "zh-CN":
            for field in fields:
                words = _in_place_of(field.key, f"“{self._tongue.say(field.label)}”", words)
            for list_ in LISTS:
                words = _in_place_of(list_, f"“{self._tongue.say(FORMS[list_].noun)}”", words)
            words = re.sub(r"(?<=[\u4e00-\u9fff，]) (?=“)|(?<=”) (?=[\u4e00-\u9fff])", "", words)
        return words


def _in_place_of(key: str, label: str, words: str) -> str:
    """The words with a label where a key or an id stands alone in them."""
    return re.sub(rf"(?<![\w.“-]){re.escape(key)}(?![\w.”-])", lambda _: label, words)


def _names(data: Mapping[str, Any], tongue: SiteLanguage) -> Iterator[tuple[str, str]]:
    """Each built-in term and each id of the draft, with its words."""
    for terms in (*FIXED.values(), EVENT_LABELS, NATURES):
        yield from ((value, tongue.say(label)) for value, label in terms.items())
    for entry in entries(data):
        for key in ("name", "who", "action"):
            said = own_words(entry.data.get(key), data.get("language", "zh-CN"))
            if "id" in entry.data and said:
                yield str(entry.data["id"]), said
                break


def _entry_of(data: Mapping[str, Any], finding: Finding) -> DraftFact | None:
    """The fact that a finding is in, the innermost."""
    parts = place_of(finding).split(".")
    names = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((entry for name in names if (entry := find_entry(data, name))), None)


def _field_of(fields: tuple[FactField, ...], key: str) -> FactField | None:
    """The field of a form that asks for a key."""
    for wanted in (key, f"when.{key}"):
        for field in fields:
            if wanted in (field.key, field.short_for):
                return field
    return next((field for field in fields if field.key.startswith(f"{key}.")), None)
