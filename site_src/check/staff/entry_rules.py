"""Checks each entry of staff.yaml: its roles exist, and its address is one person's."""

from collections import Counter
from collections.abc import Iterator

from site_src.bilingual import Bilingual
from site_src.check.reference_rules import no_such
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_place
from site_src.policy.model.policy import Policy
from site_src.policy.staff.reading import Roster


def entry_findings(organisation: Editions, roster: Roster) -> Iterator[Finding]:
    """Every finding about single entries.

    A role of any version may be named: cases stay under the version they were filed under.
    """
    yield from _unknown_roles(organisation, roster)
    yield from _repeated(roster)
    yield from _public(organisation, roster)


def _unknown_roles(organisation: Editions, roster: Roster) -> Iterator[Finding]:
    known = {role.id for edition in organisation.editions for role in edition.policy.roles}
    for at, entry in enumerate(roster.entries):
        for index, role in enumerate(entry.roles):
            if role not in known:
                message, remedy = no_such("role", role, known)
                place = ("staff", at, "roles", index)
                yield at_place(roster.reading, place, "reference-unknown", message, remedy)


def _repeated(roster: Roster) -> Iterator[Finding]:
    """Whoever logs in by the address is one person, with one list of roles."""
    counted = Counter(entry.address.casefold() for entry in roster.entries)
    for at, entry in enumerate(roster.entries):
        if counted[entry.address.casefold()] > 1:
            message = Bilingual(
                f"more than one entry has the address {entry.address}",
                f"有不止一条的 address 是 {entry.address}",
            )
            remedy = Bilingual(
                "Keep one entry with all roles, or give each person an address of their own.",
                "同一个人请合并成一条，列出全部角色；不同的人请各写各的邮箱。",
            )
            place = ("staff", at, "address")
            yield at_place(roster.reading, place, "staff-repeated", message, remedy)


def _public(organisation: Editions, roster: Roster) -> Iterator[Finding]:
    """The public writes to a channel and several people read it: it tells nobody who acted."""
    public = {
        value.casefold(): clause
        for edition in organisation.editions
        for value, clause in _published(edition.policy)
    }
    for at, entry in enumerate(roster.entries):
        if clause := public.get(entry.address.casefold()):
            message = Bilingual(
                f"{entry.address} is a public address of the procedure, so it is nobody's own",
                f"{entry.address} 是办法对外公布的邮箱，不属于某一个人",
            )
            remedy = Bilingual(
                "Write the person's own address: it logs one in, and acts are recorded under it.",
                "请写这个人自己的邮箱：凭它登录，所作的处理也记在这个人名下。",
            )
            place = ("staff", at, "address")
            yield at_place(roster.reading, place, "staff-public", message, remedy, clause)


def _published(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every value under which the public reaches somebody, and the clause that says it."""
    for channel in policy.channels:
        if channel.value:
            yield channel.value, channel.clause
    contacts = [contact for branch in policy.branches for contact in branch.contacts]
    contacts += [contact for review in policy.reviews for contact in review.contacts]
    yield from ((contact.value, contact.clause) for contact in contacts)
