"""Limits filings and vouchers for each address, and acknowledgements for each mailbox."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from functions.cases.ports.counters import Quota
from functions.model.derived_keys import keyed


@dataclass(frozen=True)
class Allowance:
    """At most `most` in each period of `length`; periods are aligned with the clock.

    Around the boundary of two periods, up to twice as many may pass.
    """

    name: str
    most: int
    length: timedelta

    def quota(self, key: bytes, whose: str, now: datetime) -> Quota:
        """The quota of one address or mailbox, which is stored only as a keyed hash."""
        seconds = int(self.length.total_seconds())
        period = int(now.timestamp()) // seconds
        return Quota(
            key=keyed(key, "quota", f"{self.name}\0{period}\0{whose}"),
            most=self.most,
            ends=datetime.fromtimestamp((period + 1) * seconds, UTC),
        )


FILINGS = Allowance("filings", 300, timedelta(minutes=10))
"""Filings from one address. A factory, a branch or a mobile network shares one address, and on the
day of an incident hundreds of people use it at once; a script to flood mailboxes uses thousands."""

ACKNOWLEDGEMENTS = (
    Allowance("hour", 20, timedelta(hours=1)),
    Allowance("day", 60, timedelta(days=1)),
)
"""Acknowledgements to one mailbox, for filings to all organisations together. A union or a law firm
files for many people in an hour; a victim whose address others enter gets no more than this."""


VOUCHERS = Allowance("vouchers", 1000, timedelta(minutes=10))
"""Vouchers for files, to one address: five files with each of two hundred filings. A person who
sends 32 files and corrects some needs fifty; a script to fill the storage, tens of thousands."""


def mailbox(email: str) -> str:
    """The mailbox of an address, without differences of case and without a `+` suffix."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def from_address(key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """The quota of filings from this address; empty if it is not counted."""
    return _make_address_quota(FILINGS, key, address, now)


def vouchers_to(key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """The quota of vouchers for this address; empty if it is not counted."""
    return _make_address_quota(VOUCHERS, key, address, now)


def _make_address_quota(
    allowance: Allowance, key: bytes, address: str, now: datetime
) -> tuple[Quota, ...]:
    """The quota of an address; empty for this machine's own address.

    Behind a proxy that does not forward client addresses, all clients would share that quota and
    soon nobody could file.
    """
    try:
        if ip_address(address).is_loopback:
            return ()
    except ValueError:
        pass  # a name, not an IP address: counted like any other
    return (allowance.quota(key, address, now),)


def to_mailbox(key: bytes, email: str | None, now: datetime) -> tuple[Quota, ...]:
    """The quotas of acknowledgements to the mailbox; empty without an address."""
    if email is None:
        return ()
    return tuple(allowance.quota(key, mailbox(email), now) for allowance in ACKNOWLEDGEMENTS)
