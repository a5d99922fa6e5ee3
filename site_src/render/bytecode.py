"""Caches compiled Jinja templates beside the compiled code; the folder can be removed."""

import os
from functools import cache
from hashlib import sha256

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from site_src.languages import catalogues
from site_src.places import CODE

_FOLDER = CODE / "__pycache__" / "templates"
_OPTIONS = tuple(
    CODE / name
    for name in (
        "render/environment.py",
        "render/static_messages.py",
        "render/shared/marked.py",
    )
)


@cache
def compiled_templates(variant: str) -> FileSystemBytecodeCache | None:
    """The cache of the templates compiled for an environment of a language, the variant.

    Where the folder cannot be written, as in an image, what it has is used; None without one.

    Jinja compares the text of each template. The compiled code also depends on Jinja's version,
    the options of the environment and the catalogues, so their digest is in each file's name.
    """
    digest = sha256(jinja2.__version__.encode())
    for path in (*_OPTIONS, *catalogues()):
        digest.update(path.read_bytes())
    version = digest.hexdigest()[:16]
    pattern = f"{version}-{variant}-%s"
    try:
        _FOLDER.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(_FOLDER, os.W_OK):
        return _Unchanged(str(_FOLDER), pattern)
    if not any(_FOLDER.glob(f"{version}-*")):
        for path in _FOLDER.iterdir():
            path.unlink(missing_ok=True)
    return FileSystemBytecodeCache(str(_FOLDER), pattern)


class _Unchanged(FileSystemBytecodeCache):
    """A cache in a folder that cannot be written."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps nothing."""
