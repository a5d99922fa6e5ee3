"""The public keys that receipts are checked with, as the site publishes them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import RootModel, ValidationError

from functions.model.durable_files import write_whole
from functions.model.frozen import Frozen
from functions.model.signature import public_key, thumbprint
from site_src.errors import KeysUnreadable
from site_src.file_names import ReadFile

KEYS = "keys.json"
"""Their name, in policies/ and on the site."""


class PublishedKey(Frozen):
    """A public key as a JWK (RFC 8037); a receipt of `until` or later is none of its own.

    `until` is set when another key takes its place.
    """

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    kid: str
    x: str
    until: datetime | None = None


class PublishedKeys(RootModel[dict[str, tuple[PublishedKey, ...]]]):
    """The keys of each organisation, the oldest first."""

    def of(self, organisation: str) -> tuple[PublishedKey, ...]:
        """The organisation's keys; none where it never published one."""
        return self.root.get(organisation, ())

    def added(self, key: bytes, organisations: tuple[str, ...], now: datetime) -> "PublishedKeys":
        """These keys with those that derive from `key`, which take over from `now` on."""
        return PublishedKeys(
            self.root
            | {one: _with(self.of(one), public_key(key, one), now) for one in organisations}
        )


def _with(known: tuple[PublishedKey, ...], x: str, now: datetime) -> tuple[PublishedKey, ...]:
    if any(key.x == x for key in known):
        return known
    until = now.astimezone(UTC).replace(microsecond=0)
    retired = (key.model_copy(update={"until": key.until or until}) for key in known)
    return (*retired, PublishedKey(kid=thumbprint(x), x=x))


def published_keys(read: ReadFile) -> PublishedKeys:
    """The keys at a place, none where there is no such file. Raises KeysUnreadable."""
    content = read(KEYS)
    try:
        return PublishedKeys({}) if content is None else PublishedKeys.model_validate_json(content)
    except ValidationError as error:
        raise KeysUnreadable(f"{KEYS} holds no keys: {error}") from error


def keys_of(policies: Path) -> PublishedKeys:
    """The keys that lie beside the policies. Raises KeysUnreadable."""
    path = policies / KEYS
    return published_keys(lambda _: path.read_bytes() if path.is_file() else None)


def write_keys(policies: Path, keys: PublishedKeys) -> Path:
    """Writes them beside the policies, to be committed and built."""
    path = policies / KEYS
    write_whole(path, keys_as_json(keys).encode())
    return path


def keys_as_json(keys: PublishedKeys) -> str:
    """The file as it is published."""
    return keys.model_dump_json(indent=2, exclude_none=True) + "\n"
