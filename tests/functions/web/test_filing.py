"""The function over HTTP: pages without script, and programs."""

import re
from datetime import UTC
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.model.reference import access_code, new_reference
from functions.web.app import create_app
from tests.conftest import KEY, SITE_URL, StoppedClock
from tests.helpers.filings import APPEAL, COMPLAINT, GRIEVANCE

APPEALS = "/cases/accreditation-body/appeal"


def digest(client: TestClient, ports: Ports, organisation: str) -> str:
    """The contract that a page built now carries."""
    return ports.contracts.current().organisations[organisation]


def reference_in(page: str) -> str:
    """The first reference on a page."""
    found = re.search(r"[A-Z]{2,4}-[0-9A-Z]{5}-[0-9A-Z]{5}", page)
    assert found
    return found[0]


def test_other_errors_show_no_empty_box(client: TestClient) -> None:
    """An error without words shows no field for them."""
    page = client.get("/cases/receipt?token=forged").text
    assert '<div class="field" hidden><label for="written">' in page


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        (APPEALS, APPEAL),
        ("/cases/securities-brokerage/complaint", COMPLAINT),
        ("/cases/factory-staff/grievance", GRIEVANCE),
    ],
)
@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
def test_form_leads_to_a_receipt(
    client: TestClient, ports: Ports, path: str, answers: dict[str, str], encoding: str
) -> None:
    """A form that is filled in is stored and answered by 303 to its receipt."""
    fields = answers | {
        "contract": digest(client, ports, path.split("/")[2]),
        "language": "zh-CN",
    }
    if encoding == "multipart":
        parts = {name: (None, value) for name, value in fields.items()}
        answer = client.post(path, files=parts, follow_redirects=False)
    else:
        answer = client.post(path, data=fields, follow_redirects=False)
    assert answer.status_code == 303
    receipt = client.get(answer.headers["location"])
    reference = reference_in(receipt.text)
    case = ports.store.case(reference)
    assert case is not None
    assert case.submission.account == answers["account"]
    assert case.contract == fields["contract"]
    assert access_code(KEY, reference) in receipt.text
    assert answers["account"] in receipt.text


def test_wrong_answers_come_back_with_every_word(client: TestClient, ports: Ports) -> None:
    """A 422 is the same form, every word kept, its summary linked to the fields."""
    words = {
        "contract": digest(client, ports, "accreditation-body"),
        "language": "zh-CN",
        "category": "approval",
        "account": "“引号” <b>&amp;\n第二行",
        "happened_on": "2026-02-30",
        "email": "zhang@",
        "remedy": "撤销决定",
    }
    answer = client.post(APPEALS, data=words)
    page = answer.text
    assert answer.status_code == 422
    assert "<b>" not in page.split("</form>")[0].split("<form")[1]
    assert words["account"] in unescape(page)
    assert 'value="2026-02-30"' in page
    assert 'value="zhang@"' in page
    assert 'value="approval" required checked' in page
    assert page.index("有误：") < page.index("</title>")
    for name in ("decision", "decided_on", "happened_on", "name", "email", "consent"):
        assert f'<a href="#{name}">' in page
        assert f'id="{name}-problem"' in page
        assert re.search(f'id="{name}"', page)
    assert f'name="contract" value="{words["contract"]}"' in page


def test_untouched_form_is_the_published_page(
    client: TestClient, ports: Ports, built: Path
) -> None:
    """The static page and what the function returns are one page."""
    published = (built / "accreditation-body" / "appeal" / "index.html").read_text("utf-8")
    form = published[published.index("<form") : published.index("</form>")]
    again = client.post(APPEALS, data={"contract": digest(client, ports, "accreditation-body")})
    returned = again.text[again.text.index("<form") : again.text.index("</form>")]
    marks = re.compile(r'<p class="problem".*?</p>| aria-invalid="true"| \w+-problem')
    assert marks.sub("", returned).split() == form.split()


def test_program_gets_201_with_milestones(client: TestClient) -> None:
    """JSON in, JSON out: reference, access code and every milestone with its clause."""
    answer = client.post(APPEALS, json=APPEAL | {"consent": True, "language": "en"})
    content = answer.json()
    assert answer.status_code == 201
    assert content["access_code"] == access_code(KEY, content["reference"])
    dated = {one["clause"] + one["action"]: one["last_day"] for one in content["milestones"]}
    assert dated == {
        "2.3File the appeal": "2026-03-23",
        "2.5Pass the appeal on": "2026-03-05",
        "2.5Propose a ruling on the appeal": "2026-05-06",
        "2.5Carry the decision out and tell the appellant": None,
    }


