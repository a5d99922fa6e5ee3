"""A fake clamd that implements INSTREAM and knows one signature, EICAR's test file.

Debian's ClamAV has no signatures; it downloads them, and tests have no network.
"""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from tests.helpers.sample_files import EICAR


class Handler(socketserver.StreamRequestHandler):
    """Serves one connection."""

    def handle(self) -> None:
        """Answers one INSTREAM command."""
        command = self.rfile.read(len(b"zINSTREAM\0"))
        assert command == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4)):
            content += self.rfile.read(length)
        server = self.server
        if isinstance(server, Clamd):
            server.scanned.append(content)
        if isinstance(server, Clamd) and server.says:
            self.wfile.write(server.says)
        elif EICAR in content:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


class Clamd(socketserver.ThreadingTCPServer):
    """Keeps each scanned content in `scanned`. A non-empty `says` is the answer to everything."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.scanned: list[bytes] = []
        self.says = b""

    @property
    def address(self) -> str:
        """The address as HOST:PORT."""
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def clamd() -> Iterator[Clamd]:
    """Runs a clamd on a free port of this machine."""
    with Clamd() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
