"""Defines what the studio refuses; each error says why and what to do.

StudioError
├── FileChanged        the files are not those that the page was made from
├── EditRefused        what was typed cannot be saved
├── FilesUnreadable    the files of the draft cannot be read as they are
├── NothingToUndo      there is no earlier state, or it is no longer the last one
└── NotReady           the draft cannot be published yet
"""

from site_src.bilingual import Bilingual
from site_src.errors import SiteError


class StudioError(SiteError):
    """The studio refuses something; `message` says why and what to do, in both languages."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


class FileChanged(StudioError):
    """The files are not those that the page was made from: another tab or an editor saved."""


class EditRefused(StudioError):
    """What was typed cannot be saved."""


class FilesUnreadable(StudioError):
    """The files of the draft cannot be read as they are."""


class NothingToUndo(StudioError):
    """There is no earlier state, or somebody has edited the file since."""


class NotReady(StudioError):
    """The draft cannot be published yet."""
