"""The mails that one side is owed when the other has done something.

They say that there is something to read, and hold nobody's words: to read, the filer needs the
access code, and staff the sealed link.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime

from functions.cases.owed_mails import message_id, staff_mails
from functions.cases.ports.ports import Ports
from functions.cases.tokens import STAFF_LINK
from functions.model.case import Case
from functions.model.case_log import Happening
from functions.model.contract.kind import Kind
from functions.model.derived_keys import keyed
from functions.model.errors import TokenInvalid
from functions.model.mail import OutboxMail

_HOUR = 3600


def to_staff(case: Case, key: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to each mailbox of the case's routes; made again for `key`, the same mails."""
    return staff_mails(case, "added", f"added\0{key}", ports)


def to_filer(
    case: Case, happened: Iterable[Happening], now: datetime, ports: Ports
) -> tuple[tuple[OutboxMail, ...], datetime]:
    """The mail that tells the filer, if an address was given, and when it is due.

    At most one in each hour of the clock: what follows in the same hour is told when the next
    begins, once for all of it, so that no answer stays untold.
    """
    hour = int(now.timestamp()) // _HOUR
    taken: set[int] = set()
    for one in happened:
        if one.party == "organisation":
            then = int(one.at.timestamp()) // _HOUR
            taken.add(then + (then in taken))
    told = hour in taken
    due_at = datetime.fromtimestamp((hour + 1) * _HOUR, now.tzinfo) if told else now
    if case.submission.email is None:
        return (), due_at
    mail = OutboxMail(
        message_id=message_id(f"update\0{case.reference}\0{hour + told}", ports),
        reference=case.reference,
        type="update",
        recipient=case.submission.email,
        language=case.language,
    )
    return (mail,), due_at


def handling_token(case: Case, mailbox: str, ports: Ports) -> str:
    """What the staff link in a mail to `mailbox` carries: the address only as a keyed hash."""
    claim = f"{case.reference}.{_mark(mailbox, ports)}"
    return ports.tokens.seal("handling", claim, ports.now() + STAFF_LINK)


def read_handling_token(token: str, ports: Ports) -> tuple[str, str]:
    """Reference of the case and mark of the mailbox. Raises TokenInvalid."""
    reference, _, mark = ports.tokens.open("handling", token, ports.now()).partition(".")
    return reference, mark


def mailbox_of(mark: str, case: Case, kind: Kind, ports: Ports) -> str:
    """The case's mailbox that the mark stands for. Raises TokenInvalid if there is none."""
    for address in kind.mailboxes_for(case.submission.category):
        if hmac.compare_digest(_mark(address, ports), mark):
            return address
    raise TokenInvalid("the handling token is for a mailbox that the case does not go to")


def _mark(mailbox: str, ports: Ports) -> str:
    return keyed(ports.key, "mailbox", mailbox)[:16]
