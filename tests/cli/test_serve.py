"""`serve` starts only on what it can keep and read again, and goes on whatever is saved."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import httpx2
import pytest

from cli import serve as serving
from cli.local_settings import settings_of
from cli.serving.sample_login import is_local, sample_login
from functions.cases.ports.ports import Ports
from site_src.errors import KeysUnreadable
from site_src.places import ROOT
from site_src.publish.build import Built, today
from tests.helpers.hostile.yaml_files import YAML
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.site_server import SAID, server
from tests.helpers.servers.waiting import eventually


def refused(data: Path, out: Path, port: int) -> tuple[int, str]:
    """The exit code and the output of a server that does not start."""
    command = [sys.executable, "build.py", "serve", "--port", str(port)]
    done = subprocess.run(
        [*command, "--data", str(data), "--out", str(out)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_key_that_is_gone_or_another(tmp_path: Path) -> None:
    """With the store there and its key gone, no new key is made; with another, no filing taken."""
    data, out = tmp_path / "data", tmp_path / "dist"
    with server(data, out) as (address, _):
        with urllib.request.urlopen(f"{address}/cases/ready") as ready:
            assert ready.status == 200
        assert data.stat().st_mode & 0o777 == 0o700
        for name in ("ombud.db", "ombud.db-wal", "key"):
            assert (data / name).stat().st_mode & 0o777 == 0o600, name
        assert (data / "mail").stat().st_mode & 0o077 == 0
        code, said = refused(tmp_path / "other", out, int(address.rpartition(":")[2]))
        assert (code, "in use; --port names another" in said) == (3, True)
        assert not (tmp_path / "other").exists()
    (data / "key").rename(tmp_path / "key")
    code, said = refused(data, out, free_port())
    assert code == 3
    assert "put the key back" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert not (data / "key").exists()
    (data / "key").write_text("22" * 32)
    code, said = refused(data, out, free_port())
    assert code == 3
    assert "encrypted under another key" in said.splitlines()[-1]
    assert "Traceback" not in said
    (tmp_path / "key").rename(data / "key")
    with (data / "ombud.db").open("r+b") as file:
        file.write(b"\xff" * 4096)
    code, said = refused(data, out, free_port())
    assert code == 3
    assert "ombud.db" in said.splitlines()[-1]
    assert "Traceback" not in said


def test_folder_of_an_earlier_release_is_closed(tmp_path: Path) -> None:
    """0.1.0 let everybody on the machine list `data` and read the store's file."""
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "key").write_text("22" * 32)
    (data / "ombud.db").touch(mode=0o644)
    settings_of(8000, tmp_path, data)
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "ombud.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("error", [RecursionError(), KeysUnreadable("x"), OSError(28, "full")])
def test_rebuilding_goes_on(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """After a build that fails for any reason, the next change is built."""
    built: list[int] = []
    stop = Event()

    def build_local(*_: object) -> Built:
        built.append(len(built))
        if len(built) == 1:
            raise error
        stop.set()
        return Built(1, (), {})

    monkeypatch.setattr(serving, "build_local", build_local)
    thread = Thread(
        target=serving.rebuild_on_changes,
        args=(policies, tmp_path / "dist", "http://localhost", bytes(32), stop, "en", today()),
        daemon=True,
    )
    thread.start()
    file = policies / "sample" / "procedure.md"
    deadline = time.monotonic() + 60
    while thread.is_alive() and time.monotonic() < deadline:
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
        time.sleep(0.3)
    thread.join(timeout=60)
    assert len(built) == 2


def test_hostile_policy_leaves_the_site_up(policies: Path, tmp_path: Path) -> None:
    """Each policy that a reader could break on is reported, and the old site stays."""
    out = tmp_path / "dist"
    serving._build_again(policies, out, "http://localhost", bytes(32), "en")  # noqa: SLF001
    before = sorted(path.name for path in out.iterdir())
    for content in YAML.values():
        (policies / "sample" / "policy.yaml").write_text(content, encoding="utf-8")
        serving._build_again(policies, out, "http://localhost", bytes(32), "en")  # noqa: SLF001
    assert sorted(path.name for path in out.iterdir()) == before


def test_gallery_is_no_part_of_a_published_site() -> None:
    """Only a site whose address is this machine's shows the parts of its pages."""
    assert is_local("http://127.0.0.1:8000")
    assert is_local("http://localhost:8000")
    for address in (
        "https://ombud.example.com",
        "https://localhost.example.com",
        "http://10.0.0.1",
    ):
        assert not is_local(address)


def test_newcomer_is_logged_in_once(tmp_path: Path) -> None:
    """The link that `serve` prints opens the desk of a sample, and works once."""
    with server(tmp_path / "data", tmp_path / "dist") as (address, _), httpx2.Client() as client:
        printed = wait_for_line(tmp_path / SAID, "Desk:")
        link = printed.removeprefix("Desk:").strip()
        assert link.startswith(f"{address}/cases/desk/link?token=")
        assert "<button" in client.get(link).text
        token = {"token": link.partition("token=")[2]}
        answers = [client.post(f"{address}/cases/desk/link", data=token) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 410]
        shown = client.get(f"{address}/cases/desk")
        assert (shown.status_code, "客服部" in shown.text) == (200, True)
        assert "Secure" not in answers[0].headers["set-cookie"]


@pytest.mark.parametrize("site_url", ["https://ombud.example.com", "http://192.0.2.1:8000"])
def test_no_link_for_a_site_that_others_see(ports: Ports, site_url: str) -> None:
    """Only a site of this machine prints a link that logs in."""
    assert sample_login(replace(ports, site_url="http://127.0.0.1:8000"))
    assert sample_login(replace(ports, site_url=site_url)) == ""


def wait_for_line(path: Path, start: str) -> str:
    """The first line of a file that begins so, once it is there."""

    def line() -> str:
        lines = path.read_text(encoding="utf-8").splitlines()
        return next((line for line in lines if line.startswith(start)), "")

    return eventually(line)
