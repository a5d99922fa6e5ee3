"""Listens to all log lines of a test run, and fails it when one says what is nobody's business.

A pytest plugin: lines of this process come as they would be written, those of servers and Lambda
processes from the files that catch their output.
`tests/functions/observability/test_log_leaks.py` proves that it hears.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

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
"""What the suite sends of persons, and any address of mail."""

_ADDRESS = re.compile(r"\w@\w")
_CODE = re.compile(rf"(?<![\w-])[{ALPHABET}]{{5}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![\w-])")
_TOKEN = re.compile(r"\.\d+\.[A-Za-z0-9_-]{64}(?![A-Za-z0-9_-])")


class Heard(logging.Handler):
    """Keeps each line that is logged, with the name of who logged it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """See logging.Handler."""
        self.lines.append((record.name, self.format(record)))

    @contextmanager
    def file(self, path: Path) -> Iterator[None]:
        """Reads the file afterwards, to the end."""
        start = path.stat().st_size
        yield
        with path.open("rb") as log:
            log.seek(start)
            said = log.read().decode(errors="replace")
        self.lines += [(path.name, line) for line in said.splitlines()]


HEARD = Heard()


def offences(lines: Iterable[tuple[str, str]]) -> list[str]:
    """The lines with something personal, a code or a token, each after who said it."""
    found = []
    for name, line in lines:
        plain = _plain(line)
        told = any(word in plain for word in PERSONAL)
        if told or any(shape.search(plain) for shape in (_ADDRESS, _CODE, _TOKEN)):
            found.append(f"{name}: {plain.strip()}")
    return found


def _plain(line: str) -> str:
    """The line without its Message-ID; JSON may spell letters as numbers."""
    try:
        read = json.loads(line)
    except ValueError:
        return line
    if isinstance(read, dict):
        read.pop("mail", None)
    return json.dumps(read, ensure_ascii=False)


def pytest_configure() -> None:
    """Begins to listen, to everything that production would write."""
    logging.getLogger().addHandler(HEARD)
    logging.getLogger("ombud").setLevel(logging.INFO)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that leaked is no good run."""
    if offences(HEARD.lines) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names each line that leaked."""
    if found := offences(HEARD.lines):
        terminalreporter.section("personal data in log lines", red=True)
        for line in found:
            terminalreporter.write_line(line)
