"""Formats log lines: one JSON object each, without personal data."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from functions.model.errors import OmbudError
from functions.observability.redaction import redacted
from functions.observability.request_context import current_context

FIELDS = ("reference", "mail", "record", "route", "status", "duration_ms")
"""The fields that `extra` may add to a line. They are not masked: Ombud itself makes their values,
and none contains words of a filer."""

_LONGEST = 2000
_MOST_CAUSES = 5
_MOST_FRAMES = 20


class JsonFormatter(logging.Formatter):
    """Formats each record as one line of JSON and masks its message, so no line escapes masking."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(_message(record)[:_LONGEST]),
        }
        if context := current_context():
            line["request_id"] = context.id
            if context.reference:
                line["reference"] = context.reference
        for name in FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = value
        if record.exc_info and record.exc_info[1]:
            line["exception"] = [_describe(error) for error in _chain(record.exc_info[1])]
        return json.dumps(line | getattr(record, "metrics", {})) + "\n"


def configure() -> None:
    """Formats all log lines as JSON: Ombud's own from INFO, those of libraries from WARNING.

    On Lambda the runtime's own handler stays, because it delivers the lines.
    """
    root = logging.getLogger()
    if not root.handlers:
        handler_ = logging.StreamHandler()
        handler_.terminator = ""
        root.addHandler(handler_)
    for handler in root.handlers:
        handler.setFormatter(JsonFormatter())
    root.setLevel(logging.WARNING)
    # No line names thread or process ("Optimization" in Python's Logging HOWTO).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.getLogger("ombud").setLevel(logging.INFO)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} (its arguments do not match)"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields the error, then its causes."""
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _describe(error: BaseException) -> dict[str, object]:
    """Returns type and frames, and the message of Ombud's own errors: others may quote input."""
    description: dict[str, object] = {"type": type(error).__name__}
    if isinstance(error, OmbudError):
        description["message"] = redacted(str(error))
    return description | {"frames": list(_frames(error.__traceback__))[-_MOST_FRAMES:]}


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    """Yields `file:line:function` of each frame, outermost first."""
    while traceback:
        code = traceback.tb_frame.f_code
        file = "/".join(Path(code.co_filename).parts[-2:])
        yield f"{file}:{traceback.tb_lineno}:{code.co_name}"
        traceback = traceback.tb_next
