"""Reads a published site from a folder, a web address or S3: which organisations and versions."""

import re
from functools import partial
from http import HTTPStatus
from http.client import HTTPException, InvalidURL
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from pydantic import ValidationError

from functions.model.contract.contract import Current
from site_src.errors import NothingToCompare, SiteUnreachable
from site_src.file_names import POINTERS, ReadFile
from site_src.s3_address import S3, bucket_of

_TIMEOUT_SECONDS = 20
_NOT_THERE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""S3 answers 403 for a missing file if the reader may not list its folder."""

_S3_NOT_THERE = ("NoSuchKey", "AccessDenied")

_SITEMAP = "sitemap.xml"
_PART = re.compile(r"<loc>[^<]*/(sitemap-\d+\.xml)</loc>")
_VERSION_PAGE = re.compile(r"(?:^|/)([^/<>]+)/versions/([^/<>]+)/(?:index\.html$|</loc>)")
"""The permanent page of a version, as the name of a file or as an address in the sitemap."""

PublishedVersions = dict[str, frozenset[str]]
"""The names of the published versions, by organisation."""


def versions_among(pages: list[str]) -> PublishedVersions:
    """The versions whose permanent pages are among these names of files."""
    found: dict[str, set[str]] = {}
    for page in pages:
        for organisation, version in _VERSION_PAGE.findall(page):
            found.setdefault(organisation, set()).add(version)
    return {name: frozenset(versions) for name, versions in found.items()}


def published_versions(read: ReadFile) -> PublishedVersions:
    """What the site's map lists, which everybody may read; empty if there is no map."""
    sitemap = _text(read, _SITEMAP)
    parts = [_text(read, name) for name in _PART.findall(sitemap)]
    return versions_among([sitemap, *parts])


def published_pointers(read: ReadFile) -> Current | None:
    """The pointers of the site; None if they cannot be read, as by a web address.

    Raises NothingToCompare if the file has another content.
    """
    content = read(POINTERS)
    try:
        return None if content is None else Current.model_validate_json(content)
    except ValidationError as error:
        raise NothingToCompare(f"this program cannot read {POINTERS}") from error


def reader(place: str) -> ReadFile:
    """A reader of the site in a folder, at a web address or in S3. Raises NothingToCompare."""
    if place.startswith(("http://", "https://")):
        return lambda name: _download(f"{place.rstrip('/')}/{name}")
    if place.startswith(S3):
        return _s3_reader(place)
    if not Path(place).is_dir():
        raise NothingToCompare(f"there is no folder {place}")
    return partial(_read, Path(place))


def _text(read: ReadFile, name: str) -> str:
    return (read(name) or b"").decode(errors="replace")


def _read(folder: Path, name: str) -> bytes | None:
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        return None


def _download(address: str) -> bytes | None:
    try:
        with urlopen(address, timeout=_TIMEOUT_SECONDS) as response:
            return bytes(response.read())
    except HTTPError as error:
        if error.code in _NOT_THERE:
            return None
        raise SiteUnreachable(f"{address} answers with status {error.code}") from error
    except (InvalidURL, ValueError) as error:
        raise NothingToCompare(f"{address} is no address: {error}") from error
    except (OSError, HTTPException) as error:
        why = getattr(error, "reason", error)
        raise SiteUnreachable(f"{address} does not answer: {why}") from error


def _s3_reader(place: str) -> ReadFile:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    bucket = bucket_of(place)
    if bucket is None:
        raise NothingToCompare(f"{place} names no bucket; give s3://BUCKET, without a path")
    s3 = boto3.client("s3")

    def read(name: str) -> bytes | None:
        try:
            return bytes(s3.get_object(Bucket=bucket, Key=name)["Body"].read())
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _S3_NOT_THERE:
                return None
            raise SiteUnreachable(f"{place} cannot be read: {code}") from error
        except BotoCoreError as error:
            raise SiteUnreachable(f"{place} cannot be read: {error}") from error

    return read
