"""Where a site is published: a folder for any web server, or S3 behind CloudFront."""

import json
import os
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
"""CloudFront takes 3,000 paths at a time and counts a wildcard as one."""

_LOCK = "contracts/deploy.lock"
_LOCK_LIFE = timedelta(minutes=15)
"""A lock older than this was left by a deploy that died."""


_TAKEN = ("PreconditionFailed", "ConditionalRequestConflict")
"""How S3 says that somebody else was first."""


class Target(Protocol):
    """A place to publish to; names are paths below the site's root."""

    def read(self, name: str) -> bytes | None:
        """The content of a file that is there."""

    def put(self, name: str, content: bytes) -> None:
        """Writes a file, whole or not at all."""

    def remove(self, name: str) -> None:
        """Removes a file."""

    def lock(self) -> "AbstractContextManager[None]":
        """Keeps every other deploy out meanwhile. Raises DeployRunning."""

    def announce(self, names: tuple[str, ...]) -> None:
        """Lets caches forget the old content of these files."""


class FolderTarget:
    """A folder that a web server serves; it must not serve `contracts/`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """See Target."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, name: str, content: bytes) -> None:
        """See Target."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)

    def remove(self, name: str) -> None:
        """See Target."""
        path = self._folder / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == self._folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See Target."""
        path = self._folder / _LOCK
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _expired(path.read_text(encoding="utf-8")):
            path.unlink(missing_ok=True)
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError as error:
            raise DeployRunning(f"another deploy runs; if it died, remove {path}") from error
        with os.fdopen(descriptor, "w") as file:
            file.write(_until())
        try:
            yield
        finally:
            path.unlink(missing_ok=True)

    def announce(self, names: tuple[str, ...]) -> None:
        """A folder has no cache before it."""


class _Place(TypedDict):
    """Which object S3 is asked for."""

    Bucket: str
    Key: str


class _Condition(TypedDict, total=False):
    """When S3 is to write it."""

    IfMatch: str
    IfNoneMatch: str


class S3Target:
    """A site bucket and a contracts bucket, and the distribution before the site."""

    def __init__(self, site: str, contracts: str, distribution: str | None) -> None:
        import boto3

        self._s3 = boto3.client("s3")
        self._site, self._contracts = site, contracts
        self._distribution = distribution

    def read(self, name: str) -> bytes | None:
        """See Target."""
        try:
            answer = self._s3.get_object(**self._place(name))
        except self._s3.exceptions.NoSuchKey:
            return None
        return bytes(answer["Body"].read())

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
        held = self.read(_LOCK)
        condition: _Condition = {"IfNoneMatch": "*"}
        if held is not None and _expired(held.decode()):
            condition = {"IfMatch": self._s3.head_object(**place)["ETag"]}
        try:
            self._s3.put_object(**place, Body=_until().encode(), **condition)
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] in _TAKEN:
                message = f"another deploy runs; if it died, its lock ends within {_LOCK_LIFE}"
                raise DeployRunning(message) from error
            raise
        try:
            yield
        finally:
            self._s3.delete_object(**place)

    def announce(self, names: tuple[str, ...]) -> None:
        """One invalidation of the changed addresses; hashed assets need none.

        Each by its address and by its file: the distribution's function turns one into the
        other before it looks into the cache.
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
            raise WrongTarget(f"{place} is a file; name a folder that is for the site alone")
        return FolderTarget(Path(place))
    if contracts is None or not contracts.startswith("s3://"):
        raise WrongTarget("a site on S3 wants --contracts s3://BUCKET: contracts are not served")
    site, private = (one.removeprefix("s3://").strip("/") for one in (place, contracts))
    return S3Target(site, private, distribution)


def _is_page(name: str) -> bool:
    return not name.startswith(("assets/", "contracts/"))


def _until() -> str:
    return json.dumps({"until": (datetime.now(UTC) + _LOCK_LIFE).isoformat()})


def _expired(lock: str) -> bool:
    try:
        until = datetime.fromisoformat(json.loads(lock)["until"])
    except (ValueError, KeyError, TypeError):
        return False
    return until < datetime.now(UTC)
