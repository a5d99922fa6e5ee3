"""Contracts and pages, one file each, named by the digest of its content."""

from abc import ABC, abstractmethod
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError

from functions.adapters.contracts.earlier import brought_up
from functions.model.contract.contract import Contract, Current, digest, is_digest
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

    def current(self) -> Current:
        """See ContractSource."""
        try:
            return Current.model_validate_json(self.content("current.json"))
        except ValidationError as error:
            raise ContractDamaged("current.json does not fit its model") from error

    def _load(self, model: type[BaseModel], name: str) -> BaseModel:
        if not is_digest(name):
            raise ContractMissing("that is no digest of a contract")
        return read_model(model, name, self.content(f"{name}.json"))
