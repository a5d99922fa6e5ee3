"""Reads and checks one organisation, or all of them."""

from pathlib import Path

from site_src.check.rules import check_edition
from site_src.errors import PoliciesRejected
from site_src.policy.editions import Published, check_editions, read_published
from site_src.policy.finding import Finding
from site_src.policy.load import Editions, folders, load_editions


def known_published(policies: Path) -> tuple[Published, tuple[Finding, ...]]:
    """What has been published, and why that cannot be read, if it cannot."""
    try:
        return read_published(policies), ()
    except PoliciesRejected as error:
        return Published({}), error.findings


def checked(folder: Path, published: Published) -> tuple[Editions | None, tuple[Finding, ...]]:
    """The organisation in that folder, if it can be read, and every finding of it."""
    loaded = load_editions(folder)
    if not isinstance(loaded, Editions):
        return None, loaded
    findings = [finding for edition in loaded.editions for finding in check_edition(edition)]
    return loaded, (*findings, *check_editions(loaded, published))


def read_all(
    policies: Path, organisations: tuple[str, ...] = ()
) -> tuple[tuple[Editions, ...], tuple[Finding, ...]]:
    """Every organisation that can be read, and every finding of all of them.

    What is wrong with a shared clause is told once. Raises UnknownOrganisation.
    """
    read: list[Editions] = []
    published, told = known_published(policies)
    findings = list(told)
    for folder in folders(policies, organisations):
        loaded, found = checked(folder, published)
        findings.extend(found)
        if loaded is not None:
            read.append(loaded)
    return tuple(read), tuple(dict.fromkeys(findings))


def bases(editions: Editions, policies: Path) -> list[str]:
    """The policies that any edition extends, and those that they extend, sorted."""
    found: set[str] = set()
    waiting = [editions]
    while waiting:
        for edition in waiting.pop().editions:
            extends = edition.policy.extends
            if extends and extends.policy not in found:
                found.add(extends.policy)
                base = load_editions(policies / extends.policy)
                if isinstance(base, Editions):
                    waiting.append(base)
    return sorted(found)
