"""Log lines: one JSON object each, without anything personal."""

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
"""What a line may carry beside its words, by `extra`: what we made ourselves, never a word of
a filer. These are not masked."""

_LONGEST = 2000
_MOST_CAUSES = 5
_MOST_FRAMES = 20


class JsonFormatter(logging.Formatter):
    """Writes a record as one line. It masks what it writes, so that no line goes round it."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(_message(record)[:_LONGEST]),
        }
        if call := current_context():
            line["request_id"] = call.id
            if call.reference:
                line["reference"] = call.reference
        for name in FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = value
        if record.exc_info and record.exc_info[1]:
            line["exception"] = [_told(error) for error in _causes(record.exc_info[1])]
        return json.dumps(line | getattr(record, "metrics", {})) + "\n"


def configure() -> None:
    """Has every line written so: our own from INFO on, those of libraries from WARNING on.

    On Lambda the runtime's own handler stays, since it knows how to hand lines over.
    """
    root = logging.getLogger()
    if not root.handlers:
        own = logging.StreamHandler()
        own.terminator = ""
        root.addHandler(own)
    for handler in root.handlers:
        handler.setFormatter(JsonFormatter())
    root.setLevel(logging.WARNING)
    # No line tells thread or process ("Optimization" in Python's Logging HOWTO).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.getLogger("ombud").setLevel(logging.INFO)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} (its arguments do not fit)"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it came of."""
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _told(error: BaseException) -> dict[str, object]:
    """Type and frames. The message only of our own errors: others quote what they choke on."""
    told: dict[str, object] = {"type": type(error).__name__}
    if isinstance(error, OmbudError):
        told["message"] = redacted(str(error))
    return told | {"frames": list(_frames(error.__traceback__))[-_MOST_FRAMES:]}


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    """file:line:function of each frame, outermost first."""
    while traceback:
        code = traceback.tb_frame.f_code
        file = "/".join(Path(code.co_filename).parts[-2:])
        yield f"{file}:{traceback.tb_lineno}:{code.co_name}"
        traceback = traceback.tb_next
