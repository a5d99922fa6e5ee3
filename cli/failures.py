"""Ends every command that fails with one line and an exit code: the one place for all errors."""

import gc
import os
import sys
from contextlib import suppress
from errno import EPIPE
from pathlib import Path
from signal import SIGPIPE
from traceback import format_exception
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, Exit, TyperException

from cli.exits import WRONG_USE, failure_of, rejected
from functions.settings import refuse_unknown
from site_src.errors import PoliciesRejected

_NOBODY_READS = 128 + SIGPIPE
"""The exit code that a shell reports of a process whose reader went away."""

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""What a command makes mostly stays until it ends: at Python's 700, a build spends a tenth of its
time looking for garbage, and its memory does not grow at this."""

_CHECKS_ITSELF = ("doctor",)
"""The commands that report unknown settings in place of refusing them."""


def begin(
    context: typer.Context,
    traceback: Annotated[
        bool, typer.Option("--traceback", help="Where a command fails, print where in the program.")
    ] = False,
) -> None:
    """Runs before each command."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    if context.invoked_subcommand not in _CHECKS_ITSELF:
        refuse_unknown()


class Commands(TyperGroup):
    """Ends every command with one line and an exit code where it fails.

    With --traceback, the traceback follows the line.
    """

    def main(self, *arguments: Any, **options: Any) -> Any:
        """See click.Group."""
        _open_streams()
        return super().main(*arguments, **options)

    def invoke(self, ctx: Any) -> Any:
        """See click.Group."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (Exit, TyperException) as leaving:
            _show(leaving.__cause__, ctx)
            raise
        except Abort as error:
            _tell("\nnot answered, so nothing was done")
            raise typer.Exit(WRONG_USE) from error
        except PoliciesRejected as error:
            raise rejected(error) from error
        except Exception as error:
            _leave_output(error)
            if isinstance(error, OSError) and error.errno == EPIPE:
                raise typer.Exit(_NOBODY_READS) from error
            failure = failure_of(error)
            _tell(failure.line)
            _show(error, ctx)
            raise typer.Exit(failure.code) from error


def _open_streams() -> None:
    """Makes both streams take any text: no terminal is too old for a name, nor is a closed one."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _show(error: BaseException | None, context: typer.Context) -> None:
    """Prints where in the program the error is, if that was asked for."""
    if error is not None and context.params["traceback"]:
        _tell("".join(format_exception(error)))


def _tell(text: str) -> None:
    """Prints on stderr; where that cannot be written, the exit code must do."""
    with suppress(OSError):
        typer.echo(text, err=True)


def _leave_output(error: Exception) -> None:
    """Drops what cannot be written, as to a full disk: Python would try again when it ends."""
    if not isinstance(error, OSError):
        return
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
