"""Contracts and pages, one file each, named by the digest of its content."""

from abc import ABC, abstractmethod
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from functions.contract import Contract, Current
from functions.errors import ContractDamaged, ContractMissing
from functions.pages import KindPages, SitePages

Model = TypeVar("Model", bound=BaseModel)

_DIGEST_LENGTH = 32


def digest(content: bytes) -> str:
    """The name of a content: the first 128 bits of its SHA-256."""
    return sha256(content).hexdigest()[:_DIGEST_LENGTH]


def is_digest(text: str) -> bool:
    """Whether `text` could name a content, and so be part of a path."""
    return len(text) == _DIGEST_LENGTH and all(char in "0123456789abcdef" for char in text)


def read_model(model: type[Model], name: str, content: bytes) -> Model:
    """The content as `model`. Raises ContractDamaged where digest or model do not fit."""
    if digest(content) != name:
        raise ContractDamaged(f"contract {name}: the content does not match its name")
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise ContractDamaged(f"contract {name}: {error.error_count()} errors") from error


class Contracts(ABC):
    """Reads each content once and keeps it: what a digest names never changes."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], BaseModel] = {}

    @abstractmethod
    def content(self, name: str) -> bytes:
        """The file of that name. Raises ContractMissing or ContractUnavailable."""

    def contract(self, digest: str) -> Contract:
        """See ContractSource."""
        return self._model(Contract, digest)

    def pages(self, digest: str) -> KindPages:
        """See ContractSource."""
        return self._model(KindPages, digest)

    def site(self, digest: str) -> SitePages:
        """See ContractSource."""
        return self._model(SitePages, digest)

    def current(self) -> Current:
        """See ContractSource."""
        try:
            return Current.model_validate_json(self.content("current.json"))
        except ValidationError as error:
            raise ContractDamaged("current.json does not fit its model") from error

    def _model(self, model: type[Model], name: str) -> Model:
        found = self._read.get((model.__name__, name))
        if isinstance(found, model):
            return found
        if not is_digest(name):
            raise ContractMissing("that is no digest of a contract")
        loaded = read_model(model, name, self.content(f"{name}.json"))
        self._read[(model.__name__, name)] = loaded
        return loaded
