"""Logs a newcomer in as a member of a sample's staff, on a site that only this machine serves."""

from urllib.parse import urlsplit

from functions.cases.desk.access import DESK, Person, find_person
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.model.desk.staff import mark

_ORGANISATION = "car-dealer"
_ROLE = "customer-service"


def is_local(site_url: str) -> bool:
    """Whether the site is for this machine only: a published one shows nothing of developers."""
    return urlsplit(site_url).hostname in ("localhost", "127.0.0.1", "::1")


def sample_login(ports: Ports) -> str:
    """A link that logs a member of staff of the sample car dealer in, as one in a mail does.

    Empty if the site is not for this machine only, or has no such person. Raises ContractError,
    StoreError.
    """
    person = _member(ports)
    if person is None or not is_local(ports.site_url):
        return ""
    return link_for(person, DESK, ports)


def _member(ports: Ports) -> Person | None:
    if _ORGANISATION not in ports.contracts.current().organisations:
        return None
    directory = ports.contracts.directory(_ORGANISATION)
    for member in directory.staff if directory else ():
        if _ROLE in member.roles:
            own = mark(ports.key, _ORGANISATION, member.address)
            if person := find_person(_ORGANISATION, own, ports):
                return person
    return None
