"""Packs, checks and unpacks backups: a tar of the store, the attached files and their digests.

It is plain tar, with `SHA256SUMS` as sha256sum writes it, so it opens without Ombud.
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
from functions.model.errors import BackupDamaged, FileMissing
from functions.model.files.private_files import make_private

_STORE = "ombud.db"
_FILES = "files/"
_SUMS = "SHA256SUMS"
_CHUNK = 1_000_000
_LONGEST_SUMS = 1_000_000_000
"""Bytes: a hundred for each of ten million files."""


def pack_archive(store: Path, files: Path, archive: Path) -> int:
    """Archives a copy of the store and the attached files; returns the number of files.

    Nobody else may change `store`. A file moves from `uploads` by `waiting` to the place that its
    scan decides, and is copied before it is removed. Reading the places in this order finds a
    moving file in at least one of them.
    """
    storage, sums, packed = FolderFileStorage(str(files)), [], 0
    with tarfile.open(archive, "w", format=tarfile.PAX_FORMAT) as tar:
        with store.open("rb") as content:
            sums.append(f"{_digest(content)}  {_STORE}\n")
        tar.add(store, _STORE, filter=_anonymous)
        for entry in (entry for place in (UPLOADS, *PLACES) for entry in storage.entries(place)):
            try:
                attached = storage.read(entry.key)
            except FileMissing:
                continue  # it moved to a place that is read later, or its case was erased
            name = f"{_FILES}{entry.key}"
            _add(tar, name, attached, entry.left_at.timestamp())
            sums.append(f"{sha256(attached).hexdigest()}  {name}\n")
            packed += 1
        _add(tar, _SUMS, "".join(sums).encode(), 0)
    return packed


def check_archive(archive: Path) -> None:
    """Raises BackupDamaged if anything differs from what was packed."""
    for _ in _members(archive, None, None):
        pass


def unpack_archive(archive: Path, store: Path, files: Path) -> tuple[str, ...]:
    """Writes the store, and the files into a new folder; returns the keys of the files.

    Raises BackupDamaged if anything differs from what was packed.
    """
    rmtree(files, ignore_errors=True)
    keys = tuple(_members(archive, store, files))
    for folder in {path.parent for path in files.rglob("*")} | {store}:
        sync(folder)
    return keys


def _members(archive: Path, store: Path | None, files: Path | None) -> Iterator[str]:
    """Yields the key of each file once it is written, and finally compares all digests.

    Without `store` and `files` it only reads the archive.
    """
    digests: dict[str, str] = {}
    seen: set[str] = set()
    sums = ""
    try:
        with tarfile.open(archive, "r:") as tar:
            for member in tar:
                # tarfile follows a link, also one to itself, and fills a sparse file with zeros.
                plain = member.type == tarfile.REGTYPE and member.sparse is None
                content = tar.extractfile(member) if plain else None
                if content is None or member.name in seen:
                    raise BackupDamaged(
                        f"{archive} is not a backup: {member.name!a} is no file of one"
                    )
                seen.add(member.name)
                if member.name == _SUMS:
                    sums = content.read(_LONGEST_SUMS).decode()
                elif member.name == _STORE:
                    digests[_STORE] = _write(content, store, member.mtime)
                else:
                    key = checked_key(member.name.removeprefix(_FILES))
                    path = files / key if files else None
                    digests[member.name] = _write(content, path, member.mtime)
                    yield key
    except (tarfile.TarError, ValueError, OverflowError, RecursionError) as error:
        raise BackupDamaged(f"{archive} is not a backup, or damaged: {error}") from error
    expected = {
        name: digest for digest, _, name in (line.partition("  ") for line in sums.splitlines())
    }
    for name in sorted(expected.keys() | digests.keys() | {_STORE}):
        if name not in digests or digests[name] != expected.get(name):
            raise BackupDamaged(f"{archive} is damaged: {name!a} differs from what was saved")


def _write(content: IO[bytes], path: Path | None, mtime: float) -> str:
    """Returns the digest of the content and, with a path, writes it there durably."""
    if path is None:
        return _digest(content)
    make_private(path.parent)
    hashed = sha256()
    flags = os.O_CREAT | os.O_TRUNC | os.O_WRONLY
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        while chunk := content.read(_CHUNK):
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    os.utime(path, (mtime, mtime))  # an upload is kept for a week from this time
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
