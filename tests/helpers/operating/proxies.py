"""Runs Caddy and nginx with our example configurations, on free ports and without TLS."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

import pytest

from site_src.places import ROOT
from tests.helpers.servers.listening import free_port

CONFIGURATIONS = ROOT / "examples" / "one-machine"
_UNPACKED = Path(sys.prefix) / "proxies"
"""Where `make proxies` unpacks them, without installing anything."""


@contextmanager
def caddy(folder: Path, ombud: int) -> Iterator[str]:
    """Caddy in front of the server on port `ombud`; yields its address."""
    port = free_port()
    text = (CONFIGURATIONS / "Caddyfile").read_text(encoding="utf-8")
    text = _replaced(text, "ombud.example.com {", f"http://127.0.0.1:{port} {{")
    text = _replaced(text, "127.0.0.1:8000", f"127.0.0.1:{ombud}")
    configuration = folder / "Caddyfile"
    configuration.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}", encoding="utf-8")
    command: list[str | Path] = [
        _program("caddy"),
        "run",
        "--adapter",
        "caddyfile",
        "--config",
        configuration,
    ]
    homes = {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with _running(command, folder / "caddy.log", port, homes) as address:
        yield address


@contextmanager
def nginx(folder: Path, ombud: int, site: Path) -> Iterator[str]:
    """nginx in front of the port `ombud`, with the pages in `site`; yields its address."""
    port, plain = free_port(), free_port()
    text = (CONFIGURATIONS / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"^ *(listen \[::\]|ssl_certificate).*\n", "", text, flags=re.MULTILINE)
    text = _replaced(text, "listen 80;", f"listen 127.0.0.1:{plain};")
    text = _replaced(text, "listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = _replaced(text, "127.0.0.1:8000", f"127.0.0.1:{ombud}")
    text = _replaced(text, "/var/lib/ombud/site", str(site))
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/nginx.log;\n"
        f"events {{}} http {{ include {_types()}; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;\n"
        f"uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n{text}\n}}\n",
        encoding="utf-8",
    )
    command: list[str | Path] = [_program("nginx"), "-c", configuration, "-e", folder / "nginx.log"]
    with _running(command, folder / "nginx.out", port, {}) as address:
        yield address


def _replaced(text: str, old: str, new: str) -> str:
    """The text with `new`; the example must have `old`, or the test would try something else."""
    assert old in text, old
    return text.replace(old, new)


def _program(name: str) -> str:
    unpacked = (_UNPACKED / "usr" / place / name for place in ("bin", "sbin"))
    found = shutil.which(name) or next((str(path) for path in unpacked if path.is_file()), None)
    if found is None:
        pytest.skip(f"{name} is not there; `make proxies` fetches it")
    return found


def _types() -> Path:
    """The media types that Debian's nginx includes."""
    places = (Path("/"), _UNPACKED)
    return next(
        path for place in places if (path := place / "etc" / "nginx" / "mime.types").is_file()
    )


@contextmanager
def _running(
    command: list[str | Path], log: Path, port: int, environment: dict[str, str]
) -> Iterator[str]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=file, env={"PATH": "/usr/bin:/bin"} | environment
        )
        try:
            _wait(port, process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise RuntimeError(f"it did not start: {log.read_text(encoding='utf-8')}")
