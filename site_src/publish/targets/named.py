"""The target that the options of a command name."""

from pathlib import Path

from site_src.errors import WrongTarget
from site_src.publish.targets.folder import FolderTarget, holds_something_else
from site_src.publish.targets.target import Target
from site_src.s3_address import S3, bucket_of


def target_at(place: str, contracts: str | None = None, distribution: str | None = None) -> Target:
    """The target at a place: a folder, or `s3://BUCKET`. Raises WrongTarget."""
    if not place.startswith(S3):
        if holds_something_else(Path(place)):
            raise WrongTarget(
                f"{place} contains something else; name a folder that is only for the site"
            )
        return FolderTarget(Path(place))
    if contracts is None or not contracts.startswith(S3):
        raise WrongTarget(
            "a site on S3 needs --contracts s3://BUCKET, because contracts must not be served"
        )
    from site_src.publish.targets.s3 import S3Target

    return S3Target(_bucket(place), _bucket(contracts), distribution)


def _bucket(uri: str) -> str:
    """The name of the bucket. Raises WrongTarget, also for a path in it."""
    name = bucket_of(uri)
    if name is None:
        raise WrongTarget(f"{uri} names no bucket; give s3://BUCKET, without a path")
    return name
