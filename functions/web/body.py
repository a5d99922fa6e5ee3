"""Bodies of requests, read strictly: what cannot be read for certain is refused, never guessed.

Lenient parsers put U+FFFD where bytes do not fit and take a multipart body that was cut off; a
filing stored so would have lost words without anybody knowing.
"""

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from multipart import (
    MultipartError,
    MultipartSegment,
    ParserLimitReached,
    PushMultipartParser,
    parse_options_header,
)
from starlette.exceptions import HTTPException

from functions.cases.files.attach import SentFile

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


FormItem = tuple[str, str | SentFile]


def media_type(header: str) -> str:
    """The media type of a Content-Type header, without its parameters."""
    return header.partition(";")[0].strip().lower()


def form_items(header: str, body: bytes, most_files: int, longest_part: int) -> list[FormItem]:
    """The fields and files of a form whose Content-Type is `header`, each name once.

    A file may share its name with others, as those of one input do. Raises HTTPException 400
    for a body that cannot be read whole and 415 for a charset that is not taken.
    """
    _, parameters = parse_options_header(header)
    charset = _charset(parameters.get("charset", "utf-8"))
    items: list[FormItem]
    if media_type(header) == URLENCODED:
        items = list(_urlencoded(body))
    else:
        items = _multipart(parameters.get("boundary", ""), body, most_files, longest_part)
    read: list[FormItem] = []
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
            raise HTTPException(400, f"{quotable(name)} is sent twice; send it once")
        taken[name] = value
    return taken


def quotable(name: str) -> str:
    """A name that a stranger chose, fit to be quoted in a message."""
    return ascii(name[:60])[1:-1]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return once(pairs)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _charset(named: str) -> str:
    known = _CHARSETS.get(named.strip().lower())
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
            f"{quotable(what)} is not {charset.upper()}; "
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


def _multipart(boundary: str, body: bytes, most_files: int, longest_part: int) -> list[FormItem]:
    """The parts of a body (RFC 7578), every byte as the Latin-1 character of that number.

    What the bytes say is decided by whoever knows the charset.
    """
    if not _BOUNDARY.fullmatch(boundary):
        raise HTTPException(400, "multipart/form-data needs a boundary in its Content-Type")
    parser = PushMultipartParser(
        boundary,
        max_segment_count=_MOST_FIELDS + most_files,
        header_charset="latin-1",
        strict=True,
    )
    items: list[FormItem] = []
    segment, content = None, bytearray()
    try:
        for event in parser.parse(body) if body else ():
            if isinstance(event, MultipartSegment):
                segment, content = event, bytearray()
            elif event is not None:
                content += event
            elif segment is not None:
                items.append(_item(segment, bytes(content), longest_part))
    except ParserLimitReached as error:
        most = f"more than {_MOST_FIELDS} fields and {most_files} files; no form has so many"
        raise HTTPException(400, most) from error
    except MultipartError as error:
        raise HTTPException(400, f"the multipart body cannot be read: {error}") from error
    try:
        parser.close()
    except MultipartError as error:
        raise HTTPException(400, "the multipart body ends before its last boundary") from error
    if sum(not isinstance(value, str) for _, value in items) > most_files:
        raise HTTPException(400, f"more than {most_files} files")
    return items


def _item(segment: MultipartSegment, content: bytes, longest_part: int) -> FormItem:
    if segment.name is None:
        raise HTTPException(400, "a part of the multipart body has no name")
    if segment.filename is not None:
        return segment.name, SentFile(segment.filename, content)
    if len(content) > longest_part:
        raise HTTPException(400, f"a field is longer than {longest_part} bytes")
    return segment.name, content.decode("latin-1")
