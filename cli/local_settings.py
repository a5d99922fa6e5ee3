"""The settings of a local server; the environment overrides each default."""

import os
import secrets
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
    return settings_of_environment(_defaults(port, out, data, public) | os.environ)


def _defaults(port: int, out: Path, data: Path, public: bool) -> dict[str, str]:
    defaults = {
        "OMBUD_STORE": store_in(data),
        "OMBUD_CONTRACTS": str(out / "contracts"),
        "OMBUD_ATTACHMENTS": files_in(data),
    }
    if not public:
        defaults |= {
            "OMBUD_MAIL": f"maildir:{data / 'mail'}",
            "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
            "OMBUD_SITE_URL": f"http://127.0.0.1:{port}",
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
