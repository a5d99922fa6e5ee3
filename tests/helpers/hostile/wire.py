"""Bytes that violate HTTP, with the statuses that the real server may answer."""

from tests.helpers.hostile.bodies import APPEALS

_HEAD = f"POST {APPEALS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".encode()
_FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
_CHUNKED = _HEAD + _FORM + b"Transfer-Encoding: chunked\r\n\r\n"

WIRE: dict[str, tuple[bytes, tuple[int, ...]]] = {
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 9 + b"\r\n\r\n", (400,)),
    "chunk length is no number": (_CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n", (400,)),
    "chunk shorter than it says": (_CHUNKED + b"f\r\nabc\r\n0\r\n\r\n", (0, 400)),
    "chunk length overflows": (_CHUNKED + b"f" * 40 + b"\r\n", (400,)),
    "chunks of a form": (_CHUNKED + b"9\r\naccount=a\r\n1\r\nb\r\n0\r\n\r\n", (422,)),
    "length is no number": (_HEAD + b"Content-Length: five\r\n\r\n", (400,)),
    "negative length": (_HEAD + b"Content-Length: -5\r\n\r\n", (400,)),
    "two lengths": (_HEAD + b"Content-Length: 3\r\nContent-Length: 9\r\n\r\na=b", (400,)),
    "length and chunks": (
        _HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        (400, 415),
    ),
    "longer than sent": (_HEAD + _FORM + b"Content-Length: 999\r\n\r\naccount=a", (0, 400)),
    "header folded into another": (_HEAD + b"Accept-Language: en\r\n Bcc: a\r\n\r\n", (400, 415)),
    "NUL in a header": (_HEAD + b"Idempotency-Key: a\0b\r\n\r\n", (400,)),
    "header without a name": (_HEAD + b": x\r\n\r\n", (400,)),
    "header of 200 KB": (_HEAD + b"X: " + b"a" * 200_000 + b"\r\n\r\n", (0, 400, 431)),
    "blank in the path": (b"GET /cases/a b HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
    "no host": (b"GET /cases/health HTTP/1.1\r\nConnection: close\r\n\r\n", (200, 400)),
    "absolute address": (
        b"GET http://evil.example/cases/nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        (404,),
    ),
    "unknown method": (b"BREW /cases/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                       (400, 405)),
    "smuggled second request": (
        _HEAD + _FORM + b"Content-Length: 0\r\n\r\nGET /cases/health HTTP/1.1\r\nHost: x\r\n\r\n",
        (422,),
    ),
}  # fmt: skip
"""Requests as bytes, and the accepted statuses; 0 is a connection closed without an answer.

Several statuses depend on the parser that uvicorn uses. None may be 5xx.
"""
