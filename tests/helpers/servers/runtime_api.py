"""Runs the packaged functions against an implementation of Lambda's Runtime API on loopback.

The package is for Python 3.13 on arm64 and runs here on this machine's Python. So each bytecode
file is replaced by its source (`test_package.py` compares their hashes); exactly the modules of the
package exist. Machine code comes from this machine's wheels, in the same versions, together with
the packages that Lambda itself provides.
"""

import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from sysconfig import get_path
from tempfile import NamedTemporaryFile
from threading import Thread
from typing import Any
from zipfile import ZipFile

from infra.package import ROOT
from tests.helpers.log_leaks import HEARD
from tests.helpers.packaged import WHEELS

_RUNTIME = (
    "awslambdaric",
    "runtime_client*",
    "simplejson",
    "snapshot_restore_py*",
    "boto3",
    "botocore",
    "dateutil",
    "jmespath",
    "s3transfer",
    "six*",
    "urllib3",
)
"""The packages that Lambda's Python provides."""

_COMPILED = ("_cffi_backend*", "pydantic_core")
"""Packages with machine code for another processor; this machine's come first in the path."""

_SODIUM = "nacl/_sodium.abi3.so"
"""Machine code, too, but in a folder of modules that must all come from the package."""

_VERSION = "/2018-06-01/runtime"
_ANSWER_SECONDS = 60
_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:ombud"


Unpacked = tuple[Path, Path]
"""The folder of this machine's packages and that of the package, in the order of Python's path."""


class FunctionFailed(Exception):
    """The function ended without an answer; the message is what it reported."""


def read_body(answer: Any) -> Any:
    """The answer to an event of an HTTP API with its body as a client shows it, decompressed."""
    match answer:
        case {"isBase64Encoded": True, "headers": {"content-encoding": "gzip"}, "body": str(body)}:
            return answer | {"body": decompress(b64decode(body)).decode()}
    return answer


class RuntimeApi:
    """Passes events to a function's process and receives its answers."""

    def __init__(self) -> None:
        self.log = Path()
        """The file with the process's stdout and stderr."""
        self._events: Queue[bytes] = Queue()
        self._answers: Queue[tuple[bool, Any]] = Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()

    def invoke(self, event: object) -> Any:
        """Returns the function's answer to an event. Raises FunctionFailed."""
        self._events.put(json.dumps(event).encode())
        try:
            is_response, answer = self._answers.get(timeout=_ANSWER_SECONDS)
        except Empty as error:
            raise FunctionFailed("no answer") from error
        if not is_response:
            raise FunctionFailed(answer)
        return read_body(answer)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        events, answers = self._events, self._answers

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                event = events.get()
                self._send(
                    200,
                    event,
                    {
                        "Content-Type": "application/json",
                        "Lambda-Runtime-Aws-Request-Id": "request",
                        "Lambda-Runtime-Deadline-Ms": "9999999999999",
                        "Lambda-Runtime-Invoked-Function-Arn": _ARN,
                    },
                )

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answers.put((self.path.endswith("/response"), json.loads(body)))
                self._send(202, b"", {})

            def log_message(self, *_: object) -> None:
                """Logs nothing."""

            def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler


def unpack(archive: Path, folder: Path) -> Unpacked:
    """Unpacks the package, and links this machine's packages into a folder before it."""
    task, front = folder / "task", folder / "front"
    with ZipFile(archive) as package:
        package.extractall(task)
    for bytecode in task.rglob("*.pyc"):
        if bytecode.parent.name != "__pycache__":
            source = bytecode.with_suffix(".py")
            name = source.relative_to(task)
            ours = name.parts[0] == "functions"
            source.write_bytes(((ROOT if ours else WHEELS) / name).read_bytes())
            bytecode.unlink()
    front.mkdir()
    installed = Path(get_path("platlib"))
    for pattern in (*_RUNTIME, *_COMPILED):
        (path,) = (match for match in installed.glob(pattern) if match.suffix != ".dist-info")
        (front / path.name).symlink_to(path)
    (task / _SODIUM).write_bytes((installed / _SODIUM).read_bytes())
    return front, task


@contextmanager
def running(handler: str, unpacked: Unpacked, settings: Mapping[str, str]) -> Iterator[RuntimeApi]:
    """Starts a function's process as Lambda does, with only the package and its runtime."""
    api = RuntimeApi()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": ":".join(map(str, unpacked)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "error",
        "AWS_LAMBDA_RUNTIME_API": api.address,
        "AWS_LAMBDA_FUNCTION_NAME": "ombud",
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "LAMBDA_TASK_ROOT": str(unpacked[1]),
        "_HANDLER": handler,
    }
    with NamedTemporaryFile(suffix=".log") as log, HEARD.file(Path(log.name)):
        api.log = Path(log.name)
        process = subprocess.Popen(
            [sys.executable, "-S", "-m", "awslambdaric", handler],
            cwd=unpacked[0],
            env=environment | dict(settings),
            stdout=log,
            stderr=log,
        )
        try:
            yield api
        finally:
            process.kill()
            process.wait()
            api.close()
