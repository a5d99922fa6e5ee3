"""Puts findings into the words of a page: what is wrong, where, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.policy.finding import Finding
from site_src.policy.folders import REVISIONS

_SENTENCE = Bilingual("{message}.", "{message}。")
_LINE = Bilingual("{file}, line {line}", "{file} 第 {line} 行")
_FIELD = Bilingual(", field {field}", "，字段 {field}")


@dataclass(frozen=True)
class ShownFinding:
    """A finding in one language; `clause` is empty if it concerns none."""

    message: str
    remedy: str
    where: str
    clause: str


def shown_findings(
    findings: Iterable[Finding], language: AuthorLanguage
) -> tuple[ShownFinding, ...]:
    """The findings as a page says them, in their order."""
    return tuple(
        ShownFinding(
            message=_SENTENCE.filled(message=finding.message).words(language),
            remedy=finding.remedy.words(language),
            where=_where(finding).words(language),
            clause=finding.clause or "",
        )
        for finding in findings
    )


def _where(finding: Finding) -> Bilingual:
    """The file, with the version's folder if it is archived, the line, and the field."""
    file, folder = finding.file.name, finding.file.parent
    if folder.parent.name == REVISIONS:
        file = f"{REVISIONS}/{folder.name}/{file}"
    line = _LINE.filled(file=file, line=finding.line)
    if not finding.field:
        return line
    field = _FIELD.filled(field=finding.field)
    return Bilingual(line.en + field.en, line.zh + field.zh)