def test_today_of_a_filer_far_to_the_east(client: TestClient, clock: StoppedClock) -> None:
    """A day is in the future if nobody has it yet: at noon UTC it is tomorrow at UTC+14."""
    clock.forward(hours=10)
    assert clock().astimezone(UTC).hour == 12
    tomorrow = client.post(APPEALS, json=APPEAL | {"happened_on": "2026-03-03"})
    assert tomorrow.status_code == 201
    later = client.post(APPEALS, json=APPEAL | {"happened_on": "2026-03-04"})
    assert [one["code"] for one in later.json()["errors"]] == ["future"]


def test_program_gets_problem_details(client: TestClient) -> None:
    """A 422 names each field (RFC 9457)."""
    answer = client.post(APPEALS, json=APPEAL | {"email": "nobody", "colour": "red"})
    content = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert content["status"] == 422
    assert [(one["field"], one["code"]) for one in content["errors"]] == [
        ("email", "not_email"),
        ("colour", "unknown"),
    ]


@pytest.mark.parametrize("key", [None, "9a1c"])
def test_same_filing_twice_is_one_case(client: TestClient, ports: Ports, key: str | None) -> None:
    """A second click or a client's retry gives the same receipt."""
    headers = {"Idempotency-Key": key} if key else {}
    first = client.post(APPEALS, json=APPEAL, headers=headers)
    second = client.post(APPEALS, json=APPEAL, headers=headers)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert isinstance(ports.store, SqliteStore)


def test_same_words_after_a_day_are_a_new_case(client: TestClient, clock: StoppedClock) -> None:
    """What happens again may be filed again."""
    first = client.post(APPEALS, json=APPEAL).json()["reference"]
    clock.forward(hours=25)
    assert client.post(APPEALS, json=APPEAL).json()["reference"] != first


def test_key_for_another_filing_is_refused(client: TestClient) -> None:
    """One idempotency key cannot stand for two filings."""
    headers = {"Idempotency-Key": "9a1c"}
    client.post(APPEALS, json=APPEAL, headers=headers)
    answer = client.post(APPEALS, json=APPEAL | {"account": "另一件事"}, headers=headers)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["title"]


def test_unknown_contract_keeps_the_words(client: TestClient) -> None:
    """A page whose contract is gone comes back renewed, with every word."""
    answer = client.post(APPEALS, data=APPEAL | {"contract": "0" * 32, "language": "en"})
    assert answer.status_code == 422
    assert "has been updated" in answer.text
    assert APPEAL["account"] in answer.text


def test_receipt_link_expires_and_says_so(client: TestClient, clock: StoppedClock) -> None:
    """An old link says that the filing is safe and where to look it up."""
    answer = client.post(APPEALS, data=APPEAL, follow_redirects=False)
    location = answer.headers["location"]
    assert client.get(location).status_code == 200
    clock.forward(hours=2)
    late = client.get(location)
    assert late.status_code == 410
    assert "/track/" in late.text
    assert client.get("/cases/receipt?token=forged").status_code == 410


def test_receipt_can_be_saved(client: TestClient) -> None:
    """The receipt as a text file holds reference, code, answers and dates."""
    answer = client.post(APPEALS, data=APPEAL, follow_redirects=False)
    saved = client.get(answer.headers["location"].replace("receipt?", "receipt.txt?"))
    reference = reference_in(saved.text)
    assert saved.headers["content-disposition"] == f'attachment; filename="{reference}.txt"'
    assert access_code(KEY, reference) in saved.text
    assert APPEAL["account"] in saved.text
    assert "2026年3月5日（星期四）24:00前" in saved.text


