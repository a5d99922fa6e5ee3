"""Reads the forms of the studio: fields, and one file."""

from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

_MOST_BYTES = 2_000_000
_MOST_BYTES_OF_FILE = 31_000_000
"""An import reads documents of 30 MB and says itself what is too large."""


@dataclass(frozen=True)
class SentForm:
    """The fields of a form by name, and the file, if one was chosen.

    The values of a name that was sent several times stand on a line each.
    """

    fields: dict[str, str]
    file_name: str = ""
    file: bytes = field(default=b"", repr=False)

    def get(self, name: str) -> str:
        """The field of that name; empty if it was not sent."""
        return self.fields.get(name, "")


async def read_form(request: Request) -> SentForm:
    """The form that was sent. Raises HTTPException 400 or 413."""
    type_, options = parse_options_header(request.headers.get("content-type", ""))
    of_file = type_ == "multipart/form-data"
    body = await _body(request, _MOST_BYTES_OF_FILE if of_file else _MOST_BYTES)
    try:
        if of_file:
            return _multipart(body, options.get("boundary", ""))
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict")
        return SentForm(_by_name(pairs))
    except (MultipartError, UnicodeDecodeError, ValueError) as error:
        raise HTTPException(400, "the form cannot be read") from error


def _by_name(pairs: list[tuple[str, str]]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in pairs:
        before = fields.get(name)
        fields[name] = f"{before}\n{value}" if before and value else before or value
    return fields


async def _body(request: Request, most: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413, f"more than {most // 1_000_000} MB")
    return bytes(body)


def _multipart(body: bytes, boundary: str) -> SentForm:
    fields: dict[str, str] = {}
    name, content = "", b""
    with_file = MultipartParser(
        BytesIO(body),
        boundary,
        content_length=len(body),
        disk_limit=_MOST_BYTES_OF_FILE,
        memory_limit=_MOST_BYTES_OF_FILE,
        strict=True,
    )
    for part in with_file:
        if part.filename is None:
            fields[part.name] = part.value
        else:
            name, content = part.filename, part.raw
    return SentForm(fields, name, content)
