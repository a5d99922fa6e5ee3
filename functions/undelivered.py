"""What is owed to staff when something went wrong with a case."""

from email.utils import parseaddr
from hashlib import sha256

from functions.case import Case, MailType, OutboxMail
from functions.language import FIRST
from functions.ports import Ports


def undelivered(case: Case, ports: Ports) -> tuple[OutboxMail, ...]:
    """The acknowledgement did not arrive, refused, bounced or complained of: call, once.

    Raises ContractError.
    """
    return staff_mails(case, "undelivered", "undelivered", ports)


def staff_mails(case: Case, type_: MailType, cause: str, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to each mailbox of the case's routes.

    Made again for the same cause they are the same mails, so each mailbox is told once. Raises
    ContractError.
    """
    kind = ports.contracts.contract(case.contract).kinds[case.kind]
    domain = parseaddr(ports.sender)[1].rpartition("@")[2]
    return tuple(
        OutboxMail(
            message_id=f"<{_local_part(cause, case.reference, address)}@{domain}>",
            reference=case.reference,
            type=type_,
            recipient=address,
            language=FIRST,
        )
        for address in kind.mailboxes_for(case.submission.category)
    )


def _local_part(cause: str, reference: str, address: str) -> str:
    return sha256(f"{cause}\0{reference}\0{address}".encode()).hexdigest()[:32]
