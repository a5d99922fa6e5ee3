"""Takes from botocore's data what the functions call: six services, and of each a few operations.

botocore reads the whole description of a service for each client, and lists all of its four hundred
services before. A tenth of a cold start goes into that.
"""

import json
from collections.abc import Iterable, Iterator
from gzip import compress
from typing import Any

from botocore.loaders import Loader

CALLED = {
    "dynamodb": (
        "BatchGetItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "TransactWriteItems",
        "UpdateItem",
    ),
    "kms": ("Decrypt", "GenerateDataKey"),
    "s3": (
        "CopyObject",
        "CreateBucket",  # botocore makes the form of an upload by its endpoint
        "DeleteObject",
        "GetObject",
        "ListObjectsV2",
        "PutObject",
    ),
    "secretsmanager": ("GetSecretValue",),
    "ssm": ("GetParameter",),
    "sesv2": ("GetAccount", "GetConfigurationSet", "GetEmailIdentity", "SendEmail"),
}
"""The operations that the functions call, by service."""

_BY_ARN = "operationContextParams"
"""Where botocore looks in each request for the ARN of a table, by an expression for all its items:
the account in it may have an endpoint of its own. Our table goes by its name."""

_IN_WORDS = ("documentation", "documentationUrl")


def aws_data() -> Iterator[tuple[str, bytes]]:
    """Yields the files of the data by name, as botocore's loader looks for them."""
    loader = Loader()
    for service, operations in CALLED.items():
        version = loader.determine_latest_version(service, "service-2")
        whole = loader.load_service_model(service, "service-2", version)
        place = f"{service}/{version}"
        yield f"{place}/service-2.json.gz", _packed(_only(whole, operations))
        rules = loader.load_data(f"{place}/endpoint-rule-set-1")
        yield f"{place}/endpoint-rule-set-1.json.gz", _packed(rules)
    endpoints = loader.load_data("endpoints")
    for partition in endpoints["partitions"]:
        partition["services"] = {
            name: service for name, service in partition["services"].items() if name in CALLED
        }
    yield "endpoints.json.gz", _packed(endpoints)


def _only(model: dict[str, Any], operations: Iterable[str]) -> dict[str, Any]:
    """Returns the description of a service with these operations, and the shapes they need."""
    kept = {
        name: {key: part for key, part in model["operations"][name].items() if key != _BY_ARN}
        for name in operations
    }
    needed = set[str]()
    wanted = set(_shapes(kept))
    while wanted:
        needed |= wanted
        wanted = {name for known in wanted for name in _shapes(model["shapes"][known])} - needed
    shapes = {name: shape for name, shape in model["shapes"].items() if name in needed}
    return model | {"operations": kept, "shapes": shapes}


def _shapes(part: Any) -> Iterator[str]:
    """Yields the names of the shapes that a part of a description names."""
    if isinstance(part, dict):
        if isinstance(name := part.get("shape"), str):
            yield name
        for value in part.values():
            yield from _shapes(value)
    elif isinstance(part, list):
        for value in part:
            yield from _shapes(value)


def _packed(data: Any) -> bytes:
    """Returns the data as JSON, without a date: equal data gives equal bytes."""
    return compress(json.dumps(_without_words(data), separators=(",", ":")).encode(), mtime=0)


def _without_words(part: Any) -> Any:
    """Returns the data with its documentation empty; botocore reads that it is there."""
    if isinstance(part, dict):
        return {
            name: "" if name in _IN_WORDS and isinstance(value, str) else _without_words(value)
            for name, value in part.items()
        }
    if isinstance(part, list):
        return [_without_words(value) for value in part]
    return part
