"""Writes a site to where it is published: a folder for a web server, or S3 behind CloudFront."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict

from functions.model.durable_files import write_whole
from site_src.errors import WrongTarget
from site_src.file_names import address, cache_control, content_type
from site_src.publish.deploy_lock import (
    LOCK_FILE,
    FolderLock,
    HeldLock,
    LockFile,
    LockState,
    free_content,
    hold,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MOST_PATHS = 1000
"""With more paths, everything is invalidated: CloudFront takes 3,000 paths at a time and counts a
wildcard as one."""

_CHANGED = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""The error codes of S3 if an object is no longer as the condition says."""


class Target(Protocol):
    """A place to publish to; names are paths below the site's root."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if it does not exist."""

    def put(self, name: str, content: bytes) -> None:
        """Writes a file, whole or not at all."""

    def remove(self, name: str) -> None:
        """Removes a file."""

    def lock_file(self) -> LockFile:
        """The file of the lock that keeps other deploys out."""

    def lock(self) -> AbstractContextManager[HeldLock]:
        """Keeps every other deploy out until released. Raises DeployRunning."""

    def announce(self, names: tuple[str, ...]) -> None:
        """Removes the old content of these files from caches."""


class FolderTarget:
    """A folder that a web server serves; it must not serve `contracts/`.

    It may be a link itself, but no folder below it may lead out of it.
    """

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

    def lock_file(self) -> LockFile:
        """See Target."""
        return FolderLock(self._path(LOCK_FILE))

    def lock(self) -> AbstractContextManager[HeldLock]:
        """See Target."""
        return hold(self.lock_file())

    def announce(self, names: tuple[str, ...]) -> None:
        """Does nothing: a folder has no cache."""

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if not path.parent.resolve().is_relative_to(self._folder.resolve()):
            raise WrongTarget(f"{path.parent} leads out of {self._folder}; remove the link")
        return path


class _Place(TypedDict):
    """The bucket and the key of an object in S3."""

    Bucket: str
    Key: str


class _Condition(TypedDict, total=False):
    """The condition for S3 to write an object."""

    IfMatch: str
    IfNoneMatch: str


class _S3Lock:
    """A lock in S3; each change of it is a write on the condition of its ETag."""

    def __init__(self, s3: "S3Client", place: _Place) -> None:
        self._s3 = s3
        self._place = place

    def read(self) -> LockState:
        """See LockFile; content and ETag come from one answer."""
        try:
            response = self._s3.get_object(**self._place)
        except self._s3.exceptions.NoSuchKey:
            return LockState()
        return LockState(response["Body"].read(), response["ETag"])

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """See LockFile."""
        condition: _Condition = {"IfMatch": known.mark} if known.mark else {"IfNoneMatch": "*"}
        try:
            response = self._s3.put_object(**self._place, Body=content, **condition)
        except self._s3.exceptions.ClientError as error:
            if error.response["Error"]["Code"] not in _CHANGED:
                raise
            return None
        return LockState(content, response["ETag"])

    def release(self, known: LockState) -> None:
        """See LockFile; not every store of objects removes one on a condition."""
        self.exchange(known, free_content())


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

    def lock_file(self) -> LockFile:
        """See Target."""
        return _S3Lock(self._s3, self._place(LOCK_FILE))

    def lock(self) -> AbstractContextManager[HeldLock]:
        """See Target."""
        return hold(self.lock_file())

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


def _is_page(name: str) -> bool:
    return not name.startswith(("assets/", "contracts/"))
