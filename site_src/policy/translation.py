"""Reads translations of a procedure, which help readers; only the original is authoritative.

A translation is not part of a version: it can be added or corrected at any time.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from functions.model.language import Language
from site_src.bilingual import Bilingual, enumeration
from site_src.languages import site_languages
from site_src.policy.clauses import Clause, RawLine, read_clauses
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.text_files import read_lines

FILES = "procedure.*.md"
"""For example `procedure.en.md`, the English translation."""


@dataclass(frozen=True)
class Translation:
    """The text of one edition in another language, with the same clause numbers."""

    language: Language
    file: Path
    lines: tuple[RawLine, ...]
    items: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(line.words for line in self.lines)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in the order of the text."""
        return read_clauses(self.lines, self.items)


def read_translations(folder: Path, original: str) -> tuple[Translation | Finding, ...]:
    """Every translation in a policy's folder, or the finding that prevents reading it.

    `original` is the language of `procedure.md`.
    """
    return tuple(_read(file, original) for file in sorted(folder.glob(FILES)))


def _read(file: Path, original: str) -> Translation | Finding:
    language = file.name.split(".", 1)[1].removesuffix(".md")
    if wrong := wrong_language(language, original):
        return _at_top(file, "language-unknown", *wrong)
    lines = read_lines(file)
    return lines if isinstance(lines, Finding) else Translation(language, file, lines)


def wrong_language(language: str, original: str | None) -> tuple[Bilingual, Bilingual] | None:
    """What is wrong with the language of a translation from `original`; None if nothing is."""
    if language == original:
        message = Bilingual(
            f"the policy is in {language} itself", f"办法原文就是这种语言（{language}）"
        )
        remedy = Bilingual(
            "Write it into the file without a language in its name, or remove this one.",
            "请写进文件名里不带语言的那一份，或者删去这个文件。",
        )
        return message, remedy
    known = {tongue.language for tongue in site_languages()} - {original}
    return None if language in known else unknown_language(language, known)


def unknown_language(language: str, known: set[str]) -> tuple[Bilingual, Bilingual]:
    """The message and the remedy for a language in which the site has no pages."""
    message = Bilingual(
        f"the site has no pages in language {language!r}", f"网站没有语言“{language}”的页面"
    )
    remedy = Bilingual(
        "Its languages are: {known}. docs/languages.md says how to add another.",
        "网站的语言有：{known}。要增加语言，见 docs/languages.md。",
    )
    return message, remedy.filled(known=enumeration(sorted(known)))


def clause_missing(translation: Translation, clause: str) -> Finding:
    """The finding for a clause that the translation lacks."""
    message = Bilingual(
        f"clause {clause} of procedure.md is not translated",
        f"procedure.md 的条款“{clause}”没有译文",
    )
    remedy = Bilingual(
        "Translate it under the same number, or remove the file: "
        "an incomplete translation may mislead readers.",
        "请用相同的编号译出；否则删去这份译文：不完整的译文会误导读者。",
    )
    return _at_top(translation.file, "translation-clauses", message, remedy, clause)


def _at_top(
    file: Path,
    code: FindingCode,
    message: Bilingual,
    remedy: Bilingual,
    clause: str | None = None,
) -> Finding:
    return Finding(
        code=code, file=file, line=1, column=1, clause=clause, message=message, remedy=remedy
    )
