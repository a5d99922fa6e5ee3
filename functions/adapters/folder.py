"""Contracts in a folder, for one machine."""

from pathlib import Path

from functions.adapters.contracts import Contracts
from functions.errors import ContractMissing, ContractUnavailable


class FolderContracts(Contracts):
    """Reads the folder that the build wrote; what is current is looked up each time."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = Path(folder)

    def content(self, name: str) -> bytes:
        """See Contracts."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError as error:
            raise ContractMissing(f"{name} is not in the folder of contracts") from error
        except OSError as error:
            raise ContractUnavailable(f"{name} cannot be read: {error.strerror}") from error
