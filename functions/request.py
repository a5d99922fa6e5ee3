"""What comes over HTTP, read into typed values at the border."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from functions.language import LONGEST_TAG, Language, accepted, chosen

_LONGEST_BODY = 1_000_000
_MULTIPART = "multipart/form-data"
_FORMS = ("application/x-www-form-urlencoded", _MULTIPART)


@dataclass(frozen=True)
class Sent:
    """The fields of a request; `program` says that JSON came, so that JSON goes back.

    `wanted` are the languages to answer in, that of the page first.
    """

    fields: Mapping[str, str]
    wanted: tuple[str, ...]
    program: bool

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
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    await _check_length(request)
    if media == "application/json":
        fields = _json_fields(await request.body())
        return Sent(fields, _wanted(fields.get("language"), request), program=True)
    if media in _FORMS:
        fields = await _form_fields(media, request)
        return Sent(fields, _wanted(fields.get("language"), request), program=False)
    raise HTTPException(415, f"send one of {', '.join((*_FORMS, 'application/json'))}")


async def _form_fields(media: str, request: Request) -> dict[str, str]:
    if media == _MULTIPART:
        form = await request.form(max_files=0, max_part_size=_LONGEST_BODY)
        return {
            key: value for key, value in form.multi_items() if not isinstance(value, UploadFile)
        }
    return dict(parse_qsl((await request.body()).decode("latin-1"), keep_blank_values=True))


def wants_json(request: Request) -> bool:
    """Whether the client asked for JSON, by what it sent or what it accepts."""
    sent = request.headers.get("content-type", "").startswith("application/json")
    accepted = request.headers.get("accept", "")
    return sent or ("json" in accepted and "text/html" not in accepted)


def wanted_languages(request: Request) -> tuple[str, ...]:
    """The languages to answer in where no page said which, the most wanted first."""
    return _wanted(request.query_params.get("language"), request)


def client_address(request: Request) -> str:
    """Where a request comes from, to count failures by.

    Behind CloudFront the peer is one of its edges, and a header names the viewer. Who goes round
    CloudFront can forge it and gains nothing but this pause: failures count by reference as well.
    """
    viewer = request.headers.get("cloudfront-viewer-address", "")
    if viewer and "aws.event" in request.scope:
        return viewer.rpartition(":")[0]
    return request.client.host if request.client else ""


async def _check_length(request: Request) -> None:
    """Reads the body, and no more of it than is allowed; Starlette keeps it for later."""
    length = 0
    chunks = []
    async for chunk in request.stream():
        length += len(chunk)
        if length > _LONGEST_BODY:
            raise HTTPException(413, f"the filing is longer than {_LONGEST_BODY} bytes")
        chunks.append(chunk)
    request._body = b"".join(chunks)  # noqa: SLF001 - the attribute that Request.body() fills


def _json_fields(body: bytes) -> dict[str, str]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, "the body is not JSON in UTF-8") from error
    if not isinstance(content, dict):
        raise HTTPException(400, "the body is not a JSON object")
    fields: dict[str, str] = {}
    for key, value in content.items():
        if value is None:
            continue
        if isinstance(value, bool):
            fields[key] = "yes" if value else ""
        elif isinstance(value, str):
            fields[key] = value
        else:
            raise HTTPException(400, f"{key[:100]} is neither a string, a boolean nor null")
    return fields


def _wanted(named: str | None, request: Request) -> tuple[str, ...]:
    """What the page says goes before what the browser says."""
    page = (named,) if named and len(named) <= LONGEST_TAG else ()
    return (*page, *accepted(request.headers.get("accept-language", "")))
