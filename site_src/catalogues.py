"""Reads the gettext catalogues in `locale/`; what is compiled is kept for the next process."""

import struct
from contextlib import suppress
from functools import cache
from gettext import GNUTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from functions.model.durable_files import write_whole
from site_src.places import CODE

_LOCALES = CODE / "locale"
_CATALOGUE = "*/LC_MESSAGES/ombud.po"
_KEPT = CODE / "__pycache__" / "catalogues"


def catalogues() -> tuple[Path, ...]:
    """The catalogue file of each language except English."""
    return tuple(sorted(_LOCALES.glob(_CATALOGUE)))


@cache
def read_catalogue(file: Path) -> GNUTranslations:
    """The translations of a catalogue file.

    To compile it takes 60 ms, as long as to draw an organisation. Where the folder for what is
    compiled cannot be written, it is compiled each time.
    """
    content = file.read_bytes()
    kept = _KEPT / f"{file.parent.parent.name}-{sha256(content).hexdigest()[:16]}.mo"
    with suppress(OSError, struct.error, ValueError, LookupError), kept.open("rb") as known:
        return GNUTranslations(known)
    compiled = BytesIO(_compiled(content))
    with suppress(OSError):
        _KEPT.mkdir(parents=True, exist_ok=True)
        for old in _KEPT.glob(f"{file.parent.parent.name}-*"):
            old.unlink()
        write_whole(kept, compiled.getvalue())
    return GNUTranslations(compiled)


def _compiled(content: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(content)))
    return compiled.getvalue()
