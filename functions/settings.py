"""Reads the settings from the environment; no other module reads it."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from functions.model.errors import SecretUnavailable, SettingInvalid

STORE_TAKES = "sqlite:PATH or dynamodb:TABLE"
_KEY_BYTES = 32
_KEY_FORMS = "file:PATH, secret:NAME or at least 64 hexadecimal digits"

_NAMES = (
    "OMBUD_STORE",
    "OMBUD_CONTRACTS",
    "OMBUD_MAIL",
    "OMBUD_MAIL_FROM",
    "OMBUD_SITE_URL",
    "OMBUD_KEY",
    "OMBUD_DATA_KEY",
    "OMBUD_ATTACHMENTS",
    "OMBUD_SCAN",
)
_ADDRESS = re.compile(r"(?:[^<>@]*<)?[^\s<>@]{1,64}@[^\s<>@]+\.[^\s<>@.]{2,}>?", re.ASCII)
_STORE = re.compile("sqlite:.+|dynamodb:.+")
_PLACE = re.compile("s3://[^/]+(/.*)?|(?!s3:)(?!.*://).+")
_PLACE_TAKES = "a folder or s3://BUCKET[/PREFIX]"

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
    refuse_unknown(environment)
    values = {name: read() for name, read in _readers(environment, read_secret).items()}
    key, *earlier = values["OMBUD_KEY"]
    data_key, data_keys = values["OMBUD_DATA_KEY"]
    return Settings(
        store=values["OMBUD_STORE"],
        contracts=values["OMBUD_CONTRACTS"],
        mail=values["OMBUD_MAIL"],
        mail_from=values["OMBUD_MAIL_FROM"],
        site_url=values["OMBUD_SITE_URL"],
        key=key,
        attachments=values["OMBUD_ATTACHMENTS"],
        scan=values["OMBUD_SCAN"],
        earlier_keys=tuple(earlier),
        data_key=data_key,
        data_keys=data_keys,
    )


def wrong_settings(environment: Mapping[str, str], read_secret: ReadSecret) -> tuple[str, ...]:
    """Returns all that `from_environment` would refuse, each in a sentence, not the first alone."""
    wrong = [*_unknown(environment)]
    for read in _readers(environment, read_secret).values():
        try:
            read()
        except (SettingInvalid, SecretUnavailable) as error:
            wrong.append(str(error))
    return tuple(wrong)


def _readers(
    environment: Mapping[str, str], read_secret: ReadSecret
) -> dict[str, Callable[[], Any]]:
    """Returns what reads each variable, in the order in which they are read."""

    def formed(name: str, takes: str, form: re.Pattern[str]) -> Callable[[], str]:
        return partial(_formed, environment, name, takes, form)

    mail_takes = "maildir:PATH, smtp[s]://HOST or ses:CONFIGURATION_SET"
    return {
        "OMBUD_KEY": partial(read_keys, environment, read_secret),
        "OMBUD_DATA_KEY": partial(_data_keys, environment, read_secret),
        "OMBUD_STORE": formed("OMBUD_STORE", STORE_TAKES, _STORE),
        "OMBUD_CONTRACTS": formed("OMBUD_CONTRACTS", _PLACE_TAKES, _PLACE),
        "OMBUD_MAIL": partial(_read, environment, "OMBUD_MAIL", mail_takes),
        "OMBUD_MAIL_FROM": formed("OMBUD_MAIL_FROM", "the address that mails come from", _ADDRESS),
        "OMBUD_SITE_URL": partial(_site_url, environment),
        "OMBUD_ATTACHMENTS": formed("OMBUD_ATTACHMENTS", _PLACE_TAKES, _PLACE),
        "OMBUD_SCAN": lambda: environment.get("OMBUD_SCAN") or "none",
    }


def refuse_unknown(environment: Mapping[str, str] = os.environ) -> None:
    """Raises SettingInvalid for a variable with our prefix that no release reads: a typing slip."""
    for wrong in _unknown(environment):
        raise SettingInvalid(wrong)


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment.keys() - set(_NAMES)):
        if name.startswith("OMBUD_"):
            # Imported lazily: it takes time, and is needed only here.
            from difflib import get_close_matches

            near = get_close_matches(name, _NAMES, 1)
            hint = f"did you mean {near[0]}?" if near else f"the settings are {', '.join(_NAMES)}"
            yield f"{name} is no setting: {hint}"


def output_of(name: str) -> str:
    """Returns the output in which a stack on AWS tells a setting: SettingMailFrom, for one."""
    return "Setting" + name.removeprefix("OMBUD_").title().replace("_", "")


def from_outputs(outputs: Mapping[str, str]) -> dict[str, str]:
    """Returns the variables that a stack's outputs tell; raises SettingInvalid if one is missing.

    `outputs` are values by the names of outputs; others than those of settings do not matter.
    """
    lacking = [name for name in _NAMES if output_of(name) not in outputs]
    if lacking:
        raise SettingInvalid(
            f"the stack tells no {', '.join(map(output_of, lacking))}: it is no stack of Ombud, or "
            "of an earlier release, which `osls deploy` brings up to date"
        )
    return {name: outputs[output_of(name)] for name in _NAMES}


def is_site_root(address: str) -> bool:
    """Whether it is the address of a site: scheme and host in ASCII, without a path."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    root = f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port is not None else "")
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and address.isascii()
        and not any(character.isspace() for character in address)
        and address.lower() == root
    )


def _site_url(environment: Mapping[str, str]) -> str:
    takes = "the site's public address, https://HOST without a path"
    value = _read(environment, "OMBUD_SITE_URL", takes)
    address = value.rstrip("/")
    if not is_site_root(address):
        raise SettingInvalid(f"OMBUD_SITE_URL is {_shown(value)}; it takes {takes}")
    return address


def _shown(value: str) -> str:
    """A wrong value on one line, short, and without what may be a password."""
    return ascii(value if len(value) < 80 else f"{value[:60]}…")


def _formed(environment: Mapping[str, str], name: str, takes: str, form: re.Pattern[str]) -> str:
    value = _read(environment, name, takes)
    if not form.fullmatch(value):
        raise SettingInvalid(f"{name} is {_shown(value)}; it takes {takes}")
    return value


def _data_keys(
    environment: Mapping[str, str], read_secret: ReadSecret
) -> tuple[str | None, tuple[bytes, ...]]:
    """Reads OMBUD_DATA_KEY: the address of what makes the keys, or the keys themselves."""
    value = environment.get("OMBUD_DATA_KEY") or None
    if value is None or value.startswith("kms:"):
        return value, ()
    return None, _keys("OMBUD_DATA_KEY", value, read_secret)


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
                digits = Path(place).read_text(encoding="ascii")
            case "secret":
                digits = read_secret(place)
            case _:
                digits = value
        keys = tuple(bytes.fromhex(line) for line in digits.split())
    except ValueError as error:
        raise SettingInvalid(f"{name} is no key; it takes {_KEY_FORMS}") from error
    except OSError as error:
        raise SettingInvalid(f"{name} cannot be read: {error.strerror}: {place}") from error
    if not keys or any(len(key) < _KEY_BYTES for key in keys):
        raise SettingInvalid(f"{name} is shorter than {_KEY_BYTES} bytes")
    return keys
