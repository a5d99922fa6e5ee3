"""Contracts and pages in a folder, one file each, named by the digest of its content."""

from hashlib import sha256
from pathlib import Path
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


class FolderContracts:
    """Reads each file once and keeps it: content under a digest never changes."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._read: dict[tuple[str, str], BaseModel] = {}

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
            return Current.model_validate_json((self._folder / "current.json").read_bytes())
        except FileNotFoundError as error:
            raise ContractMissing("current.json is missing; build the site") from error
        except ValidationError as error:
            raise ContractDamaged("current.json does not fit its model") from error

    def _model(self, model: type[Model], name: str) -> Model:
        found = self._read.get((model.__name__, name))
        if isinstance(found, model):
            return found
        if not is_digest(name):
            raise ContractMissing("that is no digest of a contract")
        try:
            content = (self._folder / f"{name}.json").read_bytes()
        except FileNotFoundError as error:
            raise ContractMissing(f"contract {name} is not stored") from error
        loaded = read_model(model, name, content)
        self._read[(model.__name__, name)] = loaded
        return loaded
