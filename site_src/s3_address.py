"""Reads addresses such as `s3://BUCKET`, which options take."""

import re

S3 = "s3://"
"""How such an address begins."""

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


def bucket_of(uri: str) -> str | None:
    """The name of the bucket; None where there is none, and for a path behind it."""
    name = uri.removeprefix(S3).rstrip("/")
    return name if _BUCKET.fullmatch(name) else None
