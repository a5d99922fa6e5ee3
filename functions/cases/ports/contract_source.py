"""The port of the contracts."""

from typing import Protocol

from functions.model.contract.contract import Contract, Current
from functions.model.pages.page_set import KindPages, SitePages


class ContractSource(Protocol):
    """Contracts and pages by digest; both never change, so both may be cached for good.

    Each method raises ContractMissing, ContractDamaged or ContractUnavailable.
    """

    def contract(self, digest: str) -> Contract:
        """What one policy version promises."""

    def pages(self, digest: str) -> KindPages:
        """The pages of one contract in one language."""

    def site(self, digest: str) -> SitePages:
        """The pages that belong to no organisation."""

    def current(self) -> Current:
        """What a new visitor gets."""
