"""Keeps compiled templates."""

from contextlib import suppress
from functools import cache
from hashlib import sha256

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from site_src.kept.catalogues import catalogues
from site_src.kept.files import KEPT_FILES, keep, read_kept
from site_src.places import CODE

_FOLDER = KEPT_FILES / "templates"
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
def templates_version() -> str:
    """Stands for what compiled templates depend on besides their text.

    That is Jinja's version, the options of the environment and the catalogues.
    """
    digest = sha256(jinja2.__version__.encode())
    for path in (*_OPTIONS, *catalogues()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def compiled_templates(variant: str) -> BytecodeCache:
    """The cache of the templates compiled for an environment of a language, the variant.

    Where the folder cannot be written, as in an image, what it has is used.
    """
    version = templates_version()
    with suppress(OSError):  # there is no folder, or it may not be looked into
        if not any(_FOLDER.glob(f"{version}-*")):
            for path in _FOLDER.iterdir():
                with suppress(OSError):  # another process removed it, or another user owns it
                    path.unlink()
    return _KeptTemplates(f"{version}-{variant}")


class _KeptTemplates(BytecodeCache):
    """Jinja's own cache in a folder ends with an error at a file that was cut off."""

    def __init__(self, start: str) -> None:
        self._start = start

    def load_bytecode(self, bucket: Bucket) -> None:
        """Has the bucket read what is kept of its template's text."""
        file = _FOLDER / f"{self._start}-{bucket.key}"
        if (kept := read_kept(file, bucket.checksum.encode())) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template that was compiled."""
        file = _FOLDER / f"{self._start}-{bucket.key}"
        keep(file, bucket.checksum.encode(), bucket.bytecode_to_string())
