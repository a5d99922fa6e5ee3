"""Mails that a case comes to owe when something happens to it: made again, they are the same."""

from email.utils import parseaddr
from functools import cache
from hashlib import sha256

from functions.cases.ports.ports import Ports
from functions.model.case import Case
from functions.model.language import FIRST
from functions.model.mail import MailType, OutboxMail


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
