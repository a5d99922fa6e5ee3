"""Keeps what takes long to find in files beside the compiled code, which can be removed."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from functions.model.durable_files import write_whole
from site_src.places import CODE

KEPT_FILES = CODE / "__pycache__"
"""The folder of all that is kept."""

_DIGEST = sha256().digest_size


def read_kept(file: Path, made_of: bytes) -> bytes | None:
    """What is kept in a file, if it was made of just this and is as it was written; else None."""
    with suppress(OSError):
        known = file.read_bytes()
        if known[:_DIGEST] == _digest(made_of, known[_DIGEST:]):
            return known[_DIGEST:]
    return None


def keep(file: Path, made_of: bytes, content: bytes) -> None:
    """Keeps what was made of something; nothing where the folder cannot be written."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, _digest(made_of, content) + content)


def _digest(made_of: bytes, content: bytes) -> bytes:
    return sha256(sha256(made_of).digest() + content).digest()
