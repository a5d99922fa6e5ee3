"""Whatever fails, a command ends with one line and an exit code that says whose fault it is."""

import os
import signal
import sqlite3
import subprocess
import sys
from errno import ENOSPC
from pathlib import Path

import pytest
import typer
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner

from cli.failures import Commands, begin
from functions.model.errors import BackupDamaged, SettingInvalid, StoreUnavailable, TokenInvalid
from site_src.errors import NothingToCompare, SiteUnreachable, UnknownOrganisation
from site_src.places import ROOT

BUILD = [sys.executable, str(ROOT / "build.py")]


def failing(error: BaseException) -> typer.Typer:
    """A command line with one command, which raises the error."""
    app = typer.Typer(cls=Commands, callback=begin)

    @app.command("fail")
    def fail() -> None:
        raise error

    return app


ERRORS = [
    (BackupDamaged("x.tar is damaged"), 1, "x.tar is damaged"),
    (UnknownOrganisation("there is no policies/x/"), 2, "there is no policies/x/"),
    (NothingToCompare("there is no folder x"), 2, "there is no folder x"),
    (TokenInvalid("forged"), 2, "forged"),
    (SettingInvalid("OMBUD_KEY is not set"), 3, "OMBUD_KEY is not set"),
    (StoreUnavailable("SQLite: database is locked"), 3, "SQLite: database is locked"),
    (SiteUnreachable("https://x does not answer"), 3, "https://x does not answer"),
    (OSError(ENOSPC, "No space left on device"), 3, "the system: No space left on device"),
    (PermissionError(13, "Permission denied", "x"), 3, "x: Permission denied"),
    (OSError(18, "Cross-device link", "a", None, "b"), 3, "a and b: Cross-device link"),
    (IsADirectoryError(21, "Is a directory", "\x1b[2J\n"), 3, r"\x1b[2J\n: Is a directory"),
    (sqlite3.DatabaseError("file is not a database"), 3, "file is not a database"),
    (
        EndpointConnectionError(endpoint_url="http://127.0.0.1:9"),
        3,
        'Could not connect to the endpoint URL: "http://127.0.0.1:9"',
    ),
    (
        ModuleNotFoundError("No module named 'boto3'", name="boto3"),
        3,
        "boto3 is not installed: what uses AWS needs it, so install Ombud with its extra `aws`",
    ),
    (MemoryError(), 3, "this machine has not enough memory"),
    (
        KeyError("x\ny"),
        70,
        "an error of the program, KeyError: 'x\\ny'; with --traceback before the command it says "
        "where, which is what its makers need to know",
    ),
    (typer.Abort(), 2, "not answered, so nothing was done"),
    (KeyboardInterrupt(), 130, ""),
]


@pytest.mark.parametrize(("error", "code", "line"), ERRORS, ids=lambda value: type(value).__name__)
def test_each_kind_of_error_has_its_code(error: BaseException, code: int, line: str) -> None:
    """1 findings, 2 wrong use, 3 environment, 70 the program itself; one line, no traceback."""
    result = CliRunner().invoke(failing(error), ["fail"])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == code
    assert result.output.strip("\n") == line
    assert result.stdout == ""


@pytest.mark.parametrize("error", [UnknownOrganisation("gone"), KeyError("x")])
def test_traceback_where_it_is_asked_for(error: Exception) -> None:
    """After the line, and the exit code stays."""
    plain = CliRunner().invoke(failing(error), ["fail"])
    result = CliRunner().invoke(failing(error), ["--traceback", "fail"])
    assert result.exit_code == plain.exit_code
    assert result.output.startswith(plain.output)
    assert "Traceback (most recent call last):" in result.output
    assert ", in fail\n    raise error" in result.output


def test_traceback_of_a_command(policies: Path) -> None:
    """Also where the command itself has told the error."""
    from cli import app as cli

    result = CliRunner().invoke(cli.app, ["--traceback", "show", "nobody"])
    assert result.exit_code == 2
    assert f"UnknownOrganisation: there is no {policies}/nobody/" in result.output


def run(
    arguments: list[str], stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE
) -> tuple[int, str]:
    """The exit code of a real process, and what it says on stderr."""
    ended = subprocess.run(
        [*BUILD, *arguments], stdout=stdout, stderr=stderr, text=True, timeout=60, check=False
    )
    return ended.returncode, ended.stderr or ""


def test_full_disk() -> None:
    """What cannot be written is the environment's fault, and is not tried again at the end."""
    with Path("/dev/full").open("w") as full:
        told = run(["show", "law-firm"], stdout=full.fileno())
        assert told == (3, "the system: No space left on device\n")
        assert run(["show", "nobody"], stderr=full.fileno())[0] == 2


def test_reader_that_went_away() -> None:
    """`build.py show … | head` ends quietly, as a shell expects."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert run(["show", "law-firm"], stdout=writing) == (141, "")
    finally:
        os.close(writing)


def test_streams_that_are_closed() -> None:
    """A job without any output, and a terminal of another encoding, get what they can take."""
    command = f"exec {' '.join(BUILD)} check law-firm >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], timeout=60, check=False).returncode == 0
    shown = subprocess.run(
        [*BUILD, "show", "law-firm"],
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert rb"\u" in shown.stdout


def test_interrupt() -> None:
    """Ctrl-C ends a command with 130 and says nothing."""
    program = (
        "import signal, time, typer\n"
        "from cli.failures import Commands, begin\n"
        "app = typer.Typer(cls=Commands, callback=begin)\n"
        "@app.command()\n"
        "def wait():\n"
        "    print('waiting', flush=True)\n"
        "    time.sleep(60)\n"
        "app()\n"
    )
    waiting = subprocess.Popen(
        [sys.executable, "-c", program, "wait"],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert waiting.stdout is not None
    assert waiting.stdout.readline() == "waiting\n"
    waiting.send_signal(signal.SIGINT)
    _, said = waiting.communicate(timeout=60)
    assert (waiting.returncode, said) == (130, "")


def test_python_without_the_libraries() -> None:
    """A newcomer's `python build.py` names what is missing, and what to do."""
    ended = subprocess.run(
        [sys.executable, "-S", str(ROOT / "build.py"), "check"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 3
    assert ended.stderr.startswith("typer is not installed for this Python: `make run` installs")
    assert ended.stderr.count("\n") == 1
