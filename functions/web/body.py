"""Bodies of requests, read strictly: what cannot be read for certain is refused, never guessed.

Starlette's own parsers put U+FFFD or Latin-1 where bytes do not fit, and take a multipart body
that was cut off; a filing stored so would have lost words without anybody knowing.
"""

import json
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
JSON = "application/json"

_MOST_FIELDS = 200
"""No form has a tenth of them."""

_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
"""What a form may be written in. Browsers name the older Chinese ones each for the other, so
that all are read as GB 18030, which contains them (WHATWG Encoding Standard, section 4.2)."""

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? \-]{0,69}[0-9A-Za-z'()+_,./:=?\-]")
"""RFC 2046 section 5.1.1."""


@dataclass(frozen=True)
class SentFile:
    """A file that came with a form, under the name that it had there."""

    name: str
    content: bytes


Item = tuple[str, str | SentFile]


def media_type(header: str) -> str:
    """The media type of a Content-Type header, without its parameters."""
    return header.partition(";")[0].strip().lower()


async def form_items(header: str, body: bytes, most_files: int, longest_part: int) -> list[Item]:
    """The fields and files of a form whose Content-Type is `header`, each name once.

    A file may share its name with others, as those of one input do. Raises HTTPException 400
    for a body that cannot be read whole and 415 for a charset that is not taken.
    """
    _, parameters = parse_options_header(header)
    charset = _charset(parameters.get(b"charset", b"utf-8"))
    items: list[Item]
    if media_type(header) == URLENCODED:
        items = list(_urlencoded(body))
    else:
        items = await _multipart(parameters.get(b"boundary", b""), body, most_files, longest_part)
    read: list[Item] = []
    for raw, value in items:
        name = _decoded(raw, charset, "the name of a field")
        if isinstance(value, str):
            read.append((name, _decoded(value, charset, name)))
        else:
            called = _decoded(value.name, charset, "the name of a file")
            read.append((name, SentFile(called, value.content)))
    return read


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object that the body is (RFC 8259). Raises HTTPException 400.

    Its strings are whole Unicode: a lone surrogate stands for no character and cannot be stored.
    """
    try:
        content = json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is not JSON in UTF-8") from error
    if not isinstance(content, dict):
        raise HTTPException(400, "the body is not a JSON object")
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise HTTPException(400, "the body has half a character, a lone surrogate") from error
    return content


def once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """The items by their names. Raises HTTPException 400 where one comes twice.

    Whichever of the two was taken, somebody would have meant the other.
    """
    taken: dict[str, Any] = {}
    for name, value in items:
        if name in taken:
            raise HTTPException(400, f"{shown(name)} is sent twice; send it once")
        taken[name] = value
    return taken


def shown(name: str) -> str:
    """A name that a stranger chose, fit to be quoted in a message."""
    return ascii(name[:60])[1:-1]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return once(pairs)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _charset(named: bytes) -> str:
    known = _CHARSETS.get(named.decode("latin-1").strip().lower())
    if known is None:
        raise HTTPException(415, "the charset is not taken; send UTF-8 or GB 18030")
    return known


def _decoded(raw: str, charset: str, what: str) -> str:
    """Characters that stand for one byte each, as what they say in `charset`."""
    try:
        return raw.encode("latin-1").decode(charset)
    except UnicodeError as error:
        raise HTTPException(
            400,
            f"{shown(what)} is not {charset.upper()}; "
            "name the charset in Content-Type, or send UTF-8",
        ) from error


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise HTTPException(400, f"more than {_MOST_FIELDS} fields; no form has so many") from error


class _WholeParser(MultiPartParser):
    """Starlette's parser, which also remembers whether the last boundary came."""

    whole = False

    def on_end(self) -> None:
        self.whole = True

    def close(self) -> None:
        """Closes every file, those that never ended included."""
        for file in self._files_to_close_on_error:
            file.close()


async def _multipart(
    boundary: bytes, body: bytes, most_files: int, longest_part: int
) -> list[Item]:
    text = boundary.decode("latin-1")
    if not _BOUNDARY.fullmatch(text):
        raise HTTPException(400, "multipart/form-data needs a boundary in its Content-Type")
    # Latin-1 keeps each byte as it is; what it says is decided above.
    headers = Headers({"content-type": f'{MULTIPART}; boundary="{text}"; charset=latin-1'})
    parser = _WholeParser(
        headers,
        _one(body),
        max_files=most_files,
        max_fields=_MOST_FIELDS,
        max_part_size=longest_part,
    )
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from error
    try:
        if not parser.whole:
            raise HTTPException(400, "the multipart body ends before its last boundary")
        return [
            (key, value if isinstance(value, str) else await _read(value))
            for key, value in form.multi_items()
        ]
    finally:
        parser.close()


async def _read(file: UploadFile) -> SentFile:
    return SentFile(file.filename or "", await file.read())


async def _one(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
