"""Prints what doctor found: a line for each check, or JSON."""

import json
from dataclasses import asdict

from cli.doctor.result import CheckResult
from cli.exits import printable

_WIDTH = len("security.txt")


def report_as_text(result: CheckResult) -> str:
    """One line: how it is, of what, what is so, and what to do."""
    remedy = f"; {result.remedy}" if result.remedy else ""
    return f"{result.state:<8} {result.subject:<{_WIDTH}} {printable(result.says + remedy)}"


def report_as_json(results: list[CheckResult]) -> str:
    """All checks, and how many of them are warnings and faults."""
    content = {
        "checks": [asdict(result) for result in results],
        "warnings": sum(result.state == "warning" for result in results),
        "faults": sum(result.state == "fault" for result in results),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
