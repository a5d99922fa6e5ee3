"""The port that a store implements: four ports over the same data."""

from typing import Protocol

from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.counters import Counters
from functions.cases.ports.desk_store import DeskStore
from functions.cases.ports.outbox import Outbox


class Store(CaseStore, Outbox, Counters, DeskStore, Protocol):
    """A store that implements all four: a case changes together with its mails and lists."""
