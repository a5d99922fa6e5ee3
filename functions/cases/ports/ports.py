"""Everything a use case may touch, in one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from functions.cases.ports.case_store import CaseStore
from functions.cases.ports.contract_source import ContractSource
from functions.cases.ports.counters import Counters
from functions.cases.ports.file_storage import FileStorage
from functions.cases.ports.mailer import Mailer
from functions.cases.ports.outbox import Outbox
from functions.cases.ports.printer import Printer
from functions.cases.ports.scanner import Scanner
from functions.cases.tokens import Tokens

Now = Callable[[], datetime]
"""The current moment, aware, UTC."""


class Store(CaseStore, Outbox, Counters, Protocol):
    """A store that is all three, so that a case changes together with the mails that it owes."""


@dataclass(frozen=True)
class Ports:
    """Everything a use case may touch, wired once by `bootstrap`.

    One store is all of the first three, so that they change together. There is no printer where
    the machine lacks what one draws with.
    """

    store: CaseStore
    outbox: Outbox
    counters: Counters
    contracts: ContractSource
    mailer: Mailer
    shelf: FileStorage
    scanner: Scanner | None
    now: Now
    key: bytes
    sender: str
    site_url: str
    printer: Printer | None = None
    earlier_keys: tuple[bytes, ...] = ()

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens under the current key; those of earlier keys still open."""
        return Tokens((self.key, *self.earlier_keys))
