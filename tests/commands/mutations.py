"""Mutates every policy and writes docs/mutations.md: what the checker finds, and what it misses.

`python -m tests.commands.mutations` writes the file; reasons of misses that are in it are kept.
"""

import re
from pathlib import Path

from site_src.places import ROOT
from tests.helpers.mutations.mutated_policies import (
    MutationCounts,
    count_mutations,
    foreign,
    samples,
)

MUTATIONS = ROOT / "docs" / "mutations.md"

_HEAD = """# What the checker finds of wrong facts

`python -m tests.commands.mutations` writes this file, and a test compares its tables.
Each mutation changes, removes or invents one fact of a policy and leaves the text as it
is, without the record of published versions. It is caught if `check` has a finding.
Unchanged, no policy has one. `tests/helpers/mutations/fact_mutations.py` says what is changed
into what; what the model refuses is not tried.

A value is changed by one and tenfold, a unit into its neighbours, a start into every
other event, a party into every other, a channel and a formality into other types, a
route into every other role. Invented are a fax line, anonymity, a second signature,
“退还全部费用” or “Refund all fees” as an action, a double refund as a provision, the United
Nations as a review body, foreign tourists as filers and for them, fees, a stop of the clock
in the clause of each limit, and a condition that no clause
says.

A text loses its first negation or gets one. What stops the clock is turned round, runs anew
or stops other limits. Whoever acts for a filer brings other papers. A limit has every other
role, is a minimum, or is added to another limit. A review is open at any time, or no more.
"""


def shown(where: str) -> str:
    """Where a miss is, as a cell of a table."""
    return where.replace("|", "/")


def tables(counts: MutationCounts) -> str:
    """The table of one set of policies."""
    head = "| Fact | Mutation | Tried | Caught | |\n|---|---|---:|---:|---:|\n"
    return head + "\n".join(counts.rows()) + "\n"


def written(of_samples: MutationCounts, of_foreign: MutationCounts, reasons: dict[str, str]) -> str:
    """The whole file."""
    missed = sorted(of_samples.missed) + sorted(of_foreign.missed)
    misses = "\n".join(
        f"| {subject} {how} | `{cell}` | {reasons.get(cell, _reason(subject, how))} |"
        for subject, how, cell in ((*key, shown(where)) for *key, where in missed)
    )
    return "\n".join(
        (
            _HEAD,
            "## The samples\n",
            tables(of_samples),
            "## Four procedures that are no samples\n",
            "A hospital, a procurement centre (both Chinese), a football association and a",
            "parking authority (both English) in `tests/site_src/check/procedures`.\n",
            tables(of_foreign),
            "## What is missed, and why\n",
            "| Mutation | Where | Why |\n|---|---|---|",
            misses,
            "",
        )
    )


_REASONS = {
    (
        "route",
        "removed",
    ): "another route of the role takes it, or the clause says only what it does",
    ("route", "changed"): "the clause gives work to both roles",
    ("route", "invented"): "the clause gives work to that role",
    ("condition", "removed"): "another sentence or the category says the condition",
    ("condition", "changed"): "the action, the start, the review or the step itself says it",
    ("filer", "removed"): "the words fit another filer too, or are said in passing",
    ("channel", "removed"): "the formality or a channel of the same type says the way to file",
    ("level", "invented"): "the clause speaks of the level",
    ("start", "changed"): "the words fit both events",
    ("action", "changed"): "the clause says these words of something else",
    ("duration", "removed"): "a frequency without a number needs no fact",
    ("review", "removed"): "the clause names the body in passing only",
    ("review", "changed"): "the words fit both",
    ("negation", "changed"): "the clause says both, or the words are too few to compare",
    ("suspension", "changed"): "the words fit both events",
    ("suspension", "removed"): "the clause lets a limit run anew without stopping it",
    ("marker", "changed"): "the words fit both",
    ("marker", "invented"): "a word of the act is one for a minimum, too",
    ("role", "changed"): "both roles act in the sentence",
    ("detail", "changed"): "the clause speaks of both",
    ("detail", "removed"): "the approver acts in another step of the clause",
}


def _reason(subject: str, how: str) -> str:
    return _REASONS.get((subject, how), "")


def _kept(file: Path) -> dict[str, str]:
    """The reasons in the file, by where the miss is."""
    if not file.is_file():
        return {}
    rows = re.findall(r"^\| [a-z]+ [a-z]+ \| `(.+)` \| (.+) \|$", file.read_text("utf-8"), re.M)
    return dict(rows)


def main() -> None:
    """Writes the file and prints the shares."""
    of_samples, of_foreign = count_mutations(samples()), count_mutations(foreign())
    MUTATIONS.write_text(written(of_samples, of_foreign, _kept(MUTATIONS)), encoding="utf-8")
    print(f"samples {of_samples.share:.2%}, others {of_foreign.share:.2%}")


if __name__ == "__main__":
    main()
