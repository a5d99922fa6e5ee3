"""Scans files with ClamAV, by the INSTREAM command of its daemon, clamd(8)."""

import re
import socket
from pathlib import Path

from functions.cases.ports.scanner import Clean, Infected
from functions.model.errors import ScannerUnavailable, SettingInvalid

CLAMD_TAKES = "none, clamd:HOST:PORT or clamd:/PATH/OF/SOCKET"

_CHUNK = 1 << 16
_SECONDS = 60
_ANSWER = re.compile(rb"stream: (?:(OK)|(.+) FOUND)\0")


class ClamdScanner:
    """Asks one clamd, over TCP or a Unix socket, with one connection for each file.

    Raises SettingInvalid for an address that is neither HOST:PORT nor the path of a socket.
    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._place: str | tuple[str, int]
        if address.startswith("/"):
            self._place = address
        elif host and port.isdecimal():
            self._place = (host.strip("[]"), int(port))
        else:
            raise SettingInvalid(f"OMBUD_SCAN takes {CLAMD_TAKES}")

    def scan(self, content: bytes) -> Clean | Infected:
        """See Scanner. Any answer but a verdict, such as a size limit, is ScannerUnavailable."""
        try:
            with self._connect() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), _CHUNK):
                    chunk = content[start : start + _CHUNK]
                    connection.sendall(len(chunk).to_bytes(4) + chunk)
                connection.sendall(bytes(4))
                answer = _read_answer(connection)
        except OSError as error:
            raise ScannerUnavailable(f"clamd: {type(error).__name__}") from error
        verdict = _ANSWER.fullmatch(answer)
        if verdict is None:
            raise ScannerUnavailable(f"clamd: {answer[:200].decode(errors='replace')}")
        return Clean() if verdict[1] else Infected(verdict[2].decode(errors="replace"))

    def _connect(self) -> socket.socket:
        if isinstance(self._place, tuple):
            return socket.create_connection(self._place, timeout=_SECONDS)
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_SECONDS)
        try:
            connection.connect(str(Path(self._place)))
        except OSError:
            connection.close()
            raise
        return connection


def _read_answer(connection: socket.socket) -> bytes:
    answer = b""
    while received := connection.recv(4096):
        answer += received
        if answer.endswith(b"\0"):
            break
    return answer
