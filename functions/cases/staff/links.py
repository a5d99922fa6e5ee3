"""Seals and opens the links by which staff open a case."""

import hmac

from functions.cases.ports.ports import Ports
from functions.cases.staff.handlers import Handler, handlers
from functions.cases.tokens import STAFF_LINK
from functions.model.case import Case
from functions.model.derived_keys import keyed
from functions.model.errors import TokenInvalid
from functions.views.case_file import CaseFile


def handling_token(case: Case, mailbox: str, ports: Ports) -> str:
    """The token of a staff link for `mailbox`, of which it has only a keyed hash."""
    claim = f"{case.reference}.{_hash_mailbox(mailbox, ports.key)}"
    return ports.tokens.seal("handling", claim, ports.now() + STAFF_LINK)


def read_handling_token(token: str, ports: Ports) -> tuple[str, str]:
    """The reference of the case and the mark (keyed hash) of the mailbox. Raises TokenInvalid."""
    reference, _, mark = ports.tokens.open("handling", token, ports.now()).partition(".")
    return reference, mark


def handler_of(mark: str, file: CaseFile, ports: Ports) -> Handler:
    """Who has the case and this mark today. Raises TokenInvalid if nobody has, ContractError."""
    keys = (ports.key, *ports.earlier_keys)
    for recipient in handlers(file.case, file.contract, file.progress.happened, ports):
        if any(hmac.compare_digest(_hash_mailbox(recipient.mailbox, key), mark) for key in keys):
            return recipient
    raise TokenInvalid("the handling token is for a mailbox that does not get this case")


def _hash_mailbox(mailbox: str, key: bytes) -> str:
    return keyed(key, "mailbox", mailbox)[:16]
