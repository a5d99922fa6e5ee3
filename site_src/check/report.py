"""Formats a check's facts, conformance and findings as text for people or JSON for programs."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from site_src.check.conformance import Met, Owed, ReportLine, Silent, conformance
from site_src.check.fact_table import rows
from site_src.check.hints import CheckHint, check_hints
from site_src.check.standards import TITLES, WITHDRAWN
from site_src.check.table import UNBROKEN, table
from site_src.policy.finding import Finding
from site_src.policy.load import Edition
from site_src.policy.model.policy import Policy

Format = Literal["text", "json"]

NOT_CONFIRMED = "* not confirmed in a public text: see docs/conformance-sources.md"


def report(
    findings: tuple[Finding, ...],
    checked: tuple[str, ...],
    format: Format,
    sources: tuple[Edition, ...] = (),
    width: int = UNBROKEN,
) -> str:
    """The tables and hints of the editions that could be read, the findings, and their number.

    `width` is the width of the terminal; by default no row of a table breaks.
    """
    if format == "json":
        return _json(findings, checked, sources)
    blocks = [
        *(_organisation(source, width) for source in sources),
        *(_text(hint, "hint: ") for source in sources for hint in check_hints(source)),
        *(_text(finding) for finding in findings),
        f"{len(checked)} policies checked, {len(findings)} findings",
    ]
    return "\n".join(blocks)


def _json(
    findings: tuple[Finding, ...], checked: tuple[str, ...], sources: tuple[Edition, ...]
) -> str:
    content = {
        "checked": list(checked),
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "hints": [
            hint.model_dump(mode="json") for source in sources for hint in check_hints(source)
        ],
        "facts": {
            source.policy.id: [row.model_dump(mode="json") for row in rows(source.policy)]
            for source in sources
        },
        "conformance": {
            source.policy.id: [line.model_dump(mode="json") for line in conformance(source)]
            for source in sources
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _organisation(source: Edition, width: int) -> str:
    policy = source.policy
    lines = conformance(source)
    facts = table(
        ("List", "Id", "Kind", "Says", "Clause"),
        ((row.list, row.id or "", row.kind or "", row.says, row.clause) for row in rows(policy)),
        width,
    )
    conforms = table(
        ("Standard", "Element", "About", "Asks", "Result"),
        (
            (line.standard, _element(line), line.about or "", line.asks, result(line))
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
            *_foot(lines),
            *_totals(lines),
            "",
        )
    )


def _title(policy: Policy) -> str:
    """Organisation and title, as the policy's language joins them."""
    name, title = (text.words(policy.language) for text in (policy.organisation.name, policy.title))
    return f"{name}《{title}》" if policy.language == "zh-CN" else f"{name}: {title}"


def _foot(lines: tuple[ReportLine, ...]) -> Iterator[str]:
    """Explains the mark, if a line has it, and names the editions that are withdrawn."""
    if not all(line.confirmed for line in lines):
        yield NOT_CONFIRMED
    measured = {line.standard for line in lines}
    yield from (note for standard, note in WITHDRAWN.items() if TITLES[standard] in measured)


def _element(line: ReportLine) -> str:
    return line.element if line.confirmed else f"{line.element} *"


def result(line: ReportLine) -> str:
    """The result of a line in words."""
    match line.result:
        case Met(clauses=clauses, where=where):
            return f"met by {', '.join((*clauses, *((where,) if where else ())))}"
        case Silent():
            return "silent"
        case Owed(clauses=clauses):
            return f"required by {', '.join(clauses)}, but not done by this site"


def _totals(lines: tuple[ReportLine, ...]) -> tuple[str, ...]:
    """How many lines of each standard are met, silent or owed."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        counts.setdefault(line.standard, Counter())[line.result.state] += 1
    return tuple(
        f"{standard}: {', '.join(f'{number} {state}' for state, number in counted.items())}"
        for standard, counted in counts.items()
    )


def _text(finding: Finding | CheckHint, kind: str = "") -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}"
    subject = " ".join(
        part
        for part in (
            finding.field and f"field {finding.field}",
            finding.clause and f"clause {finding.clause}",
        )
        if part
    )
    return (
        f"{where}: {kind}{finding.code}{f' ({subject})' if subject else ''}\n"
        f"    {finding.message}.\n    {finding.remedy}"
    )
