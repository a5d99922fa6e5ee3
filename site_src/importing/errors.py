"""Defines why a document cannot be imported; each error says what the file is and what to do.

DocumentRefused
├── KindNotRead        the content is of a kind that is not read, such as .doc, RTF or a picture
├── DocumentLocked     a password protects the document
├── DocumentDamaged    the file is not what its first bytes say, or is broken
├── DocumentTooLarge   the file, what is packed in it, or its text is larger than any procedure
├── NoTextInDocument   the document is empty, or its pages are pictures
└── EncodingUnclear    no encoding reads the bytes as text without doubt
"""

from site_src.bilingual import Bilingual
from site_src.errors import SiteError


class DocumentRefused(SiteError):
    """The document cannot be imported; `message` says why and what to do, in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


class KindNotRead(DocumentRefused):
    """The content is of a kind that is not read."""


class DocumentLocked(DocumentRefused):
    """A password protects the document."""


class DocumentDamaged(DocumentRefused):
    """The file is broken, or contains what no document of its kind contains."""


class DocumentTooLarge(DocumentRefused):
    """The file, what is packed in it, or its text is larger than any procedure."""


class NoTextInDocument(DocumentRefused):
    """The document has no words that could be read: it is empty, or its pages are pictures."""


class EncodingUnclear(DocumentRefused):
    """No encoding reads the bytes as text without doubt."""
