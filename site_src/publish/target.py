"""Writes a site to where it is published: a folder for a web server, or S3 behind CloudFront."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict

from functions.model.durable_files import write_whole
from site_src.errors import DeployRunning, WrongTarget
from site_src.file_names import address, cache_control, content_type

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_MOST_PATHS = 1000
"""With more paths, everything is invalidated: CloudFront takes 3,000 paths at a time and counts a
wildcard as one."""

_LOCK = "contracts/deploy.lock"
_LOCK_LIFE = timedelta(minutes=15)
"""An older lock was left behind by a deploy that died."""


_NAME = re.compile(r"[^\x00-\x1f\x7f\\:]{1,1000}")

_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict")
"""The error codes of S3 when another deploy wrote the lock first."""


class Target(Protocol):
    """A place to publish to; names are paths below the site's root."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if it does not exist."""

    def put(self, name: str, content: bytes) -> None:
        """Writes a file, whole or not at all."""

    def remove(self, name: str) -> None:
        """Removes a file."""

    def lock(self) -> "AbstractContextManager[None]":
        """Keeps every other deploy out until released. Raises DeployRunning."""

    def announce(self, names: tuple[str, ...]) -> None:
        """Removes the old content of these files from caches."""


class FolderTarget:
    """A folder that a web server serves; it must not serve `contracts/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """See Target."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """See Target."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)

    def remove(self, name: str) -> None:
        """See Target."""
        path = self._path(name)
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self._folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See Target."""
        path = self._path(_LOCK)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _expired(path.read_bytes()):
            path.unlink(missing_ok=True)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError as error:
            message = f"another deploy is running; if it has died, remove {path}"
            raise DeployRunning(message) from error
        with os.fdopen(descriptor, "w") as file:
            file.write(_until())
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    def announce(self, names: tuple[str, ...]) -> None:
        """Does nothing: a folder has no cache."""

    def _path(self, name: str) -> Path:
        """The path of a file below the folder. Raises WrongTarget if a link could lead out of it.

        The folder itself may be a link: the operator named it.
        """
        path = self._folder / checked_name(name)
        for parent in path.parents:
            if parent == self._folder:
                return path
            if parent.is_symlink():
                raise WrongTarget(f"{parent} is a link: deploy writes into no folder elsewhere")
        raise WrongTarget(f"{name!a} lies outside {self._folder}")


class _Place(TypedDict):
    """The bucket and the key of an object in S3."""

    Bucket: str
    Key: str


class _Condition(TypedDict, total=False):
    """The condition for S3 to write an object."""

    IfMatch: str
    IfNoneMatch: str


class S3Target:
    """A site bucket, a contracts bucket, and the CloudFront distribution of the site."""

    def __init__(self, site: str, contracts: str, distribution: str | None) -> None:
        import boto3

        self._s3 = boto3.client("s3")
        self._site, self._contracts = site, contracts
        self._distribution = distribution

    def read(self, name: str) -> bytes | None:
        """See Target."""
        try:
            response = self._s3.get_object(**self._place(name))
        except self._s3.exceptions.NoSuchKey:
            return None
        return bytes(response["Body"].read())

    def put(self, name: str, content: bytes) -> None:
        """See Target."""
        self._s3.put_object(
            **self._place(name),
            Body=content,
            ContentType=content_type(name),
            CacheControl=cache_control(name),
        )

    def remove(self, name: str) -> None:
        """See Target."""
        self._s3.delete_object(**self._place(name))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See Target; the write is conditional, so that one of two deploys fails."""
        place = self._place(_LOCK)
        existing = self.read(_LOCK)
        condition: _Condition = {"IfNoneMatch": "*"}
        if existing is not None and _expired(existing):
            condition = {"IfMatch": self._s3.head_object(**place)["ETag"]}
        try:
            self._s3.put_object(**place, Body=_until().encode(), **condition)
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _TAKEN:
                message = (
                    "another deploy is running; if it has died, its lock expires within "
                    f"{_LOCK_LIFE}"
                )
                raise DeployRunning(message) from error
            raise
        try:
            yield
        finally:
            self._s3.delete_object(**place)

    def announce(self, names: tuple[str, ...]) -> None:
        """Invalidates the changed addresses at once; hashed assets need no invalidation.

        Each page is named by its address and by its file, because the distribution's function
        rewrites one into the other before the cache look-up.
        """
        pages = [name for name in names if _is_page(name)]
        addresses = sorted({address(name) for name in pages} | {f"/{name}" for name in pages})
        if not addresses or self._distribution is None:
            return
        if len(addresses) > _MOST_PATHS:
            addresses = ["/*"]
        import boto3

        boto3.client("cloudfront").create_invalidation(
            DistributionId=self._distribution,
            InvalidationBatch={
                "Paths": {"Quantity": len(addresses), "Items": addresses},
                "CallerReference": datetime.now(UTC).isoformat(),
            },
        )

    def _place(self, name: str) -> _Place:
        if name.startswith("contracts/"):
            return {"Bucket": self._contracts, "Key": name.removeprefix("contracts/")}
        return {"Bucket": self._site, "Key": name}


def target_at(place: str, contracts: str | None, distribution: str | None) -> Target:
    """The target that these options name. Raises WrongTarget."""
    if not place.startswith("s3://"):
        if Path(place).is_file():
            raise WrongTarget(f"{place} is a file; name a folder that is only for the site")
        return FolderTarget(Path(place))
    if contracts is None or not contracts.startswith("s3://"):
        raise WrongTarget(
            "a site on S3 needs --contracts s3://BUCKET, because contracts must not be served"
        )
    site, private = (uri.removeprefix("s3://").strip("/") for uri in (place, contracts))
    return S3Target(site, private, distribution)


def checked_name(name: str) -> str:
    """The name of a file, if it is a path below the site's root. Raises WrongTarget otherwise."""
    if not _NAME.fullmatch(name) or not all(part.strip(".") for part in name.split("/")):
        raise WrongTarget(f"{name[:80]!a} is no name of a file of a site; nothing was changed")
    return name


def _is_page(name: str) -> bool:
    return not name.startswith(("assets/", "contracts/"))


def _until() -> str:
    return json.dumps({"until": (datetime.now(UTC) + _LOCK_LIFE).isoformat()})


def _expired(lock: bytes) -> bool:
    try:
        until = datetime.fromisoformat(json.loads(lock)["until"])
        return until < datetime.now(UTC)
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
