"""Prints findings, as text for people or JSON for programs."""

import json
from typing import Literal

from site_src.finding import Finding

Format = Literal["text", "json"]


def report(findings: tuple[Finding, ...], checked: tuple[str, ...], format: Format) -> str:
    """The findings of a check, one block or object each."""
    if format == "json":
        content = {
            "checked": list(checked),
            "findings": [finding.model_dump(mode="json") for finding in findings],
        }
        return json.dumps(content, ensure_ascii=False, indent=2)
    blocks = [_text(finding) for finding in findings]
    blocks.append(f"{len(checked)} policies checked, {len(findings)} findings")
    return "\n".join(blocks)


def _text(finding: Finding) -> str:
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
        f"{where}: {finding.code}{f' ({subject})' if subject else ''}\n"
        f"    {finding.message}.\n    {finding.remedy}"
    )
