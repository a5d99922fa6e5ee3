"""Runs `serve --production` as a service does, with its settings in the environment."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from site_src.places import ROOT
from tests.conftest import SITE_URL
from tests.helpers.log_leaks import HEARD
from tests.helpers.servers.listening import free_port, wait_for

_START_SECONDS = 180
_STOP_SECONDS = 60


@dataclass(frozen=True)
class PublicServer:
    """A server that answers, with the ports of site and figures, and the file of its log."""

    port: int
    metrics: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def address(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def figures(self) -> str:
        """What it tells Prometheus."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics") as answer:
            return str(answer.read().decode())

    def said(self) -> str:
        """All log lines so far."""
        return self.log.read_text(encoding="utf-8")


def settings_in(folder: Path) -> dict[str, str]:
    """The variables that a public server needs; mails go to a maildir below `folder`."""
    return {
        "OMBUD_SITE_URL": SITE_URL,
        "OMBUD_MAIL": f"maildir:{folder / 'mail'}",
        "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
    }


def command_in(folder: Path, policies: Path, *options: str) -> list[str]:
    """The command of a server whose data and site lie in `folder`."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--production"]
    command += ["--policies", str(policies), "--data", str(folder / "data")]
    return [*command, "--out", str(folder / "dist"), *options]


@contextmanager
def public_server(folder: Path, policies: Path, *options: str) -> Iterator[PublicServer]:
    """Runs the server until the end of the body, then ends it by SIGTERM if it still runs."""
    port, metrics = free_port(), free_port()
    ports = ["--port", str(port), "--metrics", f"127.0.0.1:{metrics}"]
    command = command_in(folder, policies, *ports, *options)
    log = folder / "server.log"
    with log.open("ab") as file, HEARD.file(log):
        environment = os.environ | settings_in(folder)
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=file)
        try:
            address = f"http://127.0.0.1:{port}/cases/health"
            wait_for(address, process, _START_SECONDS, "the server did not start; see server.log")
            yield PublicServer(port, metrics, process, log)
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(timeout=_STOP_SECONDS)
