"""Reads the gettext catalogues in `locale/`; what is compiled is kept for the next process."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from site_src.kept.files import KEPT_FILES, keep, read_kept
from site_src.places import CODE

_LOCALES = CODE / "locale"
_CATALOGUE = "*/LC_MESSAGES/ombud.po"
_FOLDER = KEPT_FILES / "catalogues"


def catalogues() -> tuple[Path, ...]:
    """The catalogue file of each language except English."""
    return tuple(sorted(_LOCALES.glob(_CATALOGUE)))


@cache
def read_catalogue(file: Path) -> GNUTranslations:
    """The translations of a catalogue file.

    To compile it takes 60 ms, as long as to draw an organisation.
    """
    content, kept = file.read_bytes(), _FOLDER / file.parent.parent.name
    compiled = read_kept(kept, content)
    if compiled is None:
        compiled = _compiled(content)
        keep(kept, content, compiled)
    return GNUTranslations(BytesIO(compiled))


def _compiled(content: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(content)))
    return compiled.getvalue()
