"""A proxy before an emulator that injects the faults of a network and a busy service."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Refusal:
    """The service answers with an error and does nothing."""

    code: str
    status: int = 400
    reasons: tuple[str, ...] = ()

    def body(self) -> bytes:
        """Returns the error as DynamoDB formats it."""
        content: dict[str, object] = {"__type": f"com.amazonaws.dynamodb.v20120810#{self.code}"}
        if self.reasons:
            content["CancellationReasons"] = [{"Code": reason} for reason in self.reasons]
        return json.dumps(content | {"message": "injected"}).encode()


Fault = Refusal | Literal["request lost", "reply lost"] | None
"""The fault of a request. "reply lost": the service carries it out, and the reply is lost."""

Plan = Callable[[str], Fault]
"""Returns the fault of the next request, by its operation."""

THROTTLED = Refusal("ThrottlingException")
EXCEEDED = Refusal("ProvisionedThroughputExceededException")
CONFLICT = Refusal("TransactionConflictException")
CANCELLED_BY_CONFLICT = Refusal(
    "TransactionCanceledException", reasons=("TransactionConflict", "None", "None")
)
CANCELLED_BY_THROTTLING = Refusal(
    "TransactionCanceledException", reasons=("None", "ThrottlingError", "None")
)
BROKEN = Refusal("InternalServerError", status=500)


@dataclass
class Faults:
    """The proxy's endpoint, its plan, and the number of requests by operation."""

    endpoint: str
    plan: Plan = lambda _: None
    seen: Counter[str] = field(default_factory=Counter)

    def next(self, *faults: Fault) -> None:
        """Injects these faults into the next requests, one each, and none afterwards."""
        remaining = iter(faults)
        self.plan = lambda _: next(remaining, None)

    def always(self, fault: Fault) -> None:
        """Injects this fault into every request from now on."""
        self.plan = lambda _: fault


@contextmanager
def faults_before(upstream: str) -> Iterator[Faults]:
    """Runs a proxy on loopback before the emulator at `upstream`."""
    port = urlsplit(upstream).port

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # sends head and body in one packet; in two, each answer takes 40 ms more

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = self.headers["X-Amz-Target"].partition(".")[2]
            faults.seen[operation] += 1
            fault = faults.plan(operation)
            if isinstance(fault, Refusal):
                self._reply(fault.status, "application/x-amz-json-1.0", fault.body())
                return
            if fault != "request lost":
                answer = self._forward(body)
            if fault is None:
                self._reply(*answer)
            else:
                self.close_connection = True

        def _forward(self, body: bytes) -> tuple[int, str, bytes]:
            connection = HTTPConnection("127.0.0.1", port)
            try:
                connection.request("POST", "/", body, dict(self.headers))
                answer = connection.getresponse()
                return answer.status, answer.headers["Content-Type"], answer.read()
            finally:
                connection.close()

        def _reply(self, status: int, media: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    faults = Faults(f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield faults
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
