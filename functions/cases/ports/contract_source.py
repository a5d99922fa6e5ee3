"""The port of the contracts."""

from typing import Protocol

from functions.model.contract.contract import Contract, Current
from functions.model.contract.directory import Directory
from functions.model.deadlines.calendar import Calendar
from functions.model.pages.page_set import KindPages, SitePages


class ContractSource(Protocol):
    """Contracts, pages and calendars by digest, which never change, and what is current.

    Each method raises ContractMissing, ContractDamaged or ContractUnavailable.
    """

    def contract(self, digest: str) -> Contract:
        """What one policy version promises."""

    def pages(self, digest: str) -> KindPages:
        """The pages of one contract in one language."""

    def site(self, digest: str) -> SitePages:
        """The pages that belong to no organisation."""

    def calendar(self, digest: str) -> Calendar:
        """The days off of a country as they were known at one time."""

    def current(self) -> Current:
        """What holds now: each organisation's contract, the calendars, the site's pages."""

    def directory(self, organisation: str) -> Directory | None:
        """What is current of an organisation; None where the build that is there wrote none."""
