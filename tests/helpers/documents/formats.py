"""The formats in which procedures are written for tests, by name."""

from collections.abc import Callable
from pathlib import Path

from tests.helpers.documents.odf_file import write_odf
from tests.helpers.documents.printed import write_pdf, write_text
from tests.helpers.documents.word_file import write_word

WRITERS: dict[str, Callable[[Path, str], Path]] = {
    "docx": write_word,
    "pdf": write_pdf,
    "odt": write_odf,
    "txt": write_text,
}
