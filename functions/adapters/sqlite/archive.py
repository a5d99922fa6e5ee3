"""The file of a backup: a tar archive of the store, the attached files and the digest of each.

It is plain tar, with `SHA256SUMS` as sha256sum writes it, so that it opens without Ombud, too.
"""

import os
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import IO

from functions.adapters.files.folder import FolderFileStorage
from functions.cases.ports.file_storage import PLACES, UPLOADS, checked_key
from functions.model.durable_files import sync
from functions.model.errors import BackupRefused, FileMissing

_STORE = "ombud.db"
_FILES = "files/"
_SUMS = "SHA256SUMS"
_CHUNK = 1_000_000


def pack_archive(store: Path, files: Path, archive: Path) -> int:
    """Writes the archive of a store that nobody changes any more; returns how many files it has.

    A file goes from `uploads` by `waiting` to where its scan says, each time copied before it is
    removed. Read in this order, what moves meanwhile is found in one place at least.
    """
    shelf, sums, packed = FolderFileStorage(str(files)), [], 0
    with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as tar:
        with store.open("rb") as content:
            sums.append(f"{_digest(content)}  {_STORE}\n")
        tar.add(store, _STORE, filter=_anonymous)
        for entry in (entry for place in (UPLOADS, *PLACES) for entry in shelf.entries(place)):
            try:
                held = shelf.read(entry.key)
            except FileMissing:
                continue  # it moved on and is found there, or its case was erased
            name = f"{_FILES}{entry.key}"
            _add(tar, name, held, entry.left_at.timestamp())
            sums.append(f"{sha256(held).hexdigest()}  {name}\n")
            packed += 1
        _add(tar, _SUMS, "".join(sums).encode(), 0)
    return packed


def check_archive(archive: Path) -> None:
    """Raises BackupRefused where anything is not as it was packed."""
    for _ in _members(archive, None, None):
        pass


def unpack_archive(archive: Path, store: Path, files: Path) -> tuple[str, ...]:
    """Writes the store and, into a folder that is made anew, the files; returns their keys.

    Raises BackupRefused where anything is not as it was packed.
    """
    rmtree(files, ignore_errors=True)
    keys = tuple(_members(archive, store, files))
    for folder in {path.parent for path in files.rglob("*")} | {store}:
        sync(folder)
    return keys


def _members(archive: Path, store: Path | None, files: Path | None) -> Iterator[str]:
    """The key of each file, once it is written; in the end all digests are compared."""
    found: dict[str, str] = {}
    sums = ""
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise BackupRefused(f"{archive} is no backup: {member.name} is no file")
                if member.name == _SUMS:
                    sums = content.read().decode()
                elif member.name == _STORE:
                    found[_STORE] = _write(content, store, member.mtime)
                else:
                    key = checked_key(member.name.removeprefix(_FILES))
                    path = files / key if files else None
                    found[member.name] = _write(content, path, member.mtime)
                    yield key
    except (tarfile.TarError, ValueError) as error:
        raise BackupRefused(f"{archive} is no backup, or damaged: {error}") from error
    stated = {
        name: digest for digest, _, name in (one.partition("  ") for one in sums.splitlines())
    }
    for name in sorted(stated.keys() | found.keys() | {_STORE}):
        if name not in found or found[name] != stated.get(name):
            raise BackupRefused(f"{archive} is damaged: {name} is not as it was saved")


def _write(content: IO[bytes], path: Path | None, mtime: float) -> str:
    """The digest of what was read and, where a path is given, written there durably."""
    if path is None:
        return _digest(content)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = sha256()
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        while chunk := content.read(_CHUNK):
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (mtime, mtime))  # an upload is kept for a week from when it was left
    return hashed.hexdigest()


def _digest(content: IO[bytes]) -> str:
    hashed = sha256()
    while chunk := content.read(_CHUNK):
        hashed.update(chunk)
    return hashed.hexdigest()


def _add(tar: tarfile.TarFile, name: str, content: bytes, mtime: float) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = len(content), mtime, 0o600
    tar.addfile(member, BytesIO(content))


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
