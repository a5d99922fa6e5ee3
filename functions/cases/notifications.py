"""The mails that a case comes to owe when somebody does something: made again, they are the same.

They say that there is something to read, and hold nobody's words: to read, the filer needs the
access code, and staff the sealed link.
"""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from functools import cache
from hashlib import sha256

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.case_log import CaseAct
from functions.model.language import FIRST
from functions.model.mail import MailType, OutboxMail

_HOUR = 3600


def to_staff(case: Case, key: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to each mailbox of the case's routes; made again for `key`, the same mails."""
    return staff_mails(case, "added", f"added\0{key}", ports)


def to_filer(
    case: Case, happened: Iterable[CaseAct], now: datetime, ports: Ports
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


@cache  # the sender is a setting
def sender_domain(sender: str) -> str:
    """The domain that Message-IDs end with."""
    return parseaddr(sender)[1].rpartition("@")[2]


def message_id(content: str, ports: Ports) -> str:
    """The Message-ID of the mail that `content` stands for: the same content, the same mail."""
    digest = sha256(content.encode()).hexdigest()[:32]
    return f"<{digest}@{sender_domain(ports.sender)}>"


def staff_mails(case: Case, type_: MailType, cause: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to each mailbox of the case's routes.

    Made again for the same cause they are the same mails, so each mailbox is told once. Raises
    ContractError.
    """
    kind = ports.contracts.contract(case.contract).kinds[case.kind]
    return tuple(
        OutboxMail(
            message_id=message_id(f"{cause}\0{case.reference}\0{address}", ports),
            reference=case.reference,
            type=type_,
            recipient=address,
            language=FIRST,
        )
        for address in kind.mailboxes_for(case.submission.category)
    )


def undelivered(case: Case, ports: Ports) -> tuple[OutboxMail, ...]:
    """The acknowledgement did not arrive, refused, bounced or complained of: call, once.

    Raises ContractError.
    """
    return staff_mails(case, "undelivered", "undelivered", ports)
