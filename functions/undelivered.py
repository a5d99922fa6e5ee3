"""What is owed to staff when a filer's acknowledgement did not arrive: call."""

from email.utils import parseaddr
from hashlib import sha256

from functions.language import FIRST
from functions.ports import Case, OutboxMail, Ports


def undelivered(case: Case, ports: Ports) -> tuple[OutboxMail, ...]:
    """A mail to each mailbox of the case's routes.

    Made again they are the same mails, so a case tells each mailbox once, whether its
    acknowledgement is refused, bounces or is complained of. Raises
    ContractError.
    """
    kind = ports.contracts.contract(case.contract).kinds[case.kind]
    domain = parseaddr(ports.sender)[1].rpartition("@")[2]
    return tuple(
        OutboxMail(
            message_id=f"<{_local_part(case.reference, address)}@{domain}>",
            reference=case.reference,
            type="undelivered",
            recipient=address,
            language=FIRST,
        )
        for address in kind.mailboxes_for(case.submission.category)
    )


def _local_part(reference: str, address: str) -> str:
    return sha256(f"undelivered\0{reference}\0{address}".encode()).hexdigest()[:32]
