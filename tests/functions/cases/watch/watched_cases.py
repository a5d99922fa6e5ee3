"""Cases whose dates are watched, filed and acted on at given moments; and the reminders."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from functions.cases.desk.index import record
from functions.cases.ports.case_store import Idempotency, Stored
from functions.cases.ports.ports import Ports
from functions.cases.watch.watching import watch
from functions.model.answers.submission import Submission
from functions.model.case import Case
from functions.model.case_log import ActDetails, act_event
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.mail import TYPE_HEADER
from tests.conftest import Mailbox, StoppedClock

_OF_FILERS = ("information", "withdrawn", "review_requested", "satisfaction")


@dataclass(frozen=True)
class Sent:
    """A mail that reminds: when it went, to whom, and what its plain text says line by line."""

    at: datetime
    to: str
    subject: str
    lines: tuple[str, ...]


@dataclass
class WatchedCases:
    """A store of cases under a stopped clock; each test names its references."""

    ports: Ports
    clock: StoppedClock
    mailbox: Mailbox
    cases: dict[str, Case] = field(default_factory=dict)

    def file(
        self, organisation: str, reference: str, kind: KindId = "complaint", /, **answers: str
    ) -> None:
        """Stores a filing that arrives now."""
        current, now = self.ports.contracts.current(), self.clock.at
        digest = current.organisations[organisation]
        contract = self.ports.contracts.contract(digest)
        case = Case(
            reference=reference,
            organisation=organisation,
            kind=kind,
            contract=digest,
            language="zh-CN",
            received_at=now,
            retained_until=contract.retained_until(now),
            submission=Submission.model_validate({"account": "说明", "name": "李四"} | answers),
            calendar=current.calendars[contract.calendar],
        )
        key = Idempotency(key=reference, fingerprint=reference, expires_at=now)
        assert self.ports.store.accept(case, (), key) == Stored()
        self.cases[reference] = case

    def act(self, reference: str, act: StaffAct | FilerAct, **details: object) -> None:
        """Records an act now: with its summary as the desk does, or without as filers' acts are."""
        case, now = self.cases[reference], self.clock.at
        calendar = self.ports.contracts.current().calendars
        known = {"calendar": calendar[self.ports.contracts.contract(case.contract).calendar]}
        event = act_event(act, ActDetails.model_validate(known | details), now)
        is_filers = act in _OF_FILERS
        key = f"{act} {now.isoformat()} {details}"
        assert record(case, event, (), key, self.ports, summarised=not is_filers) is True

    def reminders(self) -> tuple[EmailMessage, ...]:
        """The mails that reminded so far."""
        return tuple(each for each in self.mailbox.messages if each[TYPE_HEADER] == "reminder")

    def sweep(self) -> tuple[Sent, ...]:
        """Sweeps now; returns the reminders that went."""
        before = len(self.reminders())
        count = watch(self.ports)
        sent = self.reminders()[before:]
        assert count == len(sent)
        return tuple(read(each, self.clock.at) for each in sent)

    def until(self, end: datetime, step: timedelta) -> Iterator[Sent]:
        """Sweeps again and again up to and with `end`, and stops the clock there."""
        while self.clock.at < end:
            yield from self.sweep()
            self.clock.at = min(self.clock.at + step, end)
        yield from self.sweep()


def read(mail: EmailMessage, at: datetime) -> Sent:
    """What a reader sees of a mail as plain text, without blank lines."""
    body = mail.get_body(("plain",))
    assert body is not None
    content: str = body.get_content()
    lines = tuple(line.strip() for line in content.splitlines() if line.strip())
    return Sent(at, str(mail["To"]), str(mail["Subject"]), lines)


def under_other_contracts(cases: WatchedCases, ports: Ports) -> WatchedCases:
    """The same store and clock with other ports."""
    return replace(cases, ports=ports)
