"""Reads contracts from a folder, for one machine."""

from pathlib import Path

from functions.adapters.contracts.cached import Contracts
from functions.model.contract.contract import Current
from functions.model.errors import ContractMissing, ContractUnavailable


class FolderContracts(Contracts):
    """Reads the folder that the build wrote; reads current.json again whenever it changes."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = Path(folder)
        self._current_file = self._folder / "current.json"
        self._current: tuple[tuple[int, ...], Current] | None = None

    def current(self) -> Current:
        """See ContractSource."""
        version = self._file_version()
        if self._current and version and self._current[0] == version:
            return self._current[1]
        current = super().current()
        self._current = version, current
        return current

    def _file_version(self) -> tuple[int, ...]:
        """Returns inode, mtime and size of current.json, or () if it cannot be read."""
        try:
            status = self._current_file.stat()
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
