"""An act that a member of staff is about to record, as their form sent it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from functions.cases.desk.access import Person
from functions.cases.desk.handling import Handling
from functions.cases.ports.ports import Ports
from functions.model.acts import LONGEST_TEXT, SHOWN_PROPOSALS, ActProblem
from functions.model.answers.submission import clean
from functions.model.case_log import ActDetails, CaseAct
from functions.model.contract.contract import Contract
from functions.model.contract.terms import Outcome, StaffAct

LONGEST_LINE = 200
"""Most characters of a name or another answer on one line."""

LONGEST_CLAUSE = 40

Read = ActDetails | tuple[ActProblem, ...]
"""The details of an act, or what is wrong with its form."""


@dataclass(frozen=True)
class ActAttempt:
    """The act with its form; `recorded` are all acts of the case, those taken back, too.

    `kept` are ids of limits that the act keeps although no act keeps them by its name.
    """

    work: Handling
    person: Person
    act: StaffAct
    fields: Mapping[str, str]
    recorded: tuple[CaseAct, ...]
    ports: Ports
    kept: frozenset[str] = frozenset()

    @property
    def contract(self) -> Contract:
        """The contract of the case."""
        return self.work.file.contract

    def line(self, name: str) -> str:
        """What the form says in a field, on one line; empty if it says nothing."""
        return " ".join(clean(self.fields.get(name, "")).split())

    def shows(self, proposed: CaseAct) -> bool:
        """Whether the form showed this proposal to whoever sent it."""
        return proposed.at.isoformat() in self.fields.get(SHOWN_PROPOSALS, "").split()

    def ticked(self, prefix: str) -> tuple[str, ...]:
        """What is ticked among the fields that begin so, without the prefix."""
        return tuple(
            name.removeprefix(prefix)
            for name, value in self.fields.items()
            if name.startswith(prefix) and value == "yes"
        )


def need_words(attempt: ActAttempt, details: ActDetails) -> Read:
    """The act says nothing without a text."""
    return details if details.text else (ActProblem("text", "words"),)


def read_act(attempt: ActAttempt, details: ActDetails) -> Read:
    """The act needs nothing but the form that all acts have."""
    return details


def read_clause(attempt: ActAttempt) -> str | ActProblem:
    """The clause in the form; empty if it names none."""
    clause = attempt.line("clause")
    return ActProblem("clause", "longer") if len(clause) > LONGEST_CLAUSE else clause


def read_outcome(attempt: ActAttempt) -> Outcome | ActProblem | None:
    """The outcome of an answer; None where the form does not ask for it."""
    if "outcome" not in attempt.fields:
        return None
    known: dict[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}
    return known.get(attempt.fields["outcome"]) or ActProblem("outcome", "outcome")


def read_remedy(attempt: ActAttempt) -> str | ActProblem:
    """What the organisation does for the filer; empty if nothing."""
    remedy = clean(attempt.fields.get("remedy", ""))
    return ActProblem("remedy", "longer") if len(remedy) > LONGEST_TEXT else remedy
