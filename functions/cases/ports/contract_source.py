"""The port for contracts and pages."""

from typing import Protocol

from functions.model.contract.contract import Contract, Current
from functions.model.pages.page_set import KindPages, SitePages


class ContractSource(Protocol):
    """Contracts and pages by digest; they never change, so they may be cached for good.

    Each method raises ContractMissing, ContractDamaged or ContractUnavailable.
    """

    def contract(self, digest: str) -> Contract:
        """The contract with that digest."""

    def pages(self, digest: str) -> KindPages:
        """The pages of one contract in one language."""

    def site(self, digest: str) -> SitePages:
        """The site's own pages in one language."""

    def current(self) -> Current:
        """The digests of the contracts and site pages that a new visitor gets."""
