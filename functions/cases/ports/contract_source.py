"""The port for contracts and pages."""

from typing import Protocol

from functions.model.contract.contract import Contract, Current
from functions.model.contract.directory import Directory
from functions.model.contract.procedure import Procedure
from functions.model.deadlines.calendar import Calendar
from functions.model.language import Language
from functions.model.pages.page_set import KindPages, SitePages


class ContractSource(Protocol):
    """Contracts, pages and calendars by digest, which never change; and what is current.

    Each method but `language` raises ContractMissing, ContractDamaged or ContractUnavailable.
    """

    def contract(self, digest: str) -> Contract:
        """The contract with that digest."""

    def pages(self, digest: str, language: Language) -> KindPages:
        """The pages of the contract with that digest, in one of its languages."""

    def site(self, digest: str) -> SitePages:
        """The site's own pages in one language."""

    def calendar(self, digest: str) -> Calendar:
        """The days off of a country as they were known at one time."""

    def current(self) -> Current:
        """The digests of the contracts, calendars and site pages that a new visitor gets."""

    def language(self) -> Language:
        """The site's first language; the last one known while what is current cannot be read."""

    def procedure(self, digest: str) -> Procedure:
        """What staff must do by the version whose contract names this digest."""

    def directory(self, organisation: str) -> Directory | None:
        """What is current of an organisation; None where the build that is there wrote none."""
