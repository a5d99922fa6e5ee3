"""Stores filings and acts of staff directly, for tests that need many of them."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.current_calendar import current_calendar
from functions.cases.desk.index import record, refresh
from functions.cases.ports.case_store import Idempotency, Stored
from functions.cases.ports.ports import Ports
from functions.model.answers.submission import Submission
from functions.model.case import Case, Entered
from functions.model.case_log import ActDetails, act_event
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.reference import new_reference
from tests.conftest import StoppedClock


@dataclass
class Casebook:
    """The cases of one organisation; each is filed and acted on at the clock's time."""

    ports: Ports
    clock: StoppedClock
    organisation: str = "accreditation-body"
    _keys: "count[int]" = field(default_factory=count)

    def file(self, kind: KindId = "complaint", channel: str | None = None, **answers: Any) -> Case:
        """Stores a filing with these answers; by a channel, as staff enter it."""
        case = self.store(kind, channel, **answers)
        refresh(case.reference, self.ports)
        return case

    def store(self, kind: KindId = "complaint", channel: str | None = None, **answers: Any) -> Case:
        """Stores a filing that has no summary yet."""
        now = self.ports.now()
        digest = self.ports.contracts.current().organisations[self.organisation]
        contract = self.ports.contracts.contract(digest)
        calendar, _ = current_calendar(contract, self.ports)
        entered = channel and Entered(at=now, channel=channel, person="Li", mark="0" * 24)
        case = Case(
            reference=new_reference(contract.prefix),
            organisation=self.organisation,
            kind=kind,
            contract=digest,
            language=contract.language,
            received_at=now,
            retained_until=contract.retained_until(now),
            submission=Submission.model_validate(answers),
            calendar=calendar,
            entered=entered or None,
        )
        key = Idempotency(key=case.reference, fingerprint="", expires_at=case.retained_until)
        assert isinstance(self.ports.store.accept(case, (), key), Stored)
        return case

    def act(self, case: Case, act: StaffAct | FilerAct, **details: Any) -> None:
        """Records an act on the case."""
        event = act_event(act, ActDetails.model_validate(details), self.ports.now())
        key = f"{act} {next(self._keys)}"
        assert record(case, event, (), key, self.ports) is True

    def answered(self, days: float = 0, **details: Any) -> Case:
        """Stores a complaint and answers it after so many days; the clock goes on."""
        case = self.file()
        self.clock.forward(days=days)
        self.act(case, "decision", **details)
        return case


def damage_case(reference: str, ports: Ports) -> None:
    """Changes what is stored of a case, so that it does not decrypt."""
    assert isinstance(ports.store, SqliteStore)
    ports.store._database.write(  # noqa: SLF001 - no method of the store damages one
        lambda db: db.execute(
            "UPDATE cases SET content = replace(content, substr(content, 40, 6), 'AAAAAA') "
            "WHERE reference = ?",
            (reference,),
        )
    )