def test_nothing_personal_in_addresses_and_headers(client: TestClient) -> None:
    """Neither the receipt's address nor any header repeats what was written."""
    answer = client.post(APPEALS, data=APPEAL, follow_redirects=False)
    told = answer.headers["location"] + repr(answer.headers)
    for word in (APPEAL["name"], APPEAL["email"], APPEAL["account"]):
        assert word not in unescape(told)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_status_shows_state_and_dates(client: TestClient) -> None:
    """Reference and code, as a page or as JSON, show the state and every date."""
    filed = client.post(APPEALS, json=APPEAL).json()
    pair = {"reference": filed["reference"].lower(), "access_code": filed["access_code"]}
    page = client.post("/cases/status", data=pair)
    assert page.status_code == 200
    assert "2026年3月5日" in page.text
    content = client.post("/cases/status", json=pair).json()
    assert content["milestones"] == filed["milestones"]
    assert "access_code" not in content


def noted_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of wrong look-ups, noted instead of waited for."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr("functions.web.status.case_access.anyio.sleep", sleep)
    return pauses


def test_what_is_no_reference_is_nobodys(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """People who mistype their reference do not slow each other down, whatever they wrote."""
    pauses = noted_pauses(monkeypatch)
    nothing: tuple[dict[str, str | None], ...] = (
        {"reference": "None", "access_code": "x"},
        {"reference": None, "access_code": None},
        {"access_code": "x"},
        {"reference": "ACB-22222-2222", "access_code": "x"},
    )
    for number in range(12):
        host = f"192.0.2.{number}"
        with TestClient(create_app(ports), base_url=SITE_URL, client=(host, 1)) as client:
            answer = client.post("/cases/status", json=nothing[number % len(nothing)])
        assert answer.status_code == 404
    assert pauses == [0.25] * 6, "half a pair is answered at once and not counted"


def test_clients_of_a_silent_proxy_do_not_wait_for_each_other(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy that names no clients, only the reference is counted."""
    pauses = noted_pauses(monkeypatch)
    with TestClient(create_app(ports), base_url=SITE_URL, client=("127.0.0.1", 1)) as client:
        for _ in range(5):
            pair = {"reference": new_reference("ACB"), "access_code": "x"}
            client.post("/cases/status", json=pair)
        guessed = {"reference": new_reference("ACB"), "access_code": "x"}
        for _ in range(3):
            client.post("/cases/status", json=guessed)
    assert pauses == [0.25] * 5 + [0.25, 0.5, 1.0]


def test_wrong_pairs_get_one_answer_and_wait(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown references and wrong codes look the same and are slowed down more and more."""
    pauses = noted_pauses(monkeypatch)
    filed = client.post(APPEALS, json=APPEAL).json()
    code = filed["access_code"]
    tries = [
        {"reference": filed["reference"], "access_code": "A" + code[1:] if code[0] != "A" else "B"},
        {"reference": "ACB-22222-22222", "access_code": code},
        {"reference": "nonsense", "access_code": code},
    ]
    answers = [client.post("/cases/status", json=one) for one in tries]
    assert {answer.status_code for answer in answers} == {404}
    told = [answer.json() for answer in answers]
    assert len({one.pop("instance") for one in told}) == 3  # each request's own, drawn by lot
    assert told[0] == told[1] == told[2]
    assert pauses == [0.25, 0.5, 1.0]
    page = client.post("/cases/status", data=tries[0])
    assert page.status_code == 404
    assert filed["reference"] in page.text
    assert "no-store" in page.headers["cache-control"]


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("POST", "/cases/nobody/appeal", {"data": {"a": "b"}}, 404),
        ("POST", "/cases/accreditation-body/grievance", {"data": {"a": "b"}}, 404),
        ("GET", "/cases/accreditation-body/appeal", {}, 405),
        ("POST", APPEALS, {"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ("POST", APPEALS, {"content": b"[]", "headers": {"content-type": "application/json"}}, 400),
        ("POST", APPEALS, {"json": {"name": ["a"]}}, 400),
        ("POST", APPEALS, {"content": b"x", "headers": {"content-type": "text/plain"}}, 415),
        ("POST", APPEALS, {"data": {"account": "长" * 400_000}}, 413),
    ],
)
def test_refusals(
    client: TestClient, method: str, path: str, options: dict[str, object], status: int
) -> None:
    """What cannot be a filing is refused with its own status and a page or problem details."""
    answer = client.request(method, path, **options)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"].partition(";")[0] in (
        "text/html",
        "application/problem+json",
    )


def test_health(client: TestClient) -> None:
    """Health answers when store and contracts do."""
    assert client.get("/cases/health").json() == {"status": "ok"}
