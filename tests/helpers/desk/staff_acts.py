"""Records acts of staff without the desk, as its use cases do."""

from hashlib import sha256
from itertools import count
from typing import Any

from functions.cases.current_calendar import current_calendar
from functions.cases.desk.index import record
from functions.cases.files.attach import SentFile, attach
from functions.cases.notifications import to_filer
from functions.cases.ports.ports import Ports
from functions.model.attachment import Attachment, AttachmentRules
from functions.model.case_log import ActDetails, CaseAct, act_event, case_acts
from functions.model.contract.terms import StaffAct

_NUMBERS = count()


def sent_by_staff(ports: Ports, organisation: str, name: str, content: bytes) -> Attachment:
    """A file that staff have uploaded."""
    files = (SentFile(name, content),)
    taken = attach(AttachmentRules(), organisation, (), files, "", ports)
    (file,) = taken.attachments
    assert file.sha256 == sha256(content).hexdigest()
    return file


def staff_act(ports: Ports, reference: str, act: StaffAct, **details: Any) -> CaseAct:
    """Records an act now, with the mail that tells the filer of what they may see."""
    case = ports.store.case(reference)
    assert case is not None
    contract = ports.contracts.contract(case.contract)
    calendar, _ = current_calendar(contract, ports)
    entry = ActDetails(calendar=calendar, role=contract.name, **details)
    done = CaseAct(ports.now(), act, entry)
    happened = case_acts(ports.store.events(reference))
    mails = to_filer(case, contract.kinds[case.kind], happened, done, ports)
    event = act_event(act, entry, done.at)
    key = f"{act}:{next(_NUMBERS)}"
    assert record(case, event, () if done.is_inside else mails, key, ports) is True
    return done
