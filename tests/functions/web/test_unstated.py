"""A case under a limit whose clause names no start."""

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox
from tests.helpers.filings import APPEAL, GRIEVANCE

STAFF = GRIEVANCE | {"category": "pay"}
CERTIFIED = APPEAL | {"category": "audit-conclusion", "decided_on": "2020-01-20"}
WORDS = {
    "zh-CN": ("程序未写明起算时间", "没有截止日期", "逾期："),
    "en": ("the procedure does not say from when", "No last day", "Late:"),
}


def test_organisations_limit_counts_from_receipt(client: TestClient) -> None:
    """Fifteen days from Monday 2 March 2026 end on Tuesday 17 March."""
    dated = client.post("/cases/employer-hr/complaint", json=STAFF).json()["milestones"]
    assert {(one["from"], one["last_day"]) for one in dated} == {("unstated", "2026-03-17")}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_filers_window_has_no_last_day(
    client: TestClient, ports: Ports, mailbox: Mailbox, language: str
) -> None:
    """An appeal years after the decision is not late: receipt, status page and mail say why."""
    unstated, no_last_day, late = WORDS[language]
    path = "/cases/product-certifier/appeal"
    filed = client.post(path, json=CERTIFIED | {"language": language}).json()
    window = next(one for one in filed["milestones"] if one["party"] == "filer")
    assert (window["from"], window["last_day"], window["late"]) == ("unstated", None, False)
    told = {key: filed[key] for key in ("reference", "access_code")} | {"language": language}
    page = client.post("/cases/status", data=told).text
    drain(ports)
    sent = next(mail for mail in mailbox.messages if mail["To"] == APPEAL["email"])
    body = sent.get_body(("plain",))
    assert body is not None
    for said in (page, body.get_content()):
        assert (unstated in said, no_last_day in said, late in said) == (True, True, False)
