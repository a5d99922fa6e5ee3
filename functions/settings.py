"""Reads the settings from the environment; no other module reads it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from functions.model.errors import SettingInvalid

STORE_TAKES = "sqlite:PATH or dynamodb:TABLE"
_KEY_BYTES = 32

ReadSecret = Callable[[str], str]
"""Returns the secret of a name, from outside the environment. Raises SecretUnavailable."""


@dataclass(frozen=True)
class Settings:
    """The settings of the functions; docs/settings.md describes each variable.

    OMBUD_KEY has the current `key`, then `earlier_keys`. OMBUD_DATA_KEY is either `data_key`, an
    address such as kms:KEY, or `data_keys`.
    """

    store: str
    contracts: str
    mail: str
    mail_from: str
    site_url: str
    key: bytes
    attachments: str
    scan: str
    earlier_keys: tuple[bytes, ...] = ()
    data_key: str | None = None
    data_keys: tuple[bytes, ...] = ()


def from_environment(environment: Mapping[str, str], read_secret: ReadSecret) -> Settings:
    """Reads OMBUD_STORE, _CONTRACTS, _MAIL, _MAIL_FROM, _SITE_URL, _KEY, _DATA_KEY, _ATTACHMENTS
    and _SCAN.

    Raises SettingInvalid, which names the variable and what it takes, or SecretUnavailable.
    """

    def read(name: str, takes: str) -> str:
        return _read(environment, name, takes)

    key, *earlier = read_keys(environment, read_secret)
    data_key = environment.get("OMBUD_DATA_KEY") or None
    if data_key and not data_key.startswith("kms:"):
        data_keys, data_key = _keys("OMBUD_DATA_KEY", data_key, read_secret), None
    else:
        data_keys = ()
    return Settings(
        store=read("OMBUD_STORE", STORE_TAKES),
        contracts=read("OMBUD_CONTRACTS", "a folder or s3://BUCKET[/PREFIX]"),
        mail=read("OMBUD_MAIL", "maildir:PATH, smtp[s]://HOST or ses:CONFIGURATION_SET"),
        mail_from=read("OMBUD_MAIL_FROM", "the address that mails come from"),
        site_url=read("OMBUD_SITE_URL", "the site's public address, https://…").rstrip("/"),
        key=key,
        attachments=read("OMBUD_ATTACHMENTS", "a folder or s3://BUCKET[/PREFIX]"),
        scan=environment.get("OMBUD_SCAN", "") or "none",
        earlier_keys=tuple(earlier),
        data_key=data_key,
        data_keys=data_keys,
    )


def read_keys(environment: Mapping[str, str], read_secret: ReadSecret) -> tuple[bytes, ...]:
    """Reads OMBUD_KEY only: the current key, then earlier ones. Raises as `from_environment`."""
    takes = "file:PATH, secret:NAME or at least 64 hexadecimal digits"
    return _keys("OMBUD_KEY", _read(environment, "OMBUD_KEY", takes), read_secret)


def _read(environment: Mapping[str, str], name: str, takes: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise SettingInvalid(f"{name} is not set; it takes {takes}")
    return value


def public_address(environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns OMBUD_SITE_URL, the only variable that the build needs; None if not set."""
    return environment.get("OMBUD_SITE_URL") or None


def store_address(environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns OMBUD_STORE, for backup and restore; None if not set."""
    return environment.get("OMBUD_STORE") or None


def attachments_address(environment: Mapping[str, str] = os.environ) -> str | None:
    """Returns OMBUD_ATTACHMENTS, for backup and restore; None if not set."""
    return environment.get("OMBUD_ATTACHMENTS") or None


def _keys(name: str, value: str, read_secret: ReadSecret) -> tuple[bytes, ...]:
    """Reads keys in hexadecimal, one on each line, from a file, a secret or the value itself."""
    scheme, _, place = value.partition(":")
    try:
        match scheme:
            case "file":
                digits = Path(place).read_text()
            case "secret":
                digits = read_secret(place)
            case _:
                digits = value
        keys = tuple(bytes.fromhex(line) for line in digits.split())
    except (OSError, ValueError) as error:
        raise SettingInvalid(f"{name} cannot be read: {type(error).__name__}") from error
    if not keys or any(len(key) < _KEY_BYTES for key in keys):
        raise SettingInvalid(f"{name} is shorter than {_KEY_BYTES} bytes")
    return keys
