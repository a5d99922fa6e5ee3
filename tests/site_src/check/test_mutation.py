"""Changing one number anywhere in any of the policies makes the check fail.

The first tests check without the record of published versions and change numbers of facts, so
that facts and text must disagree. The last ones check with the record and change every digit and
Chinese numeral of the text and each fourth of the facts of every edition. Comments may change, and
so may `logo`, `colour`, `sector` and `standards`, which promise nothing.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from functions.model.text import Text
from site_src.check.organisation import read_all
from site_src.check.rules import check_edition
from site_src.places import POLICIES
from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.edition import Edition, Editions
from site_src.policy.editions import check_editions, read_published
from site_src.policy.extends import merge_base
from site_src.policy.facts import facts
from site_src.policy.finding import Finding
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE
from site_src.policy.load import load
from site_src.policy.model.filing import Channel
from site_src.policy.model.handling import Role, RouteFact, StepFact
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.yaml.document import YamlDocument, YamlPath
from site_src.policy.yaml.reading import read_yaml
from tests.helpers.publishing.checkouts import record_all

EDITIONS = [edition for found in read_all(POLICIES)[0] for edition in found.editions]
NAMES = [str(edition.folder.relative_to(POLICIES)) for edition in EDITIONS]
NEXT = str.maketrans(
    "0123456789零〇一二两三四五六七八九十百半", "1234567890一一二三三四五六七八九十百十一"
)
"""Each digit and numeral, and what it becomes."""

NUMERAL = re.compile(r"[0-9零〇一二两三四五六七八九十百半]")
LENGTH = re.compile(
    r"([0-9]+|[一二两三四五六七八九十]+|半)\s*个?(?:工作日|小时|分钟|天|日(?!常)|月|次(?!告知))"
)
"""A length of time or a frequency, read more simply than the checker reads it."""

ENGLISH_LENGTH = re.compile(
    r"\b([0-9]+|one|two|three|five|ten)\s+(?:further\s+)?(?:(?:working|calendar)\s+)?"
    r"(?:hour|day|week|month|year)s?\b"
)
ENGLISH_NEXT = {"one": "two", "two": "three", "three": "four", "five": "six", "ten": "eleven"}

CONTACT = re.compile(
    r"[0-9]{3}-[0-9-]+|(?<=分机 )[0-9]+|^[0-9]{4}$|\b0[0-9]+(?: [0-9]{3,4})+"
    r"|[a-z]+@[a-z-]+(?:\.[a-z-]+)+"
)

NAME = re.compile(r"(?<=/T )[0-9]+|第[一二三]级")
NUMBERED = ("product-certifier", "online-lender")
"""Whose facts name a standard or a numbered level."""


def changed_lengths(edition: "Editable") -> Iterator[tuple[str, str]]:
    """The text with a number of each length of time changed in turn, and the words around it."""
    title = edition.text.index("\n")
    if edition.source.policy.language != "en":
        for length in LENGTH.finditer(edition.text, title):
            yield from mutations(edition.text, length.span(1))
        return
    for length in ENGLISH_LENGTH.finditer(edition.text, title):
        first, last = length.span(1)
        other = ENGLISH_NEXT.get(length[1]) or str(int(length[1]) + 1)
        yield edition.text[:first] + other + edition.text[last:], length[0]


def mutations(text: str, span: tuple[int, int] | None = None) -> Iterator[tuple[str, str]]:
    """The text with each numeral in `span` changed in turn, and the words around it."""
    for match in NUMERAL.finditer(text, *(span or (0, len(text)))):
        at = match.start()
        changed = text[:at] + match[0].translate(NEXT) + text[at + 1 :]
        yield changed, text[max(0, at - 15) : at + 15]


@dataclass(frozen=True)
class Editable:
    """An edition that can be checked with an edited text or edited facts."""

    source: Edition
    own: YamlDocument
    base: Edition | None

    @classmethod
    def of(cls, source: Edition) -> "Editable":
        """The edition with its own facts, and the policy that it extends."""
        own = read_yaml(source.folder / POLICY_FILE)
        assert isinstance(own, YamlDocument)
        extended = source.policy.extends
        base = load(POLICIES / extended.policy) if extended else None
        assert base is None or isinstance(base, Edition)
        return cls(source, own, base)

    @property
    def text(self) -> str:
        """The text of the procedure."""
        return (self.source.folder / PROCEDURE_FILE).read_text(encoding="utf-8")

    def edited(self, text: str) -> Edition:
        """The edition with another procedure text."""
        lines = raw_lines(self.source.folder / PROCEDURE_FILE, text)
        if self.base is None:
            return replace(self.source, lines=lines, clauses=read_clauses(lines))
        derived = merge_base(self.base.reading, self.base.lines, self.own, lines)
        policy = Policy.model_validate(derived.reading.data)
        clauses = read_clauses(derived.lines)
        return Edition(self.source.folder, policy, derived.lines, clauses, derived.reading)

    def with_text(self, text: str) -> tuple[Finding, ...]:
        """The findings with another procedure text."""
        return check_edition(self.edited(text))

    def with_fact(self, place: YamlPath, key: str, value: object) -> tuple[Finding, ...]:
        """The findings with another value for a key of a fact."""
        item: Any = self.source.reading.data
        for part in place:
            item = item[part]
        before = dict(item)
        item[key] = value
        try:
            policy = Policy.model_validate(self.source.reading.data)
        finally:
            item.clear()
            item.update(before)
        return check_edition(replace(self.source, policy=policy))


@pytest.fixture(params=EDITIONS, ids=NAMES)
def edition(request: pytest.FixtureRequest) -> Editable:
    """Each edition of each policy."""
    return Editable.of(request.param)


def test_lengths_in_the_text(edition: Editable) -> None:
    """A changed length of time or frequency matches no limit and no other duration."""
    tried = list(changed_lengths(edition))
    assert tried or not edition.own.data.get("limits")
    assert [where for changed, where in tried if not edition.with_text(changed)] == []


def test_contacts_in_the_text(edition: Editable) -> None:
    """A changed digit of a telephone number or letter of an address matches no channel."""
    text = edition.text
    contacts = list(CONTACT.finditer(text))
    reviews = edition.own.data.get("reviews", [])
    stated = [
        *edition.own.data.get("channels", []),
        *(contact for review in reviews for contact in review.get("contacts", [])),
    ]
    values = [match[0] for one in stated for match in CONTACT.finditer(one.get("value", ""))]
    assert {contact[0] for contact in contacts} == set(values)
    for contact in contacts:
        for at in range(*contact.span()):
            if text[at].isalnum():
                other = text[at].translate(NEXT) if text[at].isdecimal() else "xy"[text[at] == "x"]
                assert edition.with_text(text[:at] + other + text[at + 1 :]), (contact, at)


def test_numbers_of_cited_clauses(edition: Editable) -> None:
    """A fact whose clause has been renumbered cites a missing or repeated clause."""
    cited = [placed.fact.clause for placed in facts(edition.source.policy)]
    lines = edition.text.splitlines(keepends=True)
    missed = []
    for clause in read_clauses(raw_lines(Path(), edition.text)):
        # 四 stands in 四、1.1, 第三条 in 第三条（一）; but 4.1 is a number of its own.
        within = (f"{clause.id}、", f"{clause.id}（")
        if clause.id in cited or any(one.startswith(within) for one in cited):
            first = clause.lines[0]
            begins = sum(map(len, lines[: first.number - 1]))
            for changed, where in mutations(edition.text, (begins, begins + first.column - 1)):
                if not edition.with_text(changed):
                    missed.append((clause.id, where))
    assert missed == []


def test_names_with_numbers(edition: Editable) -> None:
    """A different number in a standard's or a level's name is found in the text and in the fact."""
    policy = edition.source.policy
    in_text = list(NAME.finditer(edition.text))
    said = [
        ((*placed.path, key), text.root["zh-CN"])
        for placed in facts(policy)
        for key, text in placed.fact
        if isinstance(text, Text) and NAME.search(text.root["zh-CN"])
    ]
    assert bool(in_text) == bool(said) == (policy.id in NUMBERED)
    for name in in_text:
        for changed, where in mutations(edition.text, name.span()):
            assert edition.with_text(changed), where
    for place, words in said:
        for name in NAME.finditer(words):
            for changed, where in mutations(words, name.span()):
                assert edition.with_fact(place, "zh-CN", changed), where


def test_values_of_limits(edition: Editable) -> None:
    """A limit whose number differs from its clause is found."""
    for placed in facts(edition.source.policy):
        if isinstance(placed.fact, LimitFact) and placed.fact.value:
            for value in {placed.fact.value + 1, placed.fact.value - 1, placed.fact.value * 10}:
                assert value <= 0 or edition.with_fact(placed.path, "value", value), placed


def test_values_of_channels(edition: Editable) -> None:
    """A channel whose digit differs from its clause is found."""
    for placed in facts(edition.source.policy):
        if isinstance(placed.fact, Channel) and placed.fact.value:
            for value, _ in mutations(placed.fact.value):
                assert edition.with_fact(placed.path, "value", value), value


def test_citations_of_no_clause(edition: Editable) -> None:
    """A fact that cites a missing clause is found."""
    for placed in facts(edition.source.policy):
        assert edition.with_fact(placed.path, "clause", f"{placed.fact.clause}.99"), placed


def test_citations_of_the_next_clause(edition: Editable) -> None:
    """A limit, contact, role, route or step that cites the next clause is found.

    Unless that clause also names the role: then its words may say the fact.
    """
    ids = [clause.id for clause in edition.source.clauses]
    following = dict(zip(ids, [*ids[1:], ids[0]], strict=True))
    words = {clause.id: clause.words for clause in edition.source.clauses}
    tried = 0
    for placed in facts(edition.source.policy):
        fact = placed.fact
        other = following[fact.clause]
        if isinstance(fact, Role | RouteFact | StepFact):
            id = fact.role_ids[0] if isinstance(fact, StepFact) else getattr(fact, "role", "")
            role = fact if isinstance(fact, Role) else edition.source.policy.role(id)
            names = (role.name.words(edition.source.policy.language), *role.says)
            must = not any(name.lower() in words[other].lower() for name in names)
        else:
            must = isinstance(fact, LimitFact) or (isinstance(fact, Channel) and bool(fact.value))
        if must:
            tried += 1
            assert edition.with_fact(placed.path, "clause", other), (placed, other)
    assert tried > 0


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the policies with every version of them published."""
    policies = tmp_path_factory.mktemp("recorded") / "policies"
    shutil.copytree(POLICIES, policies)
    organisations, findings = read_all(policies)
    assert not findings
    record_all(policies, organisations)
    published = read_published(policies)
    assert all(not check_editions(one, published) for one in organisations)
    return policies


