"""Limits filings, vouchers and bytes for each address, and acknowledgements for each mailbox."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.model.acts import MOST_A_DAY
from functions.model.attachment import MEGABYTE
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


BYTES = (
    Allowance("bytes", 500 * MEGABYTE, timedelta(minutes=10)),
    Allowance("bytes a day", 4000 * MEGABYTE, timedelta(days=1)),
)
"""Bytes of files from one address: a hundred filings with a photo or two in ten minutes."""

ALL_BYTES = Allowance("all bytes", 20_000 * MEGABYTE, timedelta(days=1))
"""Bytes of files from everybody in a day. Files that no case claims are removed after a day, so
thousands of addresses cannot fill a disk that has room for two days."""

ENTRIES = Allowance("entries", MOST_A_DAY, timedelta(days=1))
"""Entries of one party on a case."""

_SAME_DOMAINS = {
    "googlemail.com": "gmail.com",
    "mac.com": "icloud.com",
    "me.com": "icloud.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
}
"""Domains under which a provider delivers to the same mailboxes, with the one that is counted."""

_IGNORED = {"gmail.com": ".", "proton.me": ".-_"}
"""Characters before the @ that a provider ignores."""


def mailbox(email: str) -> str:
    """The mailbox that an address leads to, whatever its spelling.

    Neither case nor a `+` suffix makes another mailbox, nor does what its provider ignores.
    """
    local, _, domain = email.lower().rpartition("@")
    domain = _SAME_DOMAINS.get(domain, domain)
    local = local.partition("+")[0] or local
    return f"{local.translate(dict.fromkeys(map(ord, _IGNORED.get(domain, ''))))}@{domain}"


def from_address(key: bytes, address: str, now: datetime) -> tuple[Quota, ...]:
    """The quota of filings from this address; empty if it is not counted."""
    return _make_address_quota(FILINGS, key, address, now)


def count_voucher(address: str, size: int, ports: Ports) -> datetime | None:
    """Counts a voucher for `size` bytes; over quota, returns when the next one is available.

    Concurrent requests may exceed a quota by a few, which does no harm.
    """
    for quota in _make_address_quota(VOUCHERS, ports.key, address, ports.now()):
        if ports.counters.increment(quota.key, quota.ends) > quota.most:
            return quota.ends
    return count_bytes(address, size, ports)


def count_bytes(address: str, size: int, ports: Ports) -> datetime | None:
    """Counts bytes that are about to be stored; over quota, returns when to send them again."""
    now = ports.now()
    quotas = [
        quota
        for allowance in BYTES
        for quota in _make_address_quota(allowance, ports.key, address, now)
    ]
    for quota in (*quotas, ALL_BYTES.quota(ports.key, "", now)):
        if ports.counters.increment(quota.key, quota.ends, size) > quota.most:
            return quota.ends
    return None


def entries_of(key: bytes, reference: str, party: str, now: datetime) -> tuple[Quota, ...]:
    """The quota of entries of one party on a case."""
    return (ENTRIES.quota(key, f"{party}\0{reference}", now),)


def _make_address_quota(
    allowance: Allowance, key: bytes, address: str, now: datetime
) -> tuple[Quota, ...]:
    """The quota of an address; empty where the address is unknown."""
    return (allowance.quota(key, address, now),) if address else ()


def to_mailbox(key: bytes, email: str | None, now: datetime) -> tuple[Quota, ...]:
    """The quotas of acknowledgements to the mailbox; empty without an address."""
    if email is None:
        return ()
    whose = mailbox(email)
    quotas = [allowance.quota(key, whose, now) for allowance in ACKNOWLEDGEMENTS]
    longest = max(quotas, key=lambda quota: quota.ends)
    return tuple(quota.model_copy(update={"together": longest.key}) for quota in quotas)
