"""The sealed link by which staff open a case: it names case and mailbox, by a keyed hash."""

import hmac

from functions.cases.ports.ports import Ports
from functions.cases.tokens import STAFF_LINK
from functions.model.case import Case
from functions.model.contract.kind import Kind
from functions.model.derived_keys import keyed
from functions.model.errors import TokenInvalid


def handling_token(case: Case, mailbox: str, ports: Ports) -> str:
    """What the staff link in a mail to `mailbox` carries: the address only as a keyed hash."""
    claim = f"{case.reference}.{_mark(mailbox, ports.key)}"
    return ports.tokens.seal("handling", claim, ports.now() + STAFF_LINK)


def read_handling_token(token: str, ports: Ports) -> tuple[str, str]:
    """Reference of the case and mark of the mailbox. Raises TokenInvalid."""
    reference, _, mark = ports.tokens.open("handling", token, ports.now()).partition(".")
    return reference, mark


def mailbox_of(mark: str, case: Case, kind: Kind, ports: Ports) -> str:
    """The case's mailbox that the mark stands for. Raises TokenInvalid if there is none."""
    keys = (ports.key, *ports.earlier_keys)
    for address in kind.mailboxes_for(case.submission.category):
        if any(hmac.compare_digest(_mark(address, key), mark) for key in keys):
            return address
    raise TokenInvalid("the handling token is for a mailbox that the case does not go to")


def _mark(mailbox: str, key: bytes) -> str:
    return keyed(key, "mailbox", mailbox)[:16]
