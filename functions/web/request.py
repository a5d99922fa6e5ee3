"""What comes over HTTP, read into typed values at the border."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from functions.cases.files.attach import SentFile
from functions.model.language import LONGEST_TAG, Language, accepted, chosen
from functions.web.body import (
    JSON,
    MULTIPART,
    URLENCODED,
    form_items,
    json_object,
    media_type,
    once,
    quotable,
)

_LONGEST_BODY = 1_000_000
LONGEST_UPLOAD = 4_500_000
"""With files. Lambda takes 6 MB of event, in which a body of three bytes is four characters; one
limit everywhere means that a form behaves the same everywhere."""

_MOST_FILES = 20
_CUSTOMER_BITS = 64
"""Whoever has one IPv6 address has all of its /64 (RFC 6177)."""
_FORMS = (URLENCODED, MULTIPART)


@dataclass(frozen=True)
class Sent:
    """The fields of a request; `program` says that JSON came, so that JSON goes back.

    `uploads` are the vouchers of files that were left before, `wanted` the languages to answer
    in, that of the page first.
    """

    fields: Mapping[str, str]
    wanted: tuple[str, ...]
    program: bool
    uploads: tuple[str, ...] = ()
    files: tuple[SentFile, ...] = ()

    def language(self, offered: Collection[Language]) -> Language:
        """The one of these languages to answer in."""
        return chosen(self.wanted, offered)

    def without(self, *names: str) -> dict[str, str]:
        """The fields, less those that are the page's own."""
        return {key: value for key, value in self.fields.items() if key not in names}


async def read_sent(request: Request) -> Sent:
    """The fields of a form or a JSON object.

    Raises HTTPException 400 for a body that cannot be read, 413 for one that is too long
    and 415 for any other media type.
    """
    header = request.headers.get("content-type", "")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "send the body as it is, without Content-Encoding")
    media = media_type(header)
    body = await read_body(request, LONGEST_UPLOAD if media == MULTIPART else _LONGEST_BODY)
    if media == JSON:
        content = json_object(body)
        uploads = _vouchers(content.pop("uploads", []))
        fields = _json_fields(content)
        return Sent(fields, _wanted(fields.get("language"), request), True, uploads)
    if media in _FORMS:
        items = form_items(header, body, _MOST_FILES, _LONGEST_BODY)
        told = [(key, value) for key, value in items if isinstance(value, str)]
        files = (value for _, value in items if isinstance(value, SentFile))
        fields = once([(key, value) for key, value in told if key not in ("upload", "files")])
        return Sent(
            fields,
            _wanted(fields.get("language"), request),
            program=False,
            uploads=tuple(value for key, value in told if key == "upload"),
            # A browser sends an empty part where no file was chosen.
            files=tuple(file for file in files if file.name or file.content),
        )
    raise HTTPException(415, f"send one of {', '.join((*_FORMS, JSON))}")


def wants_json(request: Request) -> bool:
    """Whether the client asked for JSON, by what it sent or what it accepts."""
    sent = media_type(request.headers.get("content-type", "")) == JSON
    accepted = request.headers.get("accept", "")
    return sent or ("json" in accepted and "text/html" not in accepted)


def wanted_languages(request: Request) -> tuple[str, ...]:
    """The languages to answer in where no page said which, the most wanted first."""
    return _wanted(request.query_params.get("language"), request)


def client_address(request: Request) -> str:
    """Where a request comes from, to count by: an address, of IPv6 the network of one customer.

    Behind CloudFront the peer is one of its edges, and a header names the viewer. Who goes round
    CloudFront can forge it and gains no more than that: failures count by reference as well, and
    mails by their recipient.
    """
    host = request.client.host if request.client else ""
    viewer = request.headers.get("cloudfront-viewer-address", "")
    if viewer and "aws.event" in request.scope:
        host = viewer.rpartition(":")[0].strip("[]")
    try:
        address = IPv6Address(host)
    except ValueError:
        return host
    return str(IPv6Network((address, _CUSTOMER_BITS), strict=False))


async def read_body(request: Request, longest: int) -> bytes:
    """The body, of which no more than `longest` bytes are read. Raises HTTPException 400 or 413."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > longest:
                raise HTTPException(413, f"the filing is longer than {longest} bytes")
    except ClientDisconnect as error:
        raise HTTPException(400, "the connection was closed before the body was whole") from error
    return bytes(body)


def _vouchers(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise HTTPException(400, "uploads is not a list of strings")
    return tuple(value)


def _json_fields(content: Mapping[str, object]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for key, value in content.items():
        if value is None:
            continue
        if isinstance(value, bool):
            fields[key] = "yes" if value else ""
        elif isinstance(value, str):
            fields[key] = value
        else:
            raise HTTPException(400, f"{quotable(key)} is neither a string, a boolean nor null")
    return fields


def _wanted(named: str | None, request: Request) -> tuple[str, ...]:
    """What the page says goes before what the browser says."""
    page = (named,) if named and len(named) <= LONGEST_TAG else ()
    return (*page, *accepted(request.headers.get("accept-language", "")))
