"""Counts, for each type of fact, what is proposed, found, right, wrong and missed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_src.places import POLICIES
from site_src.policy.edition import Edition
from site_src.policy.load import load
from site_src.policy.yaml.document import YamlDocument
from site_src.proposing.draft import every_proposal
from site_src.proposing.reading import policy_of, read_procedure
from tests.helpers.import_quality.matching import FACT_TYPES, Pair, Side, is_right, means


@dataclass
class FactCount:
    """The figures of one type of fact; a proposal and a fact are counted once.

    `missed` and `wrong` name what is not found, and what is proposed and is not so, for whoever
    improves the rules.
    """

    facts: int = 0
    proposed: int = 0
    found: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "FactCount") -> None:
        """Adds the figures of another text."""
        self.facts += other.facts
        self.proposed += other.proposed
        self.found += other.found
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong

    @property
    def share_found(self) -> float:
        """How many of the facts are found, from 0 to 1."""
        return self.found / self.facts if self.facts else 1.0

    @property
    def share_right(self) -> float:
        """How many of the facts found are right, from 0 to 1."""
        return self.right / self.found if self.found else 1.0


def drafted(procedure: str, language: str) -> Edition:
    """An edition with what is proposed of a text, as if each proposal were confirmed."""
    text = read_procedure(procedure, "en" if language == "en" else "zh-CN")
    policy = policy_of(text.language, every_proposal(text))
    return Edition(Path("."), policy, text.lines, text.clauses, YamlDocument({}, {}))


def count_facts(edition: Edition) -> dict[str, FactCount]:
    """The figures of one policy, by type of fact."""
    real = Side(edition)
    own = Side(drafted(edition.procedure, edition.policy.language))
    return {name: _count(name, real, own) for name in FACT_TYPES}


def count_all(policies: Path = POLICIES) -> dict[str, FactCount]:
    """The figures of all policies together, by type of fact."""
    total = {name: FactCount() for name in FACT_TYPES}
    for edition in editions(policies):
        for name, count in count_facts(edition).items():
            total[name].add(count)
    return total


def editions(policies: Path = POLICIES) -> Iterator[Edition]:
    """The current edition of each policy, with the text of those that it extends."""
    for file in sorted(policies.glob("*/policy.yaml")):
        edition = load(file.parent)
        if isinstance(edition, Edition):
            yield edition


def _count(name: str, real: Side, own: Side) -> FactCount:
    facts, proposals = real.listed(name), own.listed(name)
    id = real.source.policy.id
    count = FactCount(len(facts), len(proposals))
    free = list(proposals)
    for fact in facts:
        pairs = [(Pair(real, own, fact.fact, one.fact), one) for one in free]
        fitting = [(pair, one) for pair, one in pairs if means(name, pair)]
        if not fitting:
            count.missed.append(f"{id} {_shown(real, fact.fact)}")
            continue
        pair, one = next((each for each in fitting if is_right(name, each[0])), fitting[0])
        free.remove(one)
        count.found += 1
        if is_right(name, pair):
            count.right += 1
        else:
            count.wrong.append(f"{id} {_shown(own, one.fact)} – {_shown(real, fact.fact)}")
    count.wrong += [f"{id} {_shown(own, one.fact)}" for one in free]
    return count


def _shown(side: Side, fact: Any) -> str:
    """A fact in one line."""
    said = fact.model_dump(by_alias=True, exclude_defaults=True, exclude={"clause", "acts"})
    return f"{fact.clause} {said}"
