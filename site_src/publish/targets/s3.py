"""Publishes to S3 behind CloudFront: a bucket for the site, another for the contracts.

A file that may be replaced is written on the condition that it is still as it was when this
publication surely held the lock, so one whose lock has expired cannot write over the next one.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from site_src.errors import DeployRunning
from site_src.file_names import LOCK, address, cache_control, content_type, is_immutable
from site_src.progress import ShowProgress, show_nothing
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.s3_lock import LockState, S3Lock, age_of, held_lock
from site_src.publish.targets.target import Waiting
from site_src.publish.write_order import depth, rank

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_MOST_PATHS = 1000
"""With more paths, everything is invalidated: CloudFront takes 3,000 paths at a time and counts a
wildcard as one."""

_CHANGED = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
"""The error codes of S3 if an object is no longer as the condition says."""

_MISSING = ("NoSuchKey", "404")

_AT_ONCE = 16
"""Requests at a time: one takes tens of milliseconds, however small the file is."""

_CONTRACTS = "contracts/"

_Result = TypeVar("_Result")


class _Place(TypedDict):
    """The bucket and the key of an object."""

    Bucket: str
    Key: str


class _Condition(TypedDict, total=False):
    """The condition for S3 to write an object."""

    IfMatch: str
    IfNoneMatch: str


class S3Target:
    """A site bucket, a contracts bucket, and the CloudFront distribution of the site."""

    def __init__(self, site: str, contracts: str, distribution: str | None) -> None:
        retries = Config(max_pool_connections=_AT_ONCE, read_timeout=20, connect_timeout=5)
        self.s3: S3Client = boto3.client("s3", config=retries)
        self.distribution = distribution
        self._site, self._contracts = site, contracts

    def read(self, name: str) -> bytes | None:
        """See Target."""
        return self.object(name)[0]

    def names(self) -> Iterator[str]:
        """See Target."""
        pages = self.s3.get_paginator("list_objects_v2")
        for bucket, above in ((self._contracts, _CONTRACTS), (self._site, "")):
            for page in pages.paginate(Bucket=bucket):
                yield from (f"{above}{row['Key']}" for row in page.get("Contents", ()))

    def damaged(self, files: Mapping[str, str]) -> set[str]:
        """See Target. Nobody but publications writes to the buckets."""
        return set()

    def strangers(self, names: Iterable[str]) -> set[str]:
        """See Target. Nobody but publications writes to the buckets."""
        return set()

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """See Target."""
        with tempfile.TemporaryDirectory(prefix="ombud-publication-") as name:
            yield Path(name)

    @contextmanager
    def writer(self, by: str, waiting: Waiting) -> Iterator["S3Writer"]:
        """See Target."""
        with held_lock(_LockObject(self), by, waiting) as lock:
            yield S3Writer(self, lock)

    def place(self, name: str) -> _Place:
        """Where a file lies."""
        if name.startswith(_CONTRACTS):
            return {"Bucket": self._contracts, "Key": name.removeprefix(_CONTRACTS)}
        return {"Bucket": self._site, "Key": name}

    def object(self, name: str) -> tuple[bytes | None, str]:
        """The content and the ETag of a file, from one answer; None if it does not exist."""
        try:
            response = self.s3.get_object(**self.place(name))
        except self.s3.exceptions.NoSuchKey:
            return None, ""
        return response["Body"].read(), response["ETag"]


class S3Writer:
    """Writes to the buckets while this publication holds their lock; see Writer."""

    def __init__(self, target: S3Target, lock: S3Lock) -> None:
        self._target, self._lock, self._s3 = target, lock, target.s3
        self._etags: dict[str, str] = {}

    def read(self, name: str) -> bytes | None:
        """See Writer."""
        content, self._etags[name] = self._target.object(name)
        self._lock.confirm()
        return content

    def expect(self, names: Iterable[str]) -> None:
        """See Writer."""
        replaced = [name for name in names if not is_immutable(name) and name not in self._etags]
        self._etags |= dict(zip(replaced, self._each(self._etag, replaced), strict=True))
        self._lock.confirm()

    def put(self, name: str, content: bytes) -> None:
        """See Writer."""
        self._lock.confirm()
        condition: _Condition = {}
        if not is_immutable(name):
            etag = self._etags[name]
            condition = {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        try:
            response = self._s3.put_object(
                **self._target.place(name),
                Body=content,
                ContentType=content_type(name),
                CacheControl=cache_control(name),
                **condition,
            )
        except ClientError as error:
            if _code(error) not in _CHANGED or not self._has(name, content):
                raise _changed(error) from error
            return
        self._etags[name] = response["ETag"]

    def place(
        self, stage: StagedFiles, ranks: Iterable[int], progress: ShowProgress = show_nothing
    ) -> None:
        """See Writer; files to which no other of them leads are written at the same time."""
        names = tuple(stage.names(ranks))
        groups = (group for _, group in groupby(names, lambda name: (rank(name), depth(name))))
        placed = (
            done
            for group in groups
            for done in self._each(lambda name: self.put(name, stage.content(name)), group)
        )
        for _ in progress("uploading", placed, len(names)):
            pass

    def remove(self, name: str) -> None:
        """See Writer."""
        self._lock.confirm()
        etag = self._etags[name] if name in self._etags else self._etag(name)
        if not etag:
            return
        try:
            self._s3.delete_object(**self._target.place(name), IfMatch=etag)
        except ClientError as error:
            raise _changed(error) from error
        self._etags[name] = ""

    def finish(self, names: tuple[str, ...]) -> None:
        """See Writer; hashed files need no invalidation.

        Each page is named by its address and by its file, because the distribution's function
        rewrites one into the other before the cache look-up.
        """
        pages = [name for name in names if not name.startswith(("assets/", _CONTRACTS))]
        addresses = sorted({address(name) for name in pages} | {f"/{name}" for name in pages})
        if not addresses or self._target.distribution is None:
            return
        if len(addresses) > _MOST_PATHS:
            addresses = ["/*"]
        boto3.client("cloudfront").create_invalidation(
            DistributionId=self._target.distribution,
            InvalidationBatch={
                "Paths": {"Quantity": len(addresses), "Items": addresses},
                "CallerReference": datetime.now(UTC).isoformat(),
            },
        )

    def _etag(self, name: str) -> str:
        """The ETag of a file; empty if there is none."""
        try:
            return self._s3.head_object(**self._target.place(name))["ETag"]
        except ClientError as error:
            if _code(error) not in _MISSING:
                raise
            return ""

    def _has(self, name: str, content: bytes) -> bool:
        """Whether the file is as this publication wrote it, although the answer was lost."""
        found, etag = self._target.object(name)
        if found != content:
            return False
        self._etags[name] = etag
        return True

    def _each(self, work: Callable[[str], _Result], names: Iterable[str]) -> Iterator[_Result]:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from pool.map(work, names)


class _LockObject:
    """The lock as an object in the contracts bucket; see LockObject."""

    def __init__(self, target: S3Target) -> None:
        self._s3, self._place = target.s3, target.place(LOCK)

    def read(self) -> LockState:
        """See LockObject; content, ETag and age come from one answer."""
        try:
            response = self._s3.get_object(**self._place)
        except self._s3.exceptions.NoSuchKey:
            return LockState()
        age, now = age_of(response)
        return LockState(response["Body"].read(), response["ETag"], age, now)

    def exchange(self, known: LockState, content: bytes) -> LockState | None:
        """See LockObject."""
        condition: _Condition = {"IfMatch": known.etag} if known.etag else {"IfNoneMatch": "*"}
        try:
            response = self._s3.put_object(**self._place, Body=content, **condition)
        except ClientError as error:
            if _code(error) not in _CHANGED:
                raise
            return None
        return LockState(content, response["ETag"])


def _code(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


def _changed(error: ClientError) -> Exception:
    """What to raise for an error of S3: DeployRunning if somebody else has changed the file."""
    if _code(error) in _CHANGED:
        return DeployRunning(
            "another publication has written the same file; this one stopped before anything "
            "leads to its files: run the command again"
        )
    return error
