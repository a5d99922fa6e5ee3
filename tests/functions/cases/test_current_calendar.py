"""An open case follows the calendar that is current, and says what moved its dates."""

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.publish.build import build
from tests.conftest import SITE_URL, StoppedClock
from tests.helpers.sample_policies import write

FACTS = """\
kinds: [{id: complaint, name: 投诉, clause: "1.1"}]
filers: [{id: client, who: 客户, clause: "1.1"}]
roles:
  - {id: service, name: 客服部, duty: 登记投诉, mailbox: service@made.example.com, clause: "1.2"}
steps:
  - {id: register, role: service, acts: [register], action: 登记, clause: "1.2"}
limits:
  - {id: answer, value: 3, unit: day, from: received, role: service, action: 答复, clause: "1.3"}
"""
TEXT = """\
1.1 客户可以投诉。

1.2 客服部登记投诉。

1.3 客服部在收到之日起 3 日内答复。
"""
ANSWERS = {"account": "说明", "name": "李四", "phone": "400-000-0000", "consent": "yes"}
NOTICE = """\
notice: 国办发明电〔2026〕9号
off: [2027-01-01, 2027-01-02, 2027-01-03, 2027-01-04, 2027-01-05, 2027-02-05, 2027-02-06,
  2027-02-07, 2027-02-08, 2027-02-09, 2027-04-05, 2027-05-01, 2027-05-02, 2027-06-09, 2027-09-15,
  2027-10-01, 2027-10-02, 2027-10-03]
work: [2027-01-09, 2027-01-10]
"""
"""New Year's Day with the Monday and the Tuesday after it, which no law fixes."""


def test_open_case_learns_the_next_year(tmp_path: Path, ports: Ports, clock: StoppedClock) -> None:
    """A date past the known year is never overdue; the next year's arrangement moves it."""
    policies, out = tmp_path / "policies", tmp_path / "out"
    write(policies, "made", FACTS, TEXT)
    build(policies, out, site_url=SITE_URL)
    there = replace(ports, contracts=FolderContracts(str(out / "contracts")))
    clock.at = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
    with TestClient(create_app(there), base_url=SITE_URL) as client:
        filed = client.post("/cases/made/complaint", json=ANSWERS).json()
        pair = {name: filed[name] for name in ("reference", "access_code")}

        def answer() -> dict[str, Any]:
            (found,) = client.post("/cases/status", json=pair).json()["milestones"]
            return {
                name: found[name] for name in ("last_day", "moved_from", "provisional", "overdue")
            }

        before = {"last_day": "2027-01-04", "moved_from": None, "provisional": True}
        clock.at = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
        assert answer() == before | {"overdue": False}

        (policies / "calendar").mkdir()
        (policies / "calendar" / "CN-2027.yaml").write_text(NOTICE, encoding="utf-8")
        build(policies, out, site_url=SITE_URL)
        after = {"last_day": "2027-01-06", "moved_from": "2027-01-04", "provisional": False}
        assert answer() == after | {"overdue": False}
        page = unescape(client.post("/cases/status", data=pair | {"language": "en"}).text)
        assert (
            "Moved from Monday 4 January 2027 to Wednesday 6 January 2027, because of days off: "
        ) in page
        clock.at = datetime(2027, 1, 6, 16, 0, tzinfo=UTC)
        assert answer() == after | {"overdue": True}
