"""Reads, checks and caches contracts and pages: one file each, named by its digest."""

from abc import ABC, abstractmethod
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, ValidationError

from functions.adapters.contracts.reading import StoredContract, read_contract, read_model
from functions.model.contract.contract import Contract, Current
from functions.model.contract.digest import is_digest
from functions.model.contract.directory import Directory
from functions.model.deadlines.calendar import Calendar
from functions.model.errors import ContractDamaged, ContractError, ContractMissing
from functions.model.language import FIRST, Language
from functions.model.pages.arranged import arranged_pages
from functions.model.pages.page_set import KindPages, SitePages
from functions.model.pages.release_pages import RELEASE_FOLDER, ReleasePages

if TYPE_CHECKING:
    from functions.model.contract.procedure import Procedure

_MOST_KEPT = 256
"""Contracts and pages in memory: enough for those in use, not for all of 10,000 organisations."""


class Contracts(ABC):
    """Caches contracts and pages, least recently used out first: a digest's content never changes.

    Subclasses read the files.
    """

    def __init__(self) -> None:
        self._model = lru_cache(maxsize=_MOST_KEPT)(self._load)
        self._stored = lru_cache(maxsize=_MOST_KEPT)(self._load_contract)
        self._pages = lru_cache(maxsize=_MOST_KEPT)(self._load_pages)
        self._completed = lru_cache(maxsize=_MOST_KEPT)(self._complete)
        self._language: Language = FIRST

    @abstractmethod
    def content(self, name: str) -> bytes:
        """Returns the content of the file. Raises ContractMissing or ContractUnavailable."""

    def contract(self, digest: str) -> Contract:
        """See ContractSource."""
        return self._stored(digest).contract

    def pages(self, digest: str, language: Language) -> KindPages:
        """See ContractSource."""
        pages = self._pages(digest, language)
        try:
            site = self.current().site.get(pages.words.language)
        except ContractMissing:
            site = None  # nothing is published yet, so there are no later messages
        return self._completed(digest, language, site) if site else pages

    def site(self, digest: str) -> SitePages:
        """See ContractSource."""
        return cast(SitePages, self._model(SitePages, digest))

    def calendar(self, digest: str) -> Calendar:
        """See ContractSource."""
        return cast(Calendar, self._model(Calendar, digest))

    def procedure(self, digest: str) -> "Procedure":
        """See ContractSource."""
        from functions.model.contract.procedure import PROCEDURE_FOLDER, Procedure

        return cast(Procedure, self._model(Procedure, digest, PROCEDURE_FOLDER))

    def directory(self, organisation: str) -> Directory | None:
        """See ContractSource."""
        try:
            return cast(Directory, self.pointer(Directory, f"directory/{organisation}.json"))
        except ContractMissing:
            return None

    def current(self) -> Current:
        """See ContractSource."""
        return cast(Current, self.pointer(Current, "current.json"))

    def language(self) -> Language:
        """See ContractSource."""
        with suppress(ContractError):
            self._language = self.current().language
        return self._language

    def pointer(self, model: type[BaseModel], name: str) -> BaseModel:
        """A file that a build replaces, as it is now. Raises as `content`, and ContractDamaged."""
        try:
            return model.model_validate_json(self.content(name))
        except ValidationError as error:
            raise ContractDamaged(f"{name} does not fit its model") from error

    def _complete(self, digest: str, language: Language, site: str) -> KindPages:
        """The pages with the site's messages that were added since they were built."""
        pages = self._pages(digest, language)
        added = self.site(site).words.messages
        return pages.model_copy(update={"words": pages.words.completed(added)})

    def _load_contract(self, name: str) -> StoredContract:
        return read_contract(name, self._content_of(name))

    def _load_pages(self, digest: str, language: Language) -> KindPages:
        found = self._stored(digest)
        contract, name = found.contract, found.contract.pages[language]
        if contract.arrangement is None:
            return cast(KindPages, self._model(KindPages, name))
        release = cast(ReleasePages, self._model(ReleasePages, name, RELEASE_FOLDER))
        return arranged_pages(contract.arrangement, found.texts, release, language)

    def _load(self, model: type[BaseModel], name: str, folder: str = "") -> BaseModel:
        return read_model(model, name, self._content_of(name, folder))

    def _content_of(self, name: str, folder: str = "") -> bytes:
        if not is_digest(name):
            raise ContractMissing("the name is not the digest of a contract")
        return self.content(f"{folder}{name}.json")
