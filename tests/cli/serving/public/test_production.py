"""`serve --production`: several processes on one store, one that sends, and a good end."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email import message_from_bytes
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from site_src.places import POLICIES
from tests.helpers.filings import COMPLAINT
from tests.helpers.servers.listening import free_port
from tests.helpers.servers.public_server import (
    PublicServer,
    command_in,
    public_server,
    settings_in,
)
from tests.helpers.servers.waiting import eventually
from tests.helpers.soak_filing import errand, send

FILINGS = 60


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three policies, of which one is a draft."""
    folder = tmp_path_factory.mktemp("published") / "policies"
    folder.mkdir()
    for name in ("accreditation-body", "securities-brokerage", "factory-staff", "law-firm"):
        shutil.copytree(POLICIES / name, folder / name)
    draft = folder / "law-firm" / "policy.yaml"
    draft.write_text("status: draft\n" + draft.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of one policy."""
    folder = tmp_path_factory.mktemp("small") / "policies"
    shutil.copytree(POLICIES / "securities-brokerage", folder / "securities-brokerage")
    return folder


@pytest.fixture(scope="module")
def running(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    """A server with two workers."""
    with public_server(tmp_path_factory.mktemp("public"), published) as server:
        yield server


def status_of(address: str) -> int:
    """The status of a page."""
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def workers_of(server: PublicServer) -> set[int]:
    """The worker processes."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    pids = {int(pid) for pid in children.read_text(encoding="ascii").split()}
    return {pid for pid in pids if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text("utf-8")}


def test_public_sees_the_site_and_no_tools_of_authors(running: PublicServer) -> None:
    """Pages, desk and health; no gallery, studio, contract, figure or draft, and no login link."""
    found = ("/", "/factory-staff/", "/en/factory-staff/", "/cases/ready")
    hidden = ("/_gallery/", "/en/_gallery/", "/_studio/", "/contracts/current.json", "/metrics")
    assert [status_of(running.address + path) for path in found] == [200] * len(found)
    assert [status_of(running.address + path) for path in hidden] == [404] * len(hidden)
    assert status_of(f"{running.address}/law-firm/") == 404
    said = running.said()
    assert "law-firm was left out: `check law-firm` says why" in said
    assert "token=" not in said


def test_every_filing_is_kept_and_each_mail_sent_once(running: PublicServer) -> None:
    """Sixty filings by eight senders through two processes: as many receipts, and no mail twice."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: send(errand(number), running.port), range(FILINGS)))
    references = {answer.reference for answer in answers}
    assert None not in references
    assert len(references) == FILINGS
    owed = sum(len(errand(number).recipients) for number in range(FILINGS))
    box = running.log.parent / "mail" / "new"
    eventually(lambda: box.is_dir() and len(list(box.iterdir())) >= owed)
    time.sleep(1.5)  # the sender's next round would send what another sends, too
    ids = [message_from_bytes(path.read_bytes())["Message-ID"] for path in box.iterdir()]
    assert (len(ids), len(set(ids))) == (owed, owed)
    assert len(workers_of(running)) == 2


def test_figures_are_those_of_all_processes(running: PublicServer) -> None:
    """Requests by route and status, durations, the outbox, the sweep and the site; no person."""
    before = requests(running, "/cases/ready")
    for _ in range(8):
        assert status_of(f"{running.address}/cases/ready") == 200
    assert requests(running, "/cases/ready") == before + 8
    figures = running.figures()
    value = dict(re.findall(r"^(ombud_\w+) (\S+)$", figures, re.MULTILINE))
    assert time.time() - float(value["ombud_last_sweep_timestamp_seconds"]) < 30
    assert float(value["ombud_site_days_behind"]) == 0
    assert float(value["ombud_organisations_left_out"]) == 1
    assert float(value["ombud_outbox_overdue_mails"]) == 0
    assert {"ombud_outbox_mails", "ombud_outbox_oldest_seconds"} <= value.keys()
    assert re.search(r'ombud_request_seconds_bucket\{le="0.1",method="GET",route=', figures)
    labels = set(re.findall(r'(\w+)="', figures))
    assert labels == {"method", "route", "status", "le"}
    routes = set(re.findall(r'route="([^"]*)"', figures))
    assert {"/cases/{organisation}/{kind}", "/{path}"} <= routes
    assert not any(character.isdigit() for route in routes for character in route)


def requests(server: PublicServer, route: str) -> float:
    """How many requests were answered with 200 on a route."""
    found = re.search(
        rf'ombud_requests_total\{{method="GET",route="{route}",status="200"\}} (\S+)',
        server.figures(),
    )
    return float(found[1]) if found else 0


def test_strange_methods_are_one_figure(running: PublicServer) -> None:
    """Whoever makes up methods makes no new series."""
    for method in ("PROPFIND", "ZZZ"):
        with closing(HTTPConnection("127.0.0.1", running.port)) as connection:
            connection.request(method, "/")
            connection.getresponse().read()
    assert 'method="other"' in running.figures()
    assert "ZZZ" not in running.figures()


def test_killed_worker_is_replaced(running: PublicServer) -> None:
    """Another process takes its place, and filings go on meanwhile."""
    before = workers_of(running)
    os.kill(min(before), signal.SIGKILL)
    assert send(errand(1000), running.port).reference
    eventually(lambda: len(workers_of(running)) == 2 and workers_of(running) != before)


def test_hangup_publishes_what_was_saved(running: PublicServer, published: Path) -> None:
    """SIGHUP has the site rebuilt, by `systemctl reload`; no request is lost by it."""
    page = running.log.parent / "dist" / "factory-staff" / "index.html"
    before = page.stat().st_mtime_ns
    roster = published / "factory-staff" / "policy.yaml"
    text = roster.read_text(encoding="utf-8")
    roster.write_text(text.replace("hr@factory.example.com", "office@factory.example.com"), "utf-8")
    os.kill(running.process.pid, signal.SIGHUP)
    directory = running.log.parent / "dist" / "contracts" / "directory" / "factory-staff.json"
    eventually(lambda: "office@factory.example.com" in directory.read_text(encoding="utf-8"))
    assert page.stat().st_mtime_ns >= before
    assert status_of(f"{running.address}/factory-staff/") == 200
    roster.write_text(text, encoding="utf-8")


def test_second_server_on_the_store_is_refused(running: PublicServer, published: Path) -> None:
    """Two would both send each reminder, so the second ends with 3 and says why."""
    done = refused(running.log.parent, published, "--port", str(free_port()), "--metrics", "none")
    assert done.returncode == 3
    assert "another server runs on sqlite:" in done.stderr.splitlines()[-1]


def refused(folder: Path, policies: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """A server that does not start."""
    return subprocess.run(
        command_in(folder, policies, *options),
        env=os.environ | settings_in(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_running_requests_end_well(small: Path, tmp_path: Path) -> None:
    """After SIGTERM a filing that has begun gets its receipt, and nobody else is let in."""
    with public_server(tmp_path, small, "--workers", "1") as server:
        body = urlencode(COMPLAINT | {"step": "send"}).encode()
        head = (
            "POST /cases/securities-brokerage/complaint HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        with create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(head.encode() + body[:10])
            eventually(lambda: workers_of(server))
            time.sleep(1)
            server.process.terminate()
            eventually(lambda: not is_open(server.port))
            assert server.process.poll() is None
            connection.sendall(body[10:])
            answer = connection.makefile("rb").readline()
        assert b" 303 " in answer
        assert server.process.wait(timeout=60) == 0
        assert "Traceback" not in server.said()


def is_open(port: int) -> bool:
    """Whether new connections are taken."""
    try:
        create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def test_workers_end_with_a_killed_server(small: Path, tmp_path: Path) -> None:
    """No orphan keeps the port or the store, and the next server starts; broken policies or not."""
    with public_server(tmp_path, small) as server:
        eventually(lambda: len(workers_of(server)) == 2)
        workers = workers_of(server)
        server.process.kill()
        server.process.wait()
        eventually(lambda: not any(Path(f"/proc/{pid}").is_dir() for pid in workers))
    broken = tmp_path / "broken"
    shutil.copytree(small, broken)
    (broken / "site.yaml").write_text("language: Klingon\n", encoding="utf-8")
    with public_server(tmp_path, broken, "--workers", "1") as server:
        assert status_of(f"{server.address}/securities-brokerage/") == 200
        assert "ombud_site_days_behind -1.0" in server.figures()
        assert "the site was not rebuilt today and is as of an earlier start" in server.said()
    done = refused(tmp_path / "new", broken, "--port", str(free_port()), "--metrics", "none")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "the site cannot be built" in done.stderr.splitlines()[-1]
