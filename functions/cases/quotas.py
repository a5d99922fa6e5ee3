"""How much is taken from one sender, and sent to one mailbox, in a stretch of time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from functions.cases.ports.counters import Quota
from functions.model.derived_keys import keyed


@dataclass(frozen=True)
class Allowance:
    """So many in each stretch of `length`; stretches follow the clock, not the first of them.

    Around the turn of two stretches twice as many may pass.
    """

    name: str
    most: int
    length: timedelta

    def quota(self, key: bytes, whose: str, now: datetime) -> Quota:
        """The count of one address or mailbox, which is kept only as a keyed hash."""
        seconds = int(self.length.total_seconds())
        stretch = int(now.timestamp()) // seconds
        return Quota(
            key=keyed(key, "quota", f"{self.name}\0{stretch}\0{whose}"),
            most=self.most,
            ends=datetime.fromtimestamp((stretch + 1) * seconds, UTC),
        )


FILINGS = Allowance("filings", 300, timedelta(minutes=10))
"""From one address. A factory, a branch or a mobile network shares one, and on the day of an
incident hundreds of people use it at once; a script that fills mailboxes wants thousands."""

ACKNOWLEDGEMENTS = (
    Allowance("hour", 20, timedelta(hours=1)),
    Allowance("day", 60, timedelta(days=1)),
)
"""To one mailbox, whichever organisations the filings are for. A union or a lawyer's office files
for many in an hour; a victim whose address others type in gets no more than this."""


VOUCHERS = Allowance("vouchers", 1000, timedelta(minutes=10))
"""For files, to one address: five files with each of two hundred filings. A person who sends
32 of them and mends some wants fifty; a script that fills the shelf wants tens of thousands."""


def mailbox(email: str) -> str:
    """What tells mailboxes apart: case does not, nor what follows a plus sign."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def from_address(key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """The count that a filing from this address adds to, if it is counted."""
    return _of_address(FILINGS, key, address, now)


def vouchers_to(key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """The count that a voucher for this address adds to, if it is counted."""
    return _of_address(VOUCHERS, key, address, now)


def _of_address(allowance: Allowance, key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """No count for this machine's own address.

    Behind a proxy that does not name its clients all of them would share it, and the hundredth
    stranger would be kept from filing.
    """
    try:
        if ip_address(address).is_loopback:
            return ()
    except ValueError:
        pass  # no address but a name: counted like any other
    return (allowance.quota(key, address, now),)


def to_mailbox(key: bytes, email: str | None, now: datetime) -> tuple[Quota, ...]:
    """The counts that an acknowledgement adds to; none without an address."""
    if email is None:
        return ()
    return tuple(one.quota(key, mailbox(email), now) for one in ACKNOWLEDGEMENTS)
