"""Opens a case for a member of staff, in one place for all pages and files of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from functions.cases.desk.access import may_open
from functions.cases.desk.handling import Handling, handling
from functions.cases.desk.holding import Holding, applicable_steps, holding, is_kept_from
from functions.cases.desk.permissions import correctable
from functions.cases.open_case import open_case
from functions.cases.ports.desk_store import AccessEntry
from functions.model.attachment import Attachment
from functions.model.case import Case, CaseEvent
from functions.model.case_log import case_acts, recorded_acts
from functions.model.contract.procedure import KindProcedure, Procedure, Step
from functions.model.desk.staff import StaffMember, marks
from functions.observability.request_context import note_case
from functions.views.case_file import CaseFile
from functions.views.desk.case.people import (
    People,
    known_people,
    mentioned,
    sees_log,
    sees_names,
)
from functions.views.desk.case.thread import ThreadReader
from functions.web.desk.visit import NotFound, Visit

OF_FILE = "file:"
"""What the access log calls a file: this, and its id."""


@dataclass(frozen=True)
class OpenedCase:
    """A case that the visitor may open, with all that its pages show of it."""

    visit: Visit
    file: CaseFile
    events: tuple[CaseEvent, ...]

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"/cases/desk/{self.file.case.reference}"

    @cached_property
    def procedure(self) -> Procedure | None:
        """What staff must do by the version; None under a contract of before 0.2.0."""
        digest = self.file.contract.procedure
        return self.visit.ports.contracts.procedure(digest) if digest else None

    @cached_property
    def kind_procedure(self) -> KindProcedure | None:
        """What staff must do with this kind of filing."""
        return self.procedure.kinds.get(self.file.case.kind) if self.procedure else None

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are for this case."""
        happened = self.file.progress.happened
        return applicable_steps(self.file.case, self.file.contract, happened, self.visit.ports)

    @cached_property
    def work(self) -> Handling:
        """The case as its procedure has it handled."""
        return handling(self.file, self.visit.ports)

    @cached_property
    def held(self) -> Holding:
        """Who has the case."""
        happened = self.file.progress.happened
        return holding(self.file.case, self.file.contract, happened, self.visit.ports)

    @cached_property
    def staff(self) -> dict[str, StaffMember]:
        """Current staff by what stands for them on cases, under earlier keys, too."""
        ports, directory = self.visit.ports, self.visit.directory
        day = self.file.today
        return {
            own: member
            for member in directory.staff
            if member.is_current(day)
            for own in marks(ports.keys, directory.organisation, member.address)
        }

    @cached_property
    def people(self) -> People:
        """The names of roles and people."""
        language = self.file.pages.words.language
        return known_people(
            self.file.contract, self.procedure, self.visit.directory, self.staff, language
        )

    @cached_property
    def mentioned(self) -> tuple[str, ...]:
        """The marks of other staff whom the filer's words mention, and whom nobody keeps out."""
        case, happened = self.file.case, self.file.progress.happened
        away = (
            own
            for own, member in self.staff.items()
            if own in self.visit.person.marks
            or is_kept_from(member, case, happened, self.visit.ports)
        )
        return mentioned(case, happened, self.people, away)

    @property
    def channel(self) -> str:
        """How the filing arrived, if staff entered it: the name of the channel."""
        entered, procedure = self.file.case.entered, self.kind_procedure
        if entered is None:
            return ""
        ways = procedure.channels if procedure else ()
        language = self.file.pages.words.language
        names = (way.name.words(language) for way in ways if way.id == entered.channel)
        return next(names, entered.channel)

    @property
    def receipt(self) -> str:
        """Where the filer's receipt is, for the hour in which whoever entered the filing prints it.

        Empty for everybody else: it has the access code.
        """
        entered, file = self.file.case.entered, self.file
        if entered is None or entered.mark not in self.visit.person.marks:
            return ""
        return f"/cases/receipt?token={file.token}"

    @property
    def evidence(self) -> tuple[Attachment, ...]:
        """All files of the case: those filed, and those sent with acts."""
        sent = (file for act in recorded_acts(self.events) for file in act.entry.files)
        return (*self.file.case.attachments, *sent)

    @property
    def sees_names(self) -> bool:
        """Whether the visitor may read whom the filer names."""
        return sees_names(self.visit.person.member.roles, self.steps)

    @property
    def sees_log(self) -> bool:
        """Whether the visitor may read who opened the case."""
        return sees_log(self.visit.person.member.roles, self.steps)

    @property
    def has_scanner(self) -> bool:
        """Whether files are scanned on this installation."""
        return self.visit.ports.scanner is not None

    @property
    def reader(self) -> ThreadReader:
        """What the visitor may see and do in the thread."""
        return ThreadReader(self.sees_names, self.correctable_at)

    @cached_property
    def correctable_at(self) -> frozenset[datetime]:
        """When the entries were recorded that the visitor may take back."""
        return frozenset(act.at for act in correctable(self.work, self.visit.person))

    def has_noted(self, what: str, since: datetime) -> bool:
        """Whether the access log says that the visitor opened this since then."""
        looks = self.visit.ports.lists.looks(self.file.case.reference)
        marks = self.visit.person.marks
        return any(look.what == what and look.at >= since and look.mark in marks for look in looks)

    def note(self, what: str) -> None:
        """Writes to the access log that the visitor opened this; `what` is a page or a file."""
        ports, person = self.visit.ports, self.visit.person
        look = AccessEntry(at=ports.now(), mark=person.mark, person=person.member.name, what=what)
        ports.lists.note_look(self.file.case.reference, look)


def opened(visit: Visit) -> OpenedCase:
    """The case that the address names. Raises NotFound if there is none, or not for the visitor.

    Raises ContractError, StoreError.
    """
    case = visit.ports.store.case(visit.request.path_params["reference"])
    if case is None or case.organisation != visit.person.organisation:
        raise NotFound
    note_case(case.reference)
    events = visit.ports.store.events(case.reference)
    file = open_case(case, visit.ports, (visit.frame.language,), events)
    if not may_open(visit.person, case, file.contract, file.progress.happened, visit.ports):
        raise NotFound
    return OpenedCase(visit, file, events)


def opens(visit: Visit, case: Case) -> bool:
    """Whether the visitor may open another case. Raises ContractError, StoreError."""
    contract = visit.ports.contracts.contract(case.contract)
    happened = case_acts(visit.ports.store.events(case.reference))
    return may_open(visit.person, case, contract, happened, visit.ports)
