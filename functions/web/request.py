"""Reads HTTP requests into typed values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from functions.cases.files.attach import SentFile
from functions.model.attachment import MEGABYTE, display_name
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
"""Bytes of a body with files. Lambda takes events of 6 MB, and base64 makes four characters of
three bytes. The limit is the same outside AWS, so a form behaves the same everywhere."""

_LONGEST_READ = 26 * MEGABYTE
"""Bytes of a longer body with files that are read to return its words, where they arrive at all:
as many as of a file that is sent by itself. Its files are dropped."""

_MOST_FIELDS = 200
_MOST_FILES = 20
"""Also the most vouchers: four times the files that any policy may allow."""

_CUSTOMER_BITS = 64
"""A customer who has one IPv6 address has its whole /64 (RFC 6177)."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as a translator writes them (RFC 6052)."""
_FORMS = (URLENCODED, MULTIPART)


@dataclass(frozen=True)
class Sent:
    """The fields and files of a request.

    `program` says that the request was JSON; the answer then is JSON, too. `uploads` are the
    vouchers of files that were uploaded earlier. `dropped` are the names of the files if all of it
    together was too long. `wanted` are the languages to answer in, best first: that of the page,
    then those of the browser.
    """

    fields: Mapping[str, str]
    wanted: tuple[str, ...]
    program: bool
    uploads: tuple[str, ...] = ()
    files: tuple[SentFile, ...] = ()
    dropped: tuple[str, ...] = ()

    def language(self, offered: Collection[Language], otherwise: Language) -> Language:
        """Returns the offered language to answer in, `otherwise` the site's first one."""
        return chosen(self.wanted, offered, otherwise)

    def without(self, *names: str) -> dict[str, str]:
        """Returns the fields without those of these names."""
        return {key: value for key, value in self.fields.items() if key not in names}


async def read_sent(request: Request, with_files: bool = False) -> Sent:
    """Reads the body of a request, a form or a JSON object.

    Where files are expected (`with_files`), files that make it too long are dropped and the words
    are read. Raises HTTPException 400 for a body that cannot be read, 413 for one that is too long
    and 415 for any other media type, charset or content encoding.
    """
    header, media = request.headers.get("content-type", ""), sent_media_type(request)
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HTTPException(415, "send the body as it is, without Content-Encoding")
    longest = _LONGEST_BODY
    if media == MULTIPART:
        longest = _LONGEST_READ if with_files else LONGEST_UPLOAD
    body = await read_body(request, longest)
    if media == JSON:
        content = json_object(body)
        uploads = _json_vouchers(content.pop("uploads", []))
        fields = _json_fields(content)
        return Sent(fields, _wanted(fields.get("language"), request), True, uploads)
    if media in _FORMS:
        items = form_items(header, body, _MOST_FILES, _LONGEST_BODY)
        texts = [(key, value) for key, value in items if isinstance(value, str)]
        # A browser sends an empty part if no file was chosen.
        files = tuple(
            value
            for _, value in items
            if isinstance(value, SentFile) and (value.name or value.content)
        )
        too_long = len(body) > LONGEST_UPLOAD
        if too_long and not files:
            raise HTTPException(413, f"the filing is longer than {LONGEST_UPLOAD} bytes")
        fields = once([(key, value) for key, value in texts if key not in ("upload", "files")])
        return Sent(
            fields,
            _wanted(fields.get("language"), request),
            program=False,
            uploads=_vouchers([value for key, value in texts if key == "upload"]),
            files=() if too_long else files,
            dropped=tuple(display_name(file.name) for file in files) if too_long else (),
        )
    raise HTTPException(415, f"send one of {', '.join((*_FORMS, JSON))}")


def wants_json(request: Request) -> bool:
    """Whether the client asked for JSON, by what it sent or what it accepts."""
    accepted = request.headers.get("accept", "")
    return sent_media_type(request) == JSON or ("json" in accepted and "text/html" not in accepted)


def sent_media_type(request: Request) -> str:
    """The media type of the request's body."""
    return media_type(request.headers.get("content-type", ""))


def wanted_languages(request: Request) -> tuple[str, ...]:
    """Returns the languages to answer in, best first: that of the query, then the browser's."""
    return _wanted(request.query_params.get("language"), request)


def on_lambda(request: Request) -> bool:
    """Whether Lambda serves the request, so that each second of waiting holds an instance."""
    return "aws.event" in request.scope


def client_address(request: Request) -> str:
    """Returns the address that quotas count by: an IPv4 address, or an IPv6 /64 network.

    Behind CloudFront the peer is one of its edges, and a header names the viewer. A client that
    bypasses CloudFront can forge the header. It gains little: failed look-ups are also counted by
    reference, and mails by recipient. A header that names no address of a client is ignored.

    Empty if the peer is this machine itself: it then is a proxy that does not forward client
    addresses. Counted as one client, its clients would share each quota, and nobody could file.
    """
    host = request.client.host if request.client else ""
    viewer = request.headers.get("cloudfront-viewer-address", "")
    if viewer and on_lambda(request):
        named = _read_address(viewer.rpartition(":")[0].strip("[]"))
        if named is not None and not (named.is_loopback or named.is_unspecified):
            return _counted_by(named)
    return _of_peer(host, "x-forwarded-for" in request.headers)


@lru_cache  # each request asks four times
def _of_peer(host: str, forwarded: bool) -> str:
    peer = _read_address(host)
    if peer is None:
        return host
    return "" if peer.is_loopback and not forwarded else _counted_by(peer)


def _read_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parses an address; one of IPv4 that is written in IPv6 is that of IPv4."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address


def _counted_by(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, _CUSTOMER_BITS), strict=False))


async def read_body(request: Request, longest: int) -> bytes:
    """Reads the body, of at most `longest` bytes.

    Raises HTTPException 413 for a longer one, and 400 if the client disconnects.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > longest:
                raise HTTPException(413, f"the filing is longer than {longest} bytes")
    except ClientDisconnect as error:
        raise HTTPException(400, "the connection was closed before the body was whole") from error
    return bytes(body)


def _json_vouchers(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(voucher, str) for voucher in value):
        raise HTTPException(400, "uploads is not a list of strings")
    return _vouchers(value)


def _vouchers(sent: list[str]) -> tuple[str, ...]:
    """Returns each voucher once. Raises HTTPException 400 for more than any form has."""
    if len(sent) > _MOST_FILES:
        raise HTTPException(400, f"more than {_MOST_FILES} vouchers of files")
    return tuple(dict.fromkeys(sent))


def _json_fields(content: Mapping[str, object]) -> dict[str, str]:
    if len(content) > _MOST_FIELDS:
        raise HTTPException(400, f"more than {_MOST_FIELDS} fields; no form has so many")
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
    """Returns the language of the page, then those that the browser accepts."""
    page = (named,) if named and len(named) <= LONGEST_TAG else ()
    return (*page, *accepted(request.headers.get("accept-language", "")))
