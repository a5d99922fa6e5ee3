"""Stores files in a folder, for one machine."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from stat import S_ISREG

from functions.cases.ports.file_storage import (
    PLACES,
    UPLOADS,
    StoredFile,
    UploadForm,
    checked_key,
    checked_reference,
)
from functions.model.durable_files import remove_abandoned, sync, write_whole
from functions.model.errors import FileMissing, FilesUnavailable, SettingInvalid
from functions.model.files.private_files import close_all_to_others, make_private

log = logging.getLogger("ombud.files")

_OWN_ROUTE = "/cases/uploads"


class FolderFileStorage:
    """Stores each file under its key below the folder, readable only by its owner.

    What a killed process left half-written is removed at the start and on each listing. Raises
    SettingInvalid if the folder can be neither used nor made.
    """

    origin = ""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        try:
            make_private(self._folder)
        except OSError as error:
            raise SettingInvalid(
                f"OMBUD_ATTACHMENTS is {folder}, where no file can be stored: {error.strerror}"
            ) from error
        self._remove_drafts()
        for place in (UPLOADS, *PLACES):
            close_all_to_others(self._folder / place)  # 0.1.0 let everybody list some of them

    def put(self, key: str, content: bytes) -> None:
        """See FileStorage."""
        path = self._path(key)
        try:
            make_private(path.parent)
            write_whole(path, content, private=True, durable=True)
        except OSError as error:
            raise FilesUnavailable(f"{key} cannot be stored: {error.strerror}") from error

    def read(self, key: str) -> bytes:
        """See FileStorage."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(f"{key} is not there") from error
        except OSError as error:
            raise FilesUnavailable(f"{key} cannot be read: {error.strerror}") from error

    def link(self, key: str, media_type: str, disposition: str) -> str | None:
        """See FileStorage. Nobody else can read the folder."""
        return None

    def copy(self, key: str, target: str) -> None:
        """See FileStorage. The copy is a hard link to the same file."""
        path, other = self._path(key), self._path(target)
        try:
            make_private(other.parent)
            _link(path, other)
            sync(other.parent)
        except FileNotFoundError as error:
            raise FileMissing(f"{key} is not there") from error
        except OSError as error:
            raise FilesUnavailable(f"{key} cannot be copied: {error.strerror}") from error

    def remove(self, key: str) -> None:
        """See FileStorage."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise FilesUnavailable(f"{key} cannot be removed: {error.strerror}") from error

    def remove_all(self, reference: str) -> None:
        """See FileStorage."""
        for place in PLACES:
            folder = self._folder / place / checked_reference(reference)
            try:
                if folder.exists():
                    rmtree(folder)
            except FileNotFoundError:
                continue  # another worker removes it
            except OSError as error:
                raise FilesUnavailable(
                    f"{reference} cannot be removed: {error.strerror}"
                ) from error

    def entries(self, place: str) -> Iterator[StoredFile]:
        """See FileStorage."""
        self._remove_drafts()
        for path in sorted((self._folder / place).rglob("*")):
            if path.name.startswith("."):
                continue
            try:
                status = path.stat()
            except FileNotFoundError:
                continue  # moved or removed since the listing
            if S_ISREG(status.st_mode):
                left_at = datetime.fromtimestamp(status.st_mtime, UTC)
                yield StoredFile(path.relative_to(self._folder).as_posix(), left_at)

    def ticket(self, key: str, size: int, sha256: str, token: str) -> UploadForm:
        """See FileStorage. The form leads to this application, which stores the file."""
        return UploadForm(_OWN_ROUTE, {"upload": token})

    def _remove_drafts(self) -> None:
        try:
            remove_abandoned(self._folder)
        except OSError as error:
            log.warning("half-written files cannot be removed: %s", error.strerror)

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)


def _link(path: Path, other: Path) -> None:
    """Makes `other` the same file as `path`; while there is no `path`, `other` stays as it is."""
    try:
        os.link(path, other)
    except FileExistsError:
        if path.samefile(other):
            return  # renaming one link onto another would leave both
        draft = other.with_name(f".{other.name}.{token_hex(4)}.new")
        os.link(path, draft)
        os.replace(draft, other)
