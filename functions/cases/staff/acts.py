"""Records what the reader of a staff link does: a member of staff everything, a mailbox little."""

from collections.abc import Mapping

from functions.cases.desk.access import Person
from functions.cases.desk.acts.perform import perform
from functions.cases.filer_acts import ActRecorded, ActRefused
from functions.cases.ports.ports import Ports
from functions.cases.staff.links import MailboxReader
from functions.model.acts import PERSON, ActProblem
from functions.model.desk.staff import StaffMember
from functions.views.case_file import CaseFile


def act_by_link(
    file: CaseFile, reader: Person | MailboxReader, fields: Mapping[str, str], ports: Ports
) -> ActRecorded | ActRefused:
    """Records an act once. Whoever reads a mailbox can only hand the case on to a role, now and
    without words: nobody in particular would stand for what is said.

    Raises ContractError, StoreError.
    """
    if isinstance(reader, Person):
        return perform(file, reader, fields, ports)
    if fields.get("act") != "forwarded" or not reader.may_hand_on:
        return ActRefused((ActProblem("act", "link_only"),))
    if fields.get("to", "").startswith(PERSON):
        return ActRefused((ActProblem("to", "to"),))
    written = ("text", "happened_at", "delivered_on", "delivered_how")
    stated = [name for name in written if fields.get(name, "").strip()]
    if stated:
        return ActRefused(tuple(ActProblem(name, "link_only") for name in stated))
    roles = tuple(filter(None, (reader.handler.role_id,)))
    nobody = StaffMember(address=reader.handler.mailbox, name=reader.handler.mailbox, roles=roles)
    person = Person(file.case.organisation, nobody, marks=("",))
    offered = {name: fields[name] for name in ("act", "to", "once") if name in fields}
    return perform(file, person, offered, ports)
