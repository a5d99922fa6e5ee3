"""Each kind of target, so that one suite of tests holds for all of them."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from site_src.publish.target import FolderTarget, S3Target, Target


@pytest.fixture(params=["folder", "s3"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Target]:
    """Each target without files."""
    if request.param == "folder":
        yield FolderTarget(tmp_path / "www")
        return
    request.getfixturevalue("ministack")
    s3 = boto3.client("s3", region_name="us-east-1")
    for bucket in ("site", "contracts"):
        s3.create_bucket(Bucket=bucket)
    yield S3Target("site", "contracts", None)
