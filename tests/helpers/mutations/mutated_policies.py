"""Counts how many wrong policies the checker finds, of each subject."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from site_src.check.clause_rules import clause_findings
from site_src.check.meaning.rules import cited_clauses, meaning_findings
from site_src.check.organisation import read_all
from site_src.check.reference_rules import reference_findings
from site_src.check.rules import check_edition
from site_src.places import POLICIES, ROOT
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from tests.helpers.mutations.fact_mutations import fact_mutations
from tests.helpers.sample_policies import loaded

FOREIGN = ROOT / "tests" / "site_src" / "check" / "procedures"
"""Procedures that are no samples: the rules were not written for them."""


@dataclass
class MutationCounts:
    """How many mutations were tried and found by subject and manner, and each that was not."""

    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    caught: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, edition: Edition) -> None:
        """Tries every mutation of an edition."""
        for mutation in fact_mutations(edition):
            key = (mutation.subject, mutation.how)
            self.tried[key] += 1
            if _is_found(mutation.edition):
                self.caught[key] += 1
            else:
                self.missed.append((*key, mutation.where))

    @property
    def share(self) -> float:
        """The share of all mutations that was found."""
        return self.caught.total() / self.tried.total()

    def rows(self) -> Iterator[str]:
        """A row for each subject and manner, and one for all."""
        for key in sorted(self.tried):
            yield _row(*key, self.tried[key], self.caught[key])
        yield _row("**all**", "", self.tried.total(), self.caught.total())


def _is_found(edition: Edition) -> bool:
    """Whether the rules that compare facts have a finding; the first one will do."""
    clauses = tuple(cited_clauses(edition))
    findings = chain(
        meaning_findings(edition, clauses),
        clause_findings(edition, clauses),
        reference_findings(edition),
    )
    return next(findings, None) is not None


def samples() -> tuple[Edition, ...]:
    """Every edition of every sample."""
    return tuple(edition for found in read_all(POLICIES)[0] for edition in found.editions)


def foreign() -> tuple[Edition, ...]:
    """The procedures that are no samples."""
    return tuple(loaded(file.parent) for file in sorted(FOREIGN.glob("*/policy.yaml")))


def count_mutations(editions: tuple[Edition, ...]) -> MutationCounts:
    """The counts over all editions."""
    counts = MutationCounts()
    for edition in editions:
        counts.add(edition)
    return counts


def findings_of(editions: tuple[Edition, ...]) -> list[tuple[Path, Finding]]:
    """The findings on editions as they are."""
    return [(edition.folder, one) for edition in editions for one in check_edition(edition)]


def _row(subject: str, how: str, tried: int, caught: int) -> str:
    return f"| {subject} | {how} | {tried} | {caught} | {100 * caught / tried:.1f} % |"
