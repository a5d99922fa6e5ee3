"""All ports and settings of the use cases, in one value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from functions.cases.ports.case_store import GroupingStore
from functions.cases.tokens import Tokens

if TYPE_CHECKING:  # each takes half a millisecond of a cold start
    from functions.cases.ports.case_store import CaseStore
    from functions.cases.ports.contract_source import ContractSource
    from functions.cases.ports.counters import Counters
    from functions.cases.ports.desk_store import DeskStore
    from functions.cases.ports.file_storage import FileStorage
    from functions.cases.ports.mailer import Mailer
    from functions.cases.ports.outbox import Outbox
    from functions.cases.ports.printer import Printer
    from functions.cases.ports.scanner import Scanner

Now = Callable[[], datetime]
"""Returns the current moment (aware, UTC)."""


@dataclass(frozen=True)
class Ports:
    """All ports and settings of the use cases, wired once by `bootstrap`.

    One store is `store`, `outbox`, `counters` and `lists`, so that they change together. `printer`
    is None if the machine lacks the libraries for PDF. `key` is OMBUD_KEY; `earlier_keys` are its
    earlier values.
    """

    store: "CaseStore"
    outbox: "Outbox"
    counters: "Counters"
    lists: "DeskStore"
    contracts: "ContractSource"
    mailer: "Mailer"
    shelf: "FileStorage"
    scanner: "Scanner | None"
    now: Now
    key: bytes
    sender: str
    site_url: str
    printer: "Printer | None" = None
    earlier_keys: tuple[bytes, ...] = ()

    @property
    def keys(self) -> tuple[bytes, ...]:
        """All values of OMBUD_KEY under which something may be stored, the current one first."""
        return (self.key, *self.earlier_keys)

    @cached_property
    def grouping(self) -> GroupingStore | None:
        """The store, if it stores many filings with one commit."""
        return self.store if isinstance(self.store, GroupingStore) else None

    @cached_property
    def tokens(self) -> Tokens:
        """Seals tokens under the current key, and opens tokens of earlier keys, too."""
        return Tokens(self.keys)