def unrecorded(edition: Editable, changed: Edition, recorded: Path) -> bool:
    """Whether the record accepts the changed edition among the organisation's other editions."""
    others = [one for one in EDITIONS if one.policy.id == edition.source.policy.id]
    kept = (changed if one is edition.source else one for one in others)
    organisation = Editions(edition.source.policy.id, tuple(kept))
    return not check_editions(organisation, read_published(recorded))


def test_published_texts_do_not_change(edition: Editable, recorded: Path) -> None:
    """Any changed digit or numeral of a published text is a finding."""
    assert [
        where
        for changed, where in mutations(edition.text)
        if unrecorded(edition, edition.edited(changed), recorded)
    ] == []


def test_published_facts_do_not_change(edition: Editable, recorded: Path) -> None:
    """Any changed digit or numeral of a published policy.yaml is a finding.

    Each change is read anew from a file, so one in four is tried; where they begin differs.
    """
    file = recorded / edition.source.folder.relative_to(POLICIES) / POLICY_FILE
    text, at, missed = file.read_text(encoding="utf-8"), 0, []
    begins = NAMES.index(str(edition.source.folder.relative_to(POLICIES))) % 4
    spans = []
    for line in text.splitlines(keepends=True):
        span = (at, at + len(line))
        at += len(line)
        if line.startswith(("#", "standards:", "statistics:", "  colour:", "  logo:", "  sector:")):
            continue
        spans.append(span)
    every = (one for span in spans for one in mutations(text, span))
    for changed, where in islice(every, begins, None, 4):
        file.write_text(changed, encoding="utf-8")
        loaded = load(file.parent)
        if isinstance(loaded, Edition) and unrecorded(edition, loaded, recorded):
            missed.append(where)
    file.write_text(text, encoding="utf-8")
    assert missed == []
