"""Several workers, each a process, on one outbox."""

import time
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from tests.commands.soak import Tally, wait_for_mails
from tests.conftest import MORNING
from tests.helpers.filings import APPEAL
from tests.helpers.servers import server_process as station
from tests.helpers.servers.mail_server import mail_server

_FILINGS = 40


def owing(client: TestClient, folder: Path, built: Path, port: int) -> station.Place:
    """The store of `client`, which owes two mails for each of many filings."""
    for number in range(_FILINGS):
        answers = APPEAL | {"account": f"第 {number} 件", "email": f"zhang{number}@example.com"}
        client.post("/cases/accreditation-body/appeal", json=answers)
    return station.Place(folder, built / "contracts", f"smtp://127.0.0.1:{port}")


def test_two_workers_send_each_mail_once(client: TestClient, built: Path, tmp_path: Path) -> None:
    """No mail that one of them has leased is sent by the other."""
    tally = Tally()
    with mail_server(tally) as port:
        place = owing(client, tmp_path, built, port)
        workers = [station.start_worker(place, MORNING) for _ in range(2)]
        wait_for_mails(tmp_path / "ombud.db")
        for worker in workers:
            station.kill(worker)
    assert sorted(tally.arrived.values()) == [1] * 2 * _FILINGS


def test_mails_of_a_killed_worker(client: TestClient, built: Path, tmp_path: Path) -> None:
    """After their lease another worker sends them; only the one in hand may come twice."""
    tally = Tally()
    with mail_server(tally) as port:
        place = owing(client, tmp_path, built, port)
        worker = station.start_worker(place, MORNING)
        while tally.arrived.total() < 10:
            assert worker.is_alive()
            time.sleep(0.001)
        station.kill(worker)
        other = station.start_worker(place, MORNING + timedelta(minutes=10))
        wait_for_mails(tmp_path / "ombud.db")
        station.kill(other)
    assert len(tally.arrived) == 2 * _FILINGS
    assert tally.arrived.total() <= 2 * _FILINGS + 1
