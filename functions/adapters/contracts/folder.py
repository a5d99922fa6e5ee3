"""Reads contracts from a folder, for one machine."""

import os
from pathlib import Path

from pydantic import BaseModel

from functions.adapters.contracts.cached import Contracts
from functions.model.errors import ContractMissing, ContractUnavailable


class FolderContracts(Contracts):
    """Reads the folder that the build wrote; reads current.json again whenever it changes."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = Path(folder)
        self._pointers: dict[str, tuple[tuple[int, ...], BaseModel]] = {}

    def pointer(self, model: type[BaseModel], name: str) -> BaseModel:
        """See Contracts."""
        mark = self._mark(name)
        known = self._pointers.get(name)
        if known and mark and known[0] == mark:
            return known[1]
        value = super().pointer(model, name)
        self._pointers[name] = mark, value
        return value

    def _mark(self, name: str) -> tuple[int, ...]:
        """What differs once the file was written again; empty where it cannot be seen."""
        try:
            status = os.stat(f"{self._folder}/{name}")  # a filing looks seven times, Path is slow
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def content(self, name: str) -> bytes:
        """See Contracts."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError as error:
            raise ContractMissing(f"{name} is not in the folder of contracts") from error
        except OSError as error:
            raise ContractUnavailable(f"{name} cannot be read: {error.strerror}") from error
