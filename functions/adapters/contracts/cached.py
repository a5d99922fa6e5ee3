"""Reads, checks and caches contracts and pages: one file each, named by its digest."""

from abc import ABC, abstractmethod
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from functions.adapters.contracts.earlier import brought_up
from functions.model.contract.contract import Contract, Current, digest, is_digest
from functions.model.contract.directory import Directory
from functions.model.deadlines.calendar import Calendar
from functions.model.errors import ContractDamaged, ContractError, ContractMissing
from functions.model.language import FIRST, Language
from functions.model.pages.page_set import KindPages, SitePages

_Model = TypeVar("_Model", bound=BaseModel)

_MOST_KEPT = 256
"""Contracts and pages in memory: enough for those in use, not for all of 10,000 organisations."""


def read_model(model: type[_Model], name: str, content: bytes) -> _Model:
    """Parses the content as `model`. Raises ContractDamaged if digest or model do not match.

    A contract of an earlier release is converted first.
    """
    if digest(content) != name:
        raise ContractDamaged(f"contract {name}: the content does not match its name")
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        if (converted := brought_up(content)) is not None:
            with suppress(ValidationError):
                return model.model_validate(converted)
        raise ContractDamaged(f"contract {name}: {error.error_count()} errors") from error


class Contracts(ABC):
    """Caches contracts and pages, least recently used out first: a digest's content never changes.

    Subclasses read the files.
    """

    def __init__(self) -> None:
        self._model = lru_cache(maxsize=_MOST_KEPT)(self._load)
        self._completed = lru_cache(maxsize=_MOST_KEPT)(self._complete)
        self._language: Language = FIRST

    @abstractmethod
    def content(self, name: str) -> bytes:
        """Returns the content of the file. Raises ContractMissing or ContractUnavailable."""

    def contract(self, digest: str) -> Contract:
        """See ContractSource."""
        return cast(Contract, self._model(Contract, digest))

    def pages(self, digest: str) -> KindPages:
        """See ContractSource."""
        pages = cast(KindPages, self._model(KindPages, digest))
        try:
            site = self.current().site.get(pages.words.language)
        except ContractMissing:
            site = None  # nothing is published yet, so there are no later messages
        return self._completed(digest, site) if site else pages

    def site(self, digest: str) -> SitePages:
        """See ContractSource."""
        return cast(SitePages, self._model(SitePages, digest))

    def calendar(self, digest: str) -> Calendar:
        """See ContractSource."""
        return cast(Calendar, self._model(Calendar, digest))

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

    def _complete(self, digest: str, site: str) -> KindPages:
        """The pages with the site's messages that were added since they were built."""
        pages = cast(KindPages, self._model(KindPages, digest))
        added = self.site(site).words.messages
        return pages.model_copy(update={"words": pages.words.completed(added)})

    def _load(self, model: type[BaseModel], name: str) -> BaseModel:
        if not is_digest(name):
            raise ContractMissing("the name is not the digest of a contract")
        return read_model(model, name, self.content(f"{name}.json"))
