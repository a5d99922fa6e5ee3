"""Who is told of a filing, who has the case later, and at which mailbox."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.publish.build import build
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.desk.mailbox_staff import with_mailbox_staff
from tests.helpers.mails.reading import plain
from tests.helpers.sample_policies import mend, write

FACTS = """\
kinds: [{id: complaint, name: 投诉, clause: "1.1"}]
filers:
  - {id: client, who: 客户, clause: "1.1"}
  - {id: staff, who: 员工, route: director, clause: "1.4"}
channels:
  - {id: hotline, type: telephone, name: 热线, value: 400-000-0000, clause: "1.1"}
roles:
  - {id: service, name: 客服部, duty: 登记投诉, mailbox: service@made.example.com, clause: "1.2"}
  - {id: sales, name: 销售部, duty: 处理销售投诉, mailbox: sales@made.example.com, clause: "1.2"}
  - {id: head, name: 负责人, duty: 处理难题, mailbox: head@made.example.com, clause: "1.3"}
  - {id: director, name: 主任, duty: 处理大事, mailbox: director@made.example.com, clause: "1.4"}
levels:
  - {id: major, name: 重大投诉, definition: 涉及赔偿的, clause: "1.4"}
categories:
  - {id: sales, name: 销售, clause: "1.2"}
  - {id: other, name: 其他, clause: "1.2"}
routes:
  - {role: sales, category: sales, clause: "1.2"}
  - {role: head, category: sales, condition: 处理不了的, clause: "1.3"}
  - {role: director, level: major, clause: "1.4"}
steps:
  - {id: register, role: service, acts: [register], action: 登记, clause: "1.2"}
  - {id: hand-on, role: head, acts: [receive], action: 处理不了的由负责人接手, clause: "1.3"}
limits:
  - {id: answer, value: 5, unit: day, from: received, role: service, action: 答复, clause: "1.5"}
  - id: by-phone
    value: 1
    unit: day
    from: received
    role: service
    action: 回电
    when: {channel: hotline}
    clause: "1.6"
  - id: if-hard
    value: 2
    unit: day
    from: received
    role: head
    action: 另行答复
    when: {condition: 情况复杂的}
    clause: "1.7"
  - id: major
    value: 3
    unit: day
    from: received
    role: director
    action: 答复
    level: major
    clause: "1.8"
"""
TEXT = """\
1.1 客户可以投诉，热线 400-000-0000。

1.2 客服部登记投诉，分为销售和其他；销售的由销售部处理。

1.3 处理不了的，由负责人处理。

1.4 涉及赔偿的是重大投诉，由主任处理；员工的投诉由主任处理。

1.5 客服部在收到之日起 5 日内答复。

1.6 热线投诉的，客服部在收到之日起 1 日内回电。

1.7 情况复杂的，负责人在收到之日起 2 日内另行答复。

1.8 重大投诉，主任在收到之日起 3 日内答复。
"""
ANSWERS = {"account": "说明", "name": "李四", "phone": "400-000-0000", "consent": "yes"}
PATH = "/cases/made/complaint"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A site of one organisation, and its policies beside it."""
    write(tmp_path / "policies", "made", FACTS, TEXT)
    build(tmp_path / "policies", tmp_path / "out", site_url=SITE_URL)
    return tmp_path


@pytest.fixture
def there(made: Path, ports: Ports) -> Ports:
    """Ports over that site."""
    return with_mailbox_staff(
        replace(ports, contracts=FolderContracts(str(made / "out" / "contracts")))
    )


@pytest.fixture
def intake(there: Ports) -> Iterator[TestClient]:
    """A client of its function."""
    with TestClient(create_app(there), base_url=SITE_URL) as client:
        yield client


def told(mailbox: Mailbox, ports: Ports) -> list[str]:
    """The mailboxes that new mails went to."""
    drain(ports)
    found = sorted(mail["To"].partition("@")[0] for mail in mailbox.messages)
    mailbox.messages.clear()
    return found


def link(mailbox: Mailbox, ports: Ports, name: str) -> str:
    """The token of the staff link that was mailed to this mailbox."""
    drain(ports)
    for mail in mailbox.messages:
        if mail["To"].startswith(f"{name}@"):
            token: str = plain(mail).partition("token=")[2].split()[0]
            return token
    raise AssertionError(f"no mail to {name}")


@pytest.mark.parametrize(
    ("answers", "roles"),
    [
        ({"category": "sales", "relation": "client"}, ["sales", "service"]),
        ({"category": "other", "relation": "client"}, ["service"]),
        ({"category": "sales", "relation": "staff"}, ["director"]),
    ],
)
def test_who_is_told_at_filing(
    intake: TestClient, there: Ports, mailbox: Mailbox, answers: dict[str, str], roles: list[str]
) -> None:
    """Intake and routes without a condition; a filer's own route replaces them all."""
    assert intake.post(PATH, json=ANSWERS | answers).status_code == 201
    assert told(mailbox, there) == roles


