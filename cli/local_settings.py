"""The settings of a local server; the environment overrides each default."""

import os
import secrets
from pathlib import Path

from functions.bootstrap import environment_settings as settings_of_environment
from functions.model.errors import SettingInvalid
from functions.settings import Settings

_KEY_BYTES = 32


def store_in(data: Path) -> str:
    """The default of OMBUD_STORE: a SQLite file in `data`."""
    return f"sqlite:{data / 'ombud.db'}"


def files_in(data: Path) -> str:
    """The default of OMBUD_ATTACHMENTS: a folder in `data`."""
    return str(data / "files")


def settings_of(port: int, out: Path, data: Path) -> Settings:
    """The local defaults, overridden by the environment; creates `data` and its key.

    Raises SettingInvalid: also if the key is gone and the store that it decrypts is there.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if data.stat().st_uid == os.getuid():
        data.chmod(0o700)  # releases before 0.2.0 let everybody on the machine list it
    if (database := data / "ombud.db").is_file():
        database.chmod(0o600)
    return settings_of_environment(_defaults(port, out, data) | os.environ)


def _defaults(port: int, out: Path, data: Path) -> dict[str, str]:
    defaults = {
        "OMBUD_STORE": store_in(data),
        "OMBUD_CONTRACTS": str(out / "contracts"),
        "OMBUD_MAIL": f"maildir:{data / 'mail'}",
        "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
        "OMBUD_SITE_URL": f"http://127.0.0.1:{port}",
        "OMBUD_ATTACHMENTS": files_in(data),
    }
    if not os.environ.get("OMBUD_KEY"):
        defaults["OMBUD_KEY"] = f"file:{_key_file(data)}"
    return defaults


def _key_file(data: Path) -> Path:
    """The file of the key that decrypts cases; created once, readable only by its owner."""
    path = data / "key"
    if not path.exists():
        if (data / "ombud.db").exists():
            raise SettingInvalid(
                f"{path} is missing, and without it no case in {data / 'ombud.db'} can be read: "
                "put the key back from your copy, or move the store away to begin a new one"
            )
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
    return path
