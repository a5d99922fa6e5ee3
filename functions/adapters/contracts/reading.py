"""Reads a stored contract, or the pages that it names, and checks it against its name."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from functions.adapters.contracts.earlier import brought_up
from functions.model.contract.contract import Contract
from functions.model.contract.digest import digest
from functions.model.contract.stored import restored
from functions.model.errors import ContractDamaged
from functions.model.pages.arrangement import texts_of

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class StoredContract:
    """A contract, and its texts in the order of its file; none if it has no arrangement."""

    contract: Contract
    texts: tuple[Mapping[str, str], ...]


def read_contract(name: str, content: bytes) -> StoredContract:
    """Reads a contract of this or an earlier release. Raises ContractDamaged as `read_model`."""
    _check(name, content)
    try:
        document = restored(json.loads(content))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ContractDamaged(f"contract {name}: it cannot be read") from error
    try:
        contract = Contract.model_validate(document)
    except ValidationError as error:
        return StoredContract(_earlier(Contract, name, content, error), ())
    return StoredContract(contract, texts_of(document) if contract.arrangement else ())


def read_model(model: type[_Model], name: str, content: bytes) -> _Model:
    """Parses the content as `model`. Raises ContractDamaged if digest or model do not match.

    What an earlier release stored is converted first.
    """
    _check(name, content)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        return _earlier(model, name, content, error)


def _check(name: str, content: bytes) -> None:
    if digest(content) != name:
        raise ContractDamaged(f"contract {name}: the content does not match its name")


def _earlier(model: type[_Model], name: str, content: bytes, error: ValidationError) -> _Model:
    if (converted := brought_up(content)) is not None:
        with suppress(ValidationError):
            return model.model_validate(converted)
    raise ContractDamaged(f"contract {name}: {error.error_count()} errors") from error