@pytest.mark.parametrize(
    ("organisation", "category", "roles"),
    [
        ("online-lender", "site-rules", {"first-agent"}),
        ("manufacturer", "product-quality", {"salesperson"}),
        ("car-dealer", "sales-product", {"customer-service", "sales-manager"}),
        ("qa-operations", "product-quality", {"qa"}),
        ("securities-brokerage", "compensation", {"consultant"}),
    ],
)
def test_published_procedures_tell_the_intake_role(
    ports: Ports, organisation: str, category: str, roles: set[str]
) -> None:
    """Whom these procedures tell of a complaint, and nobody under a condition."""
    digest = ports.contracts.current().organisations[organisation]
    kind = ports.contracts.contract(digest).kinds["complaint"]
    routes = kind.routes_for(category, kind.level_of(category))
    assert {route.role_id for route in routes} == roles


def test_only_limits_of_the_form_are_promised(intake: TestClient) -> None:
    """The telephone's limit is not on a filing by the form; a level's is said to depend on it."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    assert [(one["action"], one["condition"]) for one in filed["milestones"]] == [
        ("答复", None),
        ("另行答复", "情况复杂的"),
        ("答复", "经认定属于“重大投诉”"),
    ]


def test_condition_in_words_is_shown_and_never_overdue(
    intake: TestClient, there: Ports, clock: StoppedClock
) -> None:
    """Nobody has said that the condition holds, so nothing is late."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    clock.forward(days=10)
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    page = intake.post("/cases/status", data=pair).text
    assert "情况复杂的" in page
    found = {
        one["clause"]: one for one in intake.post("/cases/status", json=pair).json()["milestones"]
    }
    assert (found["1.5"]["overdue"], found["1.7"]["overdue"]) == (True, False)


def test_staff_set_the_level(intake: TestClient, there: Ports, mailbox: Mailbox) -> None:
    """The level's limit holds from then on, and its role is told and has the case."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    token = link(mailbox, there, "service")
    told(mailbox, there)
    sent = {"handling": token, "act": "classified"}
    refused = intake.post("/cases/handle", data=sent)
    assert refused.status_code == 422
    assert "请选择级别" in refused.text
    assert intake.post("/cases/handle", data=sent | {"level": "major"}).status_code == 200
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    found = intake.post("/cases/status", json=pair).json()
    found = {one["clause"]: one["conditional"] for one in found["milestones"]}
    assert found == {"1.5": False, "1.7": True, "1.8": False}
    handed = link(mailbox, there, "director")
    assert intake.get(f"/cases/handle?token={handed}").status_code == 200
    assert told(mailbox, there) == ["director"]


def test_mailbox_that_changed(
    made: Path, intake: TestClient, there: Ports, mailbox: Mailbox
) -> None:
    """After a deploy news go to the new mailbox, and the link of the old one is dead."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    token = link(mailbox, there, "service")
    assert intake.get(f"/cases/handle?token={token}").status_code == 200
    policy = made / "policies" / "made" / "policy.yaml"
    mend(policy, "service@made.example.com", "desk@made.example.com")
    build(made / "policies", made / "out", site_url=SITE_URL)
    told(mailbox, there)
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    page = intake.post("/cases/status", data=pair).text
    session = page.partition('name="session" value="')[2].partition('"')[0]
    added = intake.post("/cases/status/information", data={"session": session, "text": "补充"})
    assert added.status_code == 200, added.text
    assert told(mailbox, there) == ["desk"]
    assert intake.get(f"/cases/handle?token={token}").status_code == 410
    closed = intake.post("/cases/handle", data={"handling": token, "act": "closed"})
    assert closed.status_code == 410


def test_answer_settles_what_led_to_it(intake: TestClient, there: Ports, mailbox: Mailbox) -> None:
    """After the decision nothing before it is pending; after closing nothing at all."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    token = link(mailbox, there, "service")
    sent = {"handling": token, "act": "decision", "text": "已经处理"}
    assert intake.post("/cases/handle", data=sent).status_code == 200
    pair = {"reference": filed["reference"], "access_code": filed["access_code"]}
    found = intake.post("/cases/status", json=pair).json()["milestones"]
    assert [one["settled"] or bool(one["done"]) for one in found] == [True, True, True]


def test_withdrawal_leaves_nothing_due(intake: TestClient) -> None:
    """Who has withdrawn waits for nothing: every limit is settled."""
    filed = intake.post(PATH, json=ANSWERS | {"category": "other", "relation": "client"}).json()
    pair = {name: filed[name] for name in ("reference", "access_code")}
    gone = intake.post("/cases/status/withdraw", json=pair | {"confirm": "yes"})
    assert gone.status_code == 200, gone.text
    assert [one["settled"] for one in gone.json()["milestones"]] == [True, True, True]
    page = intake.post("/cases/status", data=pair | {"language": "en"}).text
    assert "By the end of" not in page


def test_directory_is_never_served(made: Path) -> None:
    """Mailboxes are for the functions: nothing public has them."""
    stored = json.loads((made / "out/contracts/directory/made.json").read_text("utf-8"))
    assert stored["mailboxes"]["sales"] == "sales@made.example.com"
    for file in (made / "out").rglob("*"):
        if file.is_file() and "contracts" not in file.parts:
            assert b"sales@made.example.com" not in file.read_bytes(), file
