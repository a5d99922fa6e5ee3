"""Begins the session of a member of staff at login, and ends it at logout.

The session is a token that the browser keeps. What stands in the token stays valid, so the id of a
session that was ended is kept until the token is over.
"""

import secrets
from datetime import timedelta

from functions.cases.desk.access import Person, find_person
from functions.cases.ports.ports import Ports
from functions.cases.tokens import DESK_SESSION
from functions.model.errors import TokenInvalid

_LONGER = timedelta(hours=1)
"""How much longer the id is kept than any token of the session can be valid."""


def begin_session(person: Person, ports: Ports) -> str:
    """The token of a new session, valid for DESK_SESSION and never prolonged."""
    claim = f"{person.organisation}.{person.mark}.{secrets.token_urlsafe(12)}"
    return ports.tokens.seal("desk", claim, ports.now() + DESK_SESSION)


def session_person(token: str, ports: Ports) -> Person | None:
    """The member of staff whose session it is, as of today; None if it is over.

    Raises ContractError, StoreError.
    """
    try:
        organisation, sought, id_ = _read(token, ports)
    except TokenInvalid:
        return None
    if ports.counters.current_count(_ended(id_)):
        return None
    return find_person(organisation, sought, ports)


def end_session(token: str, ports: Ports) -> None:
    """Ends a session in every browser that has its token; others of the person go on.

    Raises StoreError.
    """
    try:
        _, _, id_ = _read(token, ports)
    except TokenInvalid:
        return
    ports.counters.increment(_ended(id_), ports.now() + DESK_SESSION + _LONGER)


def _read(token: str, ports: Ports) -> tuple[str, str, str]:
    """Organisation, mark and id; sessions begun before 0.2.0 have none, and are their person's."""
    organisation, _, rest = ports.tokens.open("desk", token, ports.now()).partition(".")
    sought, _, id_ = rest.partition(".")
    return organisation, sought, id_ or sought


def _ended(id_: str) -> str:
    return f"session ended:{id_}"
