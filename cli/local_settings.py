"""The settings of a local server; the environment overrides each default."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from functions.bootstrap import environment_settings as settings_of_environment
from functions.model.errors import SettingInvalid
from functions.model.files.private_files import close_to_others, make_private
from functions.settings import Settings

_KEY_BYTES = 32
_OWN = ("key", "ombud.db", "ombud.db-wal", "ombud.db-shm", "files", "mail", "statistics", "studio")
"""What a server keeps below its folder."""


def store_in(data: Path) -> str:
    """The default of OMBUD_STORE: a SQLite file in `data`."""
    return f"sqlite:{data / 'ombud.db'}"


def files_in(data: Path) -> str:
    """The default of OMBUD_ATTACHMENTS: a folder in `data`."""
    return str(data / "files")


def settings_of(port: int, out: Path, data: Path, public: bool = False) -> Settings:
    """The local defaults, overridden by the environment; creates `data` and its key.

    A `public` server has no defaults for its address and its mail: the environment must name them.

    Raises SettingInvalid: also if the key is gone and the store that it decrypts is there.
    """
    make_private(data)
    # 0.1.0 let everybody on the machine list it; what is in these, their adapters close.
    close_to_others(data, *(data / name for name in _OWN))
    if not os.environ.get("OMBUD_KEY"):
        _make_key(data)
    refuse_nameless_sender(os.environ)
    return settings_of_environment(local_environment(out, data, os.environ, port, public))


def local_environment(
    out: Path,
    data: Path,
    environment: Mapping[str, str],
    port: int = 8000,
    public: bool = False,
) -> dict[str, str]:
    """The environment, with the local defaults for what it does not set; creates nothing."""
    defaults = {
        "OMBUD_STORE": store_in(data),
        "OMBUD_CONTRACTS": str(out / "contracts"),
        "OMBUD_ATTACHMENTS": files_in(data),
        "OMBUD_KEY": f"file:{data / 'key'}",
    }
    if not public:
        defaults |= {
            "OMBUD_MAIL": f"maildir:{data / 'mail'}",
            "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
            "OMBUD_SITE_URL": f"http://127.0.0.1:{port}",
        }
    return defaults | {name: value for name, value in environment.items() if value}


def refuse_half_set(environment: Mapping[str, str]) -> None:
    """Raises SettingInvalid where only some settings name another store than that of `serve`.

    The defaults of the others lead to files of this machine, and errors about those would name the
    wrong cause.
    """
    store = environment.get("OMBUD_STORE")
    if not store:
        return
    on_aws = store.startswith("dynamodb:")
    names = ("OMBUD_KEY", "OMBUD_ATTACHMENTS", *(("OMBUD_CONTRACTS",) if on_aws else ()))
    if missing := [name for name in names if not environment.get(name)]:
        hint = "; `build.py settings --stack NAME` prints all that a stack has" if on_aws else ""
        raise SettingInvalid(
            f"OMBUD_STORE is set, so {' and '.join(missing)} must be set too{hint}"
        )


def refuse_nameless_sender(environment: Mapping[str, str]) -> None:
    """Raises SettingInvalid if mails go out to the world, but nobody says from which address."""
    mail = environment.get("OMBUD_MAIL", "")
    if mail.startswith(("smtp", "ses:")) and not environment.get("OMBUD_MAIL_FROM"):
        raise SettingInvalid(
            "OMBUD_MAIL sends mails out, so OMBUD_MAIL_FROM must be set too: the address that they "
            "come from"
        )


def _make_key(data: Path) -> None:
    """Makes the file of the key that decrypts cases, once, readable only by its owner."""
    path = data / "key"
    if path.exists():
        return
    if (data / "ombud.db").exists():
        raise SettingInvalid(
            f"{path} is missing, and without it no case in {data / 'ombud.db'} can be read: "
            "put the key back from your copy, or move the store away to begin a new one"
        )
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
