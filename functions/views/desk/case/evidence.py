"""The files of a case as staff see them: which can be opened, played or only taken away."""

from dataclasses import dataclass
from typing import Literal

from functions.model.attachment import MEDIA_TYPES, Attachment, FileType, ScanState
from functions.model.pages.vocabulary import Vocabulary
from functions.views.wording.words import size_words

SHOWN: frozenset[FileType] = frozenset(("jpeg", "png", "webp", "avif", "pdf"))
"""Types that every browser shows. None of them is markup, which could run a script."""

PLAYED: dict[FileType, Literal["audio", "video"]] = {
    "m4a": "audio",
    "mp3": "audio",
    "aac": "audio",
    "ogg": "audio",
    "wav": "audio",
    "mp4": "video",
    "mov": "video",
    "3gp": "video",
}
"""Types that browsers play, and the element that does."""

Access = Literal["open", "audio", "video", "download", "waiting", "infected"]


@dataclass(frozen=True)
class EvidenceRow:
    """One file: `access` is what staff can do with it; `is_unscanned` warns that no scanner saw it.

    `hash` is its SHA-256, by which a copy is proved to be the same file.
    """

    id: str
    name: str
    size: str
    type: str
    hash: str
    access: Access
    is_unscanned: bool


def evidence_rows(
    words: Vocabulary, files: tuple[tuple[Attachment, ScanState], ...], has_scanner: bool
) -> tuple[EvidenceRow, ...]:
    """A row for each file; `has_scanner` says whether files are scanned on this installation."""
    return tuple(
        EvidenceRow(
            id=file.id,
            name=file.name,
            size=size_words(words, file.size),
            type=MEDIA_TYPES[file.type],
            hash=file.sha256,
            access=file_access(file.type, state, has_scanner),
            is_unscanned=state == "waiting" and not has_scanner,
        )
        for file, state in files
    )


def file_access(type_: FileType, state: ScanState, has_scanner: bool) -> Access:
    """What staff can do with a file: nothing while it waits for the scanner, or if it is infected.

    Without a scanner, files stay unscanned and can be opened all the same.
    """
    if state == "infected":
        return "infected"
    if state == "waiting" and has_scanner:
        return "waiting"
    return PLAYED.get(type_) or ("open" if type_ in SHOWN else "download")
