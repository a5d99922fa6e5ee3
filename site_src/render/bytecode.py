"""Caches what takes long to find beside the compiled code; the folder can be removed.

These are compiled Jinja templates, their words, and calendars.
"""

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from functions.model.durable_files import write_whole
from site_src.catalogues import catalogues
from site_src.places import CODE

_FOLDER = CODE / "__pycache__" / "templates"
_OPTIONS = tuple(
    CODE / name
    for name in (
        "compile/slots.py",
        "render/environment.py",
        "render/static_messages.py",
        "render/shared/marked.py",
    )
)


@cache
def _version() -> str:
    """Stands for what compiled templates depend on besides their text.

    That is Jinja's version, the options of the environment and the catalogues.
    """
    digest = sha256(jinja2.__version__.encode())
    for path in (*_OPTIONS, *catalogues()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def compiled_templates(variant: str) -> FileSystemBytecodeCache | None:
    """The cache of the templates compiled for an environment of a language, the variant.

    Where the folder cannot be written, as in an image, what it has is used; None without one.
    Jinja compares the text of each template; all else that matters is in each file's name.
    """
    version = _version()
    pattern = f"{version}-{variant}-%s"
    try:
        _FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(_FOLDER, os.W_OK):
        return _Unchanged(str(_FOLDER), pattern)
    if not any(_FOLDER.glob(f"{version}-*")):
        for path in _FOLDER.iterdir():
            with suppress(OSError):  # another process removed it, or another user owns it
                path.unlink()
    return FileSystemBytecodeCache(str(_FOLDER), pattern)


class _Unchanged(FileSystemBytecodeCache):
    """A cache in a folder that cannot be written."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps nothing."""


def kept_texts(
    variant: str, depends_on: Iterable[str], find: Callable[[], dict[str, str]]
) -> dict[str, str]:
    """What `find` finds for a variant, kept for the next process.

    It is found again where anything in `depends_on` differs, or the options of templates or the
    catalogues do.
    """
    digest = sha256(_version().encode())
    for text in depends_on:
        digest.update(f"{text}\0".encode())
    state, file = digest.hexdigest(), _FOLDER / f"words-{variant}.json"
    with suppress(OSError, ValueError, LookupError, TypeError):
        kept = json.loads(file.read_bytes())
        if kept["state"] == state:
            words: dict[str, str] = kept["words"]
            return words
    words = find()
    with suppress(OSError):
        write_whole(file, json.dumps({"state": state, "words": words}).encode())
    return words
