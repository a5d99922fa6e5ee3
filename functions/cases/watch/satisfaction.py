"""Asks the filer, once, whether they are satisfied, where the procedure has somebody ask."""

from functions.cases.desk.index import ask_at
from functions.cases.notifications import message_id
from functions.cases.ports.ports import Ports
from functions.model.case import CaseEvent, WatchEvent
from functions.model.desk.stages import Office
from functions.model.mail import OutboxMail
from functions.views.case_file import CaseFile

_ASKED: WatchEvent = "satisfaction_asked"


def ask_if_due(file: CaseFile, events: tuple[CaseEvent, ...], office: Office, ports: Ports) -> bool:
    """Whether it was time; then the filer is owed the mail, and an event keeps that from happening
    again.

    Raises ContractError, StoreError.
    """
    at, email = ask_at(file, events, office, ports), file.case.submission.email
    if at is None or email is None or at > file.now or office.when_open(file.now) != file.now:
        return False
    mail = OutboxMail(
        message_id=message_id(f"satisfaction\0{file.case.reference}", ports),
        reference=file.case.reference,
        type="satisfaction",
        recipient=email,
        language=file.case.language,
    )
    event = CaseEvent(at=file.now, type=_ASKED, detail="")
    ports.store.add_event(file.case.reference, event, (mail,), _ASKED)
    return True
