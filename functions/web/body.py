"""Parses request bodies strictly: refuses whatever it cannot read for certain.

Lenient parsers replace undecodable bytes by U+FFFD and accept a truncated multipart body. The
stored filing would then lack words, and nobody would notice.
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
"""More than ten times the fields of the longest form."""

_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
}
"""The accepted charsets of a form, with the codec that decodes each.

Browsers use the labels gb2312 and gbk for one another. GB 18030 contains both, so it decodes all
three (WHATWG Encoding Standard, section 4.2).
"""

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? \-]{0,69}[0-9A-Za-z'()+_,./:=?\-]")
"""RFC 2046 section 5.1.1."""


FormItem = tuple[str, str | SentFile]


def media_type(header: str) -> str:
    """The media type of a Content-Type header, without its parameters."""
    return header.partition(";")[0].strip().lower()


def form_items(header: str, body: bytes, most_files: int, longest_part: int) -> list[FormItem]:
    """Returns the fields and files of a form body, in the order in which they were sent.

    `header` is the Content-Type. `most_files` limits the number of files, `longest_part` the
    bytes of each other part. A name may occur more than once; see `once`. Raises HTTPException
    400 for a body that cannot be read completely and 415 for a charset that is not accepted.
    """
    _, parameters = parse_options_header(header)
    charset = _charset(parameters.get("charset", "utf-8"))
    items: list[FormItem]
    if media_type(header) == URLENCODED:
        items = list(_urlencoded(body))
    else:
        items = _multipart(parameters.get("boundary", ""), body, most_files, longest_part)
    decoded: list[FormItem] = []
    for raw, value in items:
        name = _decode(raw, charset, "the name of a field")
        if isinstance(value, str):
            decoded.append((name, _decode(value, charset, name)))
        else:
            file_name = _decode(value.name, charset, "the name of a file")
            decoded.append((name, SentFile(file_name, value.content)))
    return decoded


def json_object(body: bytes) -> dict[str, Any]:
    """Parses the body as one JSON object (RFC 8259). Raises HTTPException 400.

    Refuses lone surrogates: they stand for no character and cannot be stored.
    """
    try:
        content = json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=once, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is not JSON in UTF-8") from error
    if not isinstance(content, dict):
        raise HTTPException(400, "the body is not a JSON object")
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise HTTPException(400, "the body contains a lone surrogate, half a character") from error
    return content


def once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns the items by name. Raises HTTPException 400 for a name that is sent twice.

    Nobody can know which of the two values was meant.
    """
    by_name: dict[str, Any] = {}
    for name, value in items:
        if name in by_name:
            raise HTTPException(400, f"{quotable(name)} is sent twice; send it once")
        by_name[name] = value
    return by_name


def quotable(name: str) -> str:
    """Makes a client's name safe to quote in a message: ASCII, at most 60 characters of it."""
    return ascii(name[:60])[1:-1]


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _charset(label: str) -> str:
    codec = _CHARSETS.get(label.strip().lower())
    if codec is None:
        raise HTTPException(415, "the charset is not accepted; send UTF-8 or GB 18030")
    return codec


def _decode(raw: str, charset: str, what: str) -> str:
    """Decodes `raw`, in which each character stands for one byte (Latin-1), as `charset`."""
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
    """Returns the parts of a body (RFC 7578), with their bytes as Latin-1 characters.

    The caller knows the charset and decodes them.
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
        message = f"more than {_MOST_FIELDS} fields and {most_files} files; no form has so many"
        raise HTTPException(400, message) from error
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
