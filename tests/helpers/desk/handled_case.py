"""A case of a sample organisation that its own staff handle, step by step."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from functions.cases.delivery import drain
from functions.cases.desk.access import Person, as_person
from functions.cases.desk.acts.perform import perform
from functions.cases.desk.enter import EnteredFiling, EntryRefused, enter
from functions.cases.desk.handling import Handling, handling
from functions.cases.desk.offers import Offer, offers
from functions.cases.filer_acts import ActRecorded, ActRefused, follow_up
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.submit import Accepted, Filing, begin_submit
from functions.model.acts import SHOWN_PROPOSALS
from functions.model.case import Case
from functions.model.case_log import ActDetails, recorded_acts
from functions.model.contract.terms import FilerAct, KindId, StaffAct
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile
from tests.conftest import Mailbox, StoppedClock

Problems = list[tuple[str, str]]
"""The field and the code of each problem."""


class HandledCase:
    """One case, and the members of staff of its organisation."""

    def __init__(
        self, organisation: str, ports: Ports, clock: StoppedClock, mailbox: Mailbox
    ) -> None:
        self.organisation, self.ports = organisation, ports
        self.clock, self.mailbox = clock, mailbox
        self.digest = ports.contracts.current().organisations[organisation]
        self.contract = ports.contracts.contract(self.digest)
        self.case: Case | None = None

    def at(self, moment: str) -> None:
        """Stops the clock at a local time of the organisation, `2026-03-02 10:00`."""
        zone = ZoneInfo(self.contract.timezone)
        self.clock.at = datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC)

    def file(self, kind: KindId, moment: str, **answers: str) -> None:
        """Files at a local time, and sends the mails."""
        self.at(moment)
        filing = Filing(kind, self.digest, self.contract.language, ANSWERS | answers, "", moment)
        accepted = begin_submit(filing, self.contract, self.ports)()
        assert isinstance(accepted, Accepted), accepted
        self.case = accepted.case
        drain(self.ports)

    def enter(
        self, person: Person, kind: KindId, channel: str, received: str, **answers: str
    ) -> Accepted | EntryRefused:
        """Enters a filing that reached the organisation at a local time."""
        day, _, at = received.partition(" ")
        language = self.contract.language
        sent = EnteredFiling(kind, ANSWERS | answers, channel, day, at, "once", language)
        outcome = enter(sent, person, self.ports)
        if isinstance(outcome, Accepted):
            self.case = outcome.case
        return outcome

    def staff(self, role: str, place: int = 0) -> Person:
        """A member of staff with a role: the first, or the one at this place."""
        directory = self.ports.contracts.directory(self.organisation)
        assert directory is not None
        member = [each for each in directory.staff if role in each.roles][place]
        return as_person(self.organisation, member, self.ports)

    @property
    def opened(self) -> CaseFile:
        """The case with its progress now."""
        assert self.case is not None
        events = self.ports.store.events(self.case.reference)
        return open_case(self.case, self.ports, (self.contract.language,), events)

    @property
    def work(self) -> Handling:
        """The case as its procedure has it handled."""
        return handling(self.opened, self.ports)

    def does(self, person: Person, act: StaffAct, **fields: str) -> None:
        """Records an act that must be taken."""
        assert self._perform(person, act, fields) == ActRecorded(repeated=False)

    def refuses(self, person: Person, act: StaffAct, **fields: str) -> Problems:
        """What is wrong with an act that must not be taken."""
        outcome = self._perform(person, act, fields)
        assert isinstance(outcome, ActRefused)
        return [(problem.name, problem.code) for problem in outcome.problems]

    def repeats(self, person: Person, act: StaffAct, **fields: str) -> bool:
        """Whether an act is taken as one that was recorded before."""
        return self._perform(person, act, fields) == ActRecorded(repeated=True)

    def filer(self, act: FilerAct, **fields: str) -> None:
        """Records an act of the filer."""
        outcome = follow_up(self.opened, act, fields, self.ports)
        assert outcome == ActRecorded(repeated=False)

    def offers(self, person: Person) -> tuple[Offer, ...]:
        """What a member of staff may record."""
        return offers(self.work, person, self.ports)

    def next_acts(self, person: Person) -> list[StaffAct]:
        """What comes next for a member of staff."""
        return [offer.act for offer in self.offers(person) if offer.is_next]

    def offer(self, person: Person, act: StaffAct) -> Offer:
        """One offer."""
        return next(offer for offer in self.offers(person) if offer.act == act)

    def limit(self, id_: str) -> LimitProgress:
        """A limit of the case."""
        steps = self.opened.progress.steps
        return next(step for step in steps if step.milestone.limit.id == id_)

    def due(self, id_: str) -> str:
        """When a limit ends, in local time."""
        due = self.limit(id_).milestone.due
        assert due is not None
        return f"{due.at:%Y-%m-%d %H:%M}"

    def done(self, id_: str) -> str:
        """When a limit was kept, in local time."""
        done = self.limit(id_).done
        assert done is not None
        return f"{done:%Y-%m-%d %H:%M}"

    @property
    def state(self) -> str:
        """The state of the case."""
        return self.opened.progress.state

    @property
    def shown_proposals(self) -> str:
        """What a form that is opened now says that it shows."""
        proposed = (act for act in self.work.happened if act.act == "proposed")
        return " ".join(act.at.isoformat() for act in proposed)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that have the case."""
        return self.work.held.roles

    @property
    def last(self) -> ActDetails:
        """The details of the last act."""
        assert self.case is not None
        return recorded_acts(self.ports.store.events(self.case.reference))[-1].entry

    def mails(self) -> list[tuple[str, str]]:
        """Type and recipient of each mail that was sent since this was asked last."""
        drain(self.ports)
        sent = [(str(each["Ombud-Mail-Type"]), str(each["To"])) for each in self.mailbox.messages]
        self.mailbox.messages.clear()
        return sorted(sent)

    def _perform(
        self, person: Person, act: StaffAct, fields: dict[str, str]
    ) -> ActRecorded | ActRefused:
        sent = {name.replace("__", "."): value for name, value in fields.items()}
        if act in ("approved", "returned", "decision"):
            sent = {SHOWN_PROPOSALS: self.shown_proposals} | sent
        return perform(self.opened, person, sent | {"act": act}, self.ports)


ANSWERS = {
    "account": "说来话长。",
    "name": "刘方",
    "email": "liu@example.com",
    "consent": "yes",
}
"""What every form of the samples asks; tests add the rest. Two underscores stand for a dot."""
