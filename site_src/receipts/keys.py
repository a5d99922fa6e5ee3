"""Reads and writes the published keys that verify receipts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import RootModel, ValidationError
from pydantic_core import ErrorDetails

from functions.model.durable_files import write_whole
from functions.model.frozen import Frozen
from functions.model.signature import public_key, thumbprint
from site_src.errors import KeysUnreadable
from site_src.file_names import ReadFile
from site_src.policy.yaml.document import field_name

KEYS = "keys.json"
"""The name of the file, in policies/ and on the site."""


class PublishedKey(Frozen):
    """A public key as a JWK (RFC 8037).

    `until` is set when another key replaces it; it signed no receipt of that moment or later.
    """

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    kid: str
    x: str
    until: datetime | None = None


class PublishedKeys(RootModel[dict[str, tuple[PublishedKey, ...]]]):
    """The keys of each organisation, the oldest first."""

    def of(self, organisation: str) -> tuple[PublishedKey, ...]:
        """The organisation's keys; empty if it has never published one."""
        return self.root.get(organisation, ())

    def added(self, key: bytes, organisations: tuple[str, ...], now: datetime) -> "PublishedKeys":
        """These keys plus those derived from `key`, which replace older ones from `now` on."""
        return PublishedKeys(
            self.root
            | {id: _with_key(self.of(id), public_key(key, id), now) for id in organisations}
        )


def _with_key(keys: tuple[PublishedKey, ...], x: str, now: datetime) -> tuple[PublishedKey, ...]:
    if any(key.x == x for key in keys):
        return keys
    until = now.astimezone(UTC).replace(microsecond=0)
    retired = (key.model_copy(update={"until": key.until or until}) for key in keys)
    return (*retired, PublishedKey(kid=thumbprint(x), x=x))


def published_keys(read: ReadFile, place: str = KEYS) -> PublishedKeys:
    """The keys that `read` finds; none if there is no such file.

    Raises KeysUnreadable, which names the `place` and what is wrong there.
    """
    content = read(KEYS)
    try:
        return PublishedKeys({}) if content is None else PublishedKeys.model_validate_json(content)
    except ValidationError as error:
        raise KeysUnreadable(
            f"{place} contains no valid keys: {_problem(error.errors()[0])}; restore it from "
            "version control, for only `build.py keys` writes it"
        ) from error


def _problem(details: ErrorDetails) -> str:
    """What is wrong first, and where."""
    if details["type"] == "json_invalid":
        return "it is no JSON"
    field = field_name(details["loc"]) or "the whole"
    return f"{field} is {'missing' if details['type'] == 'missing' else 'not what belongs there'}"


def keys_of(policies: Path) -> PublishedKeys:
    """The keys in the policies' folder. Raises KeysUnreadable."""
    path = policies / KEYS
    return published_keys(lambda _: path.read_bytes() if path.is_file() else None, str(path))


def write_keys(policies: Path, keys: PublishedKeys) -> Path:
    """Writes the keys into the policies' folder, to be committed, and returns the path."""
    path = policies / KEYS
    write_whole(path, keys_as_json(keys).encode())
    return path


def keys_as_json(keys: PublishedKeys) -> str:
    """The content of the published file."""
    return keys.model_dump_json(indent=2, exclude_none=True) + "\n"
