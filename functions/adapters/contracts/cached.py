"""Contracts and pages, one file each, named by the digest of its content."""

from abc import ABC, abstractmethod
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from functions.adapters.contracts.earlier import brought_up
from functions.model.contract.contract import Contract, Current, digest, is_digest
from functions.model.contract.directory import Directory
from functions.model.deadlines.calendar import Calendar
from functions.model.errors import ContractDamaged, ContractMissing
from functions.model.pages.page_set import KindPages, SitePages

_Model = TypeVar("_Model", bound=BaseModel)

_MOST_KEPT = 256
"""Contracts and pages in memory: those in use, not all that 10,000 organisations ever had."""


def read_model(model: type[_Model], name: str, content: bytes) -> _Model:
    """The content as `model`. Raises ContractDamaged where digest or model do not fit."""
    if digest(content) != name:
        raise ContractDamaged(f"contract {name}: the content does not match its name")
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        if (stored := brought_up(content)) is not None:
            with suppress(ValidationError):
                return model.model_validate(stored)
        raise ContractDamaged(f"contract {name}: {error.error_count()} errors") from error


class Contracts(ABC):
    """Keeps what it read, as long as it is in use: what a digest names never changes."""

    def __init__(self) -> None:
        self._model = lru_cache(maxsize=_MOST_KEPT)(self._load)

    @abstractmethod
    def content(self, name: str) -> bytes:
        """The file of that name. Raises ContractMissing or ContractUnavailable."""

    def contract(self, digest: str) -> Contract:
        """See ContractSource."""
        return cast(Contract, self._model(Contract, digest))

    def pages(self, digest: str) -> KindPages:
        """See ContractSource."""
        return cast(KindPages, self._model(KindPages, digest))

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

    def pointer(self, model: type[BaseModel], name: str) -> BaseModel:
        """A file that a build replaces, as it is now. Raises as `content`, and ContractDamaged."""
        try:
            return model.model_validate_json(self.content(name))
        except ValidationError as error:
            raise ContractDamaged(f"{name} does not fit its model") from error

    def _load(self, model: type[BaseModel], name: str) -> BaseModel:
        if not is_digest(name):
            raise ContractMissing("that is no digest of a contract")
        return read_model(model, name, self.content(f"{name}.json"))
