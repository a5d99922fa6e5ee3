"""Formats a check's facts, conformance and findings as text for people or JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from site_src.bilingual import AuthorLanguage, Bilingual, enumeration
from site_src.check.conformance import Met, Owed, ReportLine, Silent, conformance
from site_src.check.fact_table import rows
from site_src.check.hints import CheckHint, check_hints
from site_src.check.standards import TITLES, WITHDRAWN
from site_src.policy.edition import Edition
from site_src.policy.finding import Finding
from site_src.policy.model.policy import Policy
from site_src.text_table import UNBROKEN, table

Format = Literal["text", "json"]

NOT_CONFIRMED = Bilingual(
    "* not confirmed in a public text: see docs/conformance-sources.md",
    "* 没有公开文本可以印证，见 docs/conformance-sources.md",
)

_FACT_COLUMNS = (
    Bilingual("List", "列表"),
    Bilingual("Id", "标识"),
    Bilingual("Kind", "种类"),
    Bilingual("Says", "内容"),
    Bilingual("Clause", "条款"),
)
_CONFORMANCE_COLUMNS = (
    Bilingual("Standard", "标准"),
    Bilingual("Element", "条款号"),
    Bilingual("About", "涉及"),
    Bilingual("Asks", "要求"),
    Bilingual("Result", "结果"),
)
_ABOUT = {
    "complaint": Bilingual("complaint", "投诉"),
    "appeal": Bilingual("appeal", "申诉"),
    "dispute": Bilingual("dispute", "争议"),
    "objection": Bilingual("objection", "异议"),
    "grievance": Bilingual("grievance", "抱怨"),
    "suggestion": Bilingual("suggestion", "建议"),
    "feedback": Bilingual("feedback", "意见反馈"),
}
_STATES = {
    "met": Bilingual("met", "符合"),
    "silent": Bilingual("silent", "没有写明"),
    "owed": Bilingual("owed", "应做而未做"),
}


def report(
    findings: tuple[Finding, ...],
    checked: tuple[str, ...],
    format: Format,
    sources: tuple[Edition, ...] = (),
    width: int = UNBROKEN,
    language: AuthorLanguage = "en",
) -> str:
    """The tables and hints of the editions that could be read, the findings, and their number.

    `width` is the width of the terminal; by default no row of a table breaks.
    """
    if format == "json":
        return _json(findings, checked, sources, language)
    hint = Bilingual("hint: ", "提示：").words(language)
    blocks = [
        *(_organisation(source, width, language) for source in sources),
        *(_text(each, language, hint) for source in sources for each in check_hints(source)),
        *(_text(finding, language) for finding in findings),
        *_summary(findings, checked, language),
    ]
    return "\n".join(blocks)


def _json(
    findings: tuple[Finding, ...],
    checked: tuple[str, ...],
    sources: tuple[Edition, ...],
    language: AuthorLanguage,
) -> str:
    content = {
        "language": language,
        "checked": list(checked),
        "findings": [finding.in_language(language) for finding in findings],
        "hints": [hint.in_language(language) for source in sources for hint in check_hints(source)],
        "facts": {
            source.policy.id: [row.model_dump(mode="json") for row in rows(source.policy)]
            for source in sources
        },
        "conformance": {
            source.policy.id: [line.in_language(language) for line in conformance(source)]
            for source in sources
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _organisation(source: Edition, width: int, language: AuthorLanguage) -> str:
    policy = source.policy
    lines = conformance(source)
    facts = table(
        tuple(column.words(language) for column in _FACT_COLUMNS),
        ((row.list, row.id or "", row.kind or "", row.says, row.clause) for row in rows(policy)),
        width,
    )
    conforms = table(
        tuple(column.words(language) for column in _CONFORMANCE_COLUMNS),
        (
            (
                line.standard.words(language),
                _element(line),
                _ABOUT[line.about].words(language) if line.about else "",
                line.asks.words(language),
                result(line).words(language),
            )
            for line in lines
        ),
        width,
    )
    return "\n".join(
        (
            f"# {policy.id}: {_title(policy)} {policy.version}",
            facts,
            "",
            conforms,
            *(note.words(language) for note in _foot(lines)),
            *_totals(lines, language),
            "",
        )
    )


def _title(policy: Policy) -> str:
    """Organisation and title, as the policy's language joins them."""
    name, title = (text.words(policy.language) for text in (policy.organisation.name, policy.title))
    return f"{name}《{title}》" if policy.language == "zh-CN" else f"{name}: {title}"


def _foot(lines: tuple[ReportLine, ...]) -> Iterator[Bilingual]:
    """Explains the mark, if a line has it, and names the editions that are withdrawn."""
    if not all(line.confirmed for line in lines):
        yield NOT_CONFIRMED
    measured = {line.standard.en for line in lines}
    yield from (note for standard, note in WITHDRAWN.items() if TITLES[standard] in measured)


def _element(line: ReportLine) -> str:
    return line.element if line.confirmed else f"{line.element} *"


def result(line: ReportLine) -> Bilingual:
    """The result of a line in words."""
    match line.result:
        case Met(clauses=clauses, where=where):
            places = enumeration((*clauses, *((where,) if where else ())))
            return Bilingual("met by {places}", "符合：{places}").filled(places=places)
        case Silent():
            return _STATES["silent"]
        case Owed(clauses=clauses):
            return Bilingual(
                "required by {clauses}, but not done by this site",
                "{clauses} 要求，但本站还没有做",
            ).filled(clauses=enumeration(clauses))


def _totals(lines: tuple[ReportLine, ...], language: AuthorLanguage) -> Iterator[str]:
    """How many lines of each standard are met, silent or owed."""
    counts: dict[Bilingual, Counter[str]] = {}
    for line in lines:
        counts.setdefault(line.standard, Counter())[line.result.state] += 1
    total = Bilingual("{standard}: {counts}", "{standard}：{counts}")
    for standard, counted in counts.items():
        parts = [
            Bilingual("{number} {state}", "{state} {number} 项").filled(
                number=number, state=_STATES[state]
            )
            for state, number in counted.items()
        ]
        joined = enumeration(part.words(language) for part in parts)
        yield total.filled(standard=standard, counts=joined).words(language)


def _summary(
    findings: tuple[Finding, ...], checked: tuple[str, ...], language: AuthorLanguage
) -> Iterator[str]:
    """How much was checked and found, and in which of several organisations nothing was."""
    found = {finding.organisation for finding in findings}
    fine = [id for id in checked if id not in found]
    if findings and fine:
        without = Bilingual("without findings: {fine}", "没有问题的单位：{fine}")
        yield without.filled(fine=enumeration(fine)).words(language)
    yield Bilingual(
        f"{len(checked)} policies checked, {len(findings)} findings",
        f"检查了 {len(checked)} 个单位，发现 {len(findings)} 处问题",
    ).words(language)


def _text(finding: Finding | CheckHint, language: AuthorLanguage, kind: str = "") -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}"
    field = Bilingual(f"field {finding.field}", f"字段 {finding.field}")
    clause = Bilingual(f"clause {finding.clause}", f"条款 {finding.clause}")
    parts = [
        *([field.words(language)] if finding.field else []),
        *([clause.words(language)] if finding.clause else []),
    ]
    subject = Bilingual(f" ({' '.join(parts)})", f"（{'，'.join(parts)}）") if parts else None
    message = Bilingual("{message}.", "{message}。").filled(message=finding.message)
    return (
        f"{where}: {kind}{finding.code}{subject.words(language) if subject else ''}\n"
        f"    {message.words(language)}\n    {finding.remedy.words(language)}"
    )
