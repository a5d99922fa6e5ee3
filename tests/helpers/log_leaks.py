"""Fails a test run if any log line contains personal data, an access code or a token.

A pytest plugin. It formats the lines of this process as production does, and reads those of
servers and Lambda processes from the files with their output.
`tests/functions/observability/test_log_leaks.py` proves that it finds leaks.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from functions.model.reference import ALPHABET
from functions.observability.logs import JsonFormatter
from tests.helpers.filings import APPEAL, COMPLAINT, GRIEVANCE

PERSONAL = frozenset(
    sent[name]
    for sent in (APPEAL, COMPLAINT, GRIEVANCE)
    for name in ("account", "decision", "email", "name", "phone")
    if name in sent
)
"""The personal data that the tests send. `_ADDRESS` finds any other e-mail address, too."""

_ADDRESS = re.compile(r"\w@\w")
_CODE = re.compile(rf"(?<![\w-])[{ALPHABET}]{{5}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![\w-])")
_TOKEN = re.compile(r"\.\d+\.[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])")


class Heard(logging.Handler):
    """Keeps each log line with the name of its logger or file."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        self.lines.append((record.name, self.format(record)))

    @contextmanager
    def file(self, path: Path) -> Iterator[None]:
        """Adds the lines that the body of the `with` statement appends to the file."""
        start = path.stat().st_size
        yield
        with path.open("rb") as log:
            log.seek(start)
            appended = log.read().decode(errors="replace")
        self.lines += [(path.name, line) for line in appended.splitlines()]


HEARD = Heard()
LEAKS: list[str] = []
"""The lines that leak, once the run is over."""


def offences(lines: Iterable[tuple[str, str]]) -> list[str]:
    """Returns the lines with personal data, a code or a token, each after its logger's name."""
    leaks = []
    for name, line in lines:
        text = _readable(line)
        is_personal = any(word in text for word in PERSONAL)
        if is_personal or any(pattern.search(text) for pattern in (_ADDRESS, _CODE, _TOKEN)):
            leaks.append(f"{name}: {text.strip()}")
    return leaks


def _readable(line: str) -> str:
    """Returns the line without its Message-ID and without JSON's escapes of letters."""
    try:
        content = json.loads(line)
    except ValueError:
        return line
    if isinstance(content, dict):
        content.pop("mail", None)
    return json.dumps(content, ensure_ascii=False)


def pytest_configure() -> None:
    """Collects from now on every line that production would write."""
    logging.getLogger().addHandler(HEARD)
    logging.getLogger("ombud").setLevel(logging.INFO)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes over what a process that shared the work has found."""
    LEAKS.extend(getattr(node, "workeroutput", {}).get("leaks", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fails a run that leaks personal data; a process that shares the work says so to the first."""
    LEAKS.extend(offences(HEARD.lines))
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["leaks"] = LEAKS
    elif LEAKS and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints each line that leaks personal data."""
    if LEAKS:
        terminalreporter.section("personal data in log lines", red=True)
        for line in LEAKS:
            terminalreporter.write_line(line)
