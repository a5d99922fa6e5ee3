"""The target that the options of a command name."""

from pathlib import Path

from site_src.errors import WrongTarget
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target

_S3 = "s3://"


def target_at(place: str, contracts: str | None = None, distribution: str | None = None) -> Target:
    """The target at a place: a folder, or `s3://BUCKET`. Raises WrongTarget."""
    if not place.startswith(_S3):
        if Path(place).is_file():
            raise WrongTarget(f"{place} is a file; name a folder that is only for the site")
        return FolderTarget(Path(place))
    if contracts is None or not contracts.startswith(_S3):
        raise WrongTarget(
            "a site on S3 needs --contracts s3://BUCKET, because contracts must not be served"
        )
    from site_src.publish.targets.s3 import S3Target

    site, private = (uri.removeprefix(_S3).strip("/") for uri in (place, contracts))
    return S3Target(site, private, distribution)
