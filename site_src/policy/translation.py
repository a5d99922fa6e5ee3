"""A procedure in another language: a service to readers beside the text that decides.

It is no part of what a version publishes: it may be added, and mended, at any time.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from functions.model.language import FIRST, Language
from site_src.languages import site_languages
from site_src.policy.clauses import Clause, RawLine, raw_lines, read_clauses
from site_src.policy.finding import Finding, FindingCode

FILES = "procedure.*.md"
"""`procedure.en.md` is the English one."""


@dataclass(frozen=True)
class Translation:
    """The text of one edition in another language, in clauses of the same numbers."""

    language: Language
    file: Path
    lines: tuple[RawLine, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(line.words for line in self.lines)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in the order of the text."""
        return read_clauses(self.lines)


def read_translations(folder: Path) -> tuple[Translation | Finding, ...]:
    """Every translation in a policy's folder, or what keeps it from being read."""
    return tuple(_read(file) for file in sorted(folder.glob(FILES)))


def _read(file: Path) -> Translation | Finding:
    language = file.name.split(".", 1)[1].removesuffix(".md")
    known = {tongue.language for tongue in site_languages()} - {FIRST}
    if language not in known:
        message = f"the site has no language {language!r} to translate into"
        remedy = f"It has: {', '.join(sorted(known))}. docs/languages.md says how to add one."
        return _at_top(file, "language-unknown", message, remedy)
    try:
        return Translation(language, file, raw_lines(file, file.read_text(encoding="utf-8")))
    except UnicodeDecodeError as error:
        message = f"{file.name} is not UTF-8: {error.reason}"
        return _at_top(file, "file-encoding", message, "Save it as UTF-8.")


def clause_missing(translation: Translation, clause: str) -> Finding:
    """The finding of a clause that the procedure has and its translation lacks."""
    message = f"clause {clause} of procedure.md is not translated"
    remedy = "Translate it, under the same number, or remove the file: a part may mislead."
    return _at_top(translation.file, "translation-clauses", message, remedy, clause)


def _at_top(
    file: Path, code: FindingCode, message: str, remedy: str, clause: str | None = None
) -> Finding:
    return Finding(
        code=code, file=file, line=1, column=1, clause=clause, message=message, remedy=remedy
    )
