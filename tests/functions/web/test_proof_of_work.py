"""The proof of work: off, nobody meets it; on, a solution takes one filing, and no word is lost."""

import json
import logging
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from altcha import Challenge, Payload, Solution, solve_challenge
from schemathesis import openapi
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.proof_of_work import new_challenge
from functions.web.app import create_app
from site_src.file_names import PUBLISHED_RECORD
from site_src.places import POLICIES
from site_src.publish.build import build
from tests.browser.test_budget import FIRST_VIEW, SCRIPT, linked, packed
from tests.browser.test_page_types import html_errors
from tests.conftest import KEY, SITE_URL, StoppedClock
from tests.functions.adapters.conftest import store  # noqa: F401 - a fixture
from tests.functions.web.test_check_page import carried, owed
from tests.functions.web.test_filing import APPEALS, reference_in
from tests.helpers.filings import APPEAL

FORM = Path("accreditation-body") / "appeal" / "index.html"
CHALLENGE = "/cases/challenge"
TRACES = (b"altcha", b"/cases/challenge", b"/proof.", b"proof_needed", b"proof_of_work")
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)


@dataclass(frozen=True)
class Switched:
    """A site that was built before the switch and again after it; `before` is the old contract."""

    out: Path
    before: str


@pytest.fixture(scope="module")
def switched(tmp_path_factory: pytest.TempPathFactory) -> Switched:
    """One organisation whose operator has switched the proof of work on."""
    folder = tmp_path_factory.mktemp("switched")
    policies, out = folder / "policies", folder / "dist"
    shutil.copytree(POLICIES / "accreditation-body", policies / "accreditation-body")
    build(policies, out, site_url=SITE_URL)
    before = pointers(out)["organisations"]["accreditation-body"]
    (policies / "site.yaml").write_text("proof_of_work: true\n", encoding="utf-8")
    assert build(policies, out, site_url=SITE_URL) > 0
    return Switched(out, before)


def pointers(out: Path) -> dict[str, Any]:
    """What the build says is current."""
    content: dict[str, Any] = json.loads((out / "contracts" / "current.json").read_bytes())
    return content


@pytest.fixture
def here(ports: Ports, switched: Switched, clock: StoppedClock) -> Ports:
    """Ports over that site; the clock stands at this moment, as ALTCHA's library has its own."""
    clock.at = datetime.now(UTC)
    return replace(ports, contracts=FolderContracts(str(switched.out / "contracts")))


@pytest.fixture
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Challenges that cost no time."""
    monkeypatch.setattr("functions.cases.proof_of_work._ITERATIONS", 1)
    monkeypatch.setattr("functions.cases.proof_of_work._FEWEST", 5)


@pytest.fixture
def asked(here: Ports, easy: None) -> Iterator[TestClient]:
    """A browser without script, or a program, at the door of that site."""
    with TestClient(create_app(here), base_url=SITE_URL) as made:
        yield made


def solved(client: TestClient) -> str:
    """A new challenge, solved by ALTCHA's own client."""
    challenge = Challenge.from_dict(client.get(CHALLENGE).json())
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def changed(payload: str, change: Callable[[dict[str, Any]], object]) -> str:
    """The payload with something else in it."""
    content = json.loads(b64decode(payload))
    change(content)
    return b64encode(json.dumps(content).encode()).decode()


def code(client: TestClient, **more: str) -> str:
    """Why a program's filing with these fields is not taken."""
    answer = client.post(APPEALS, json=APPEAL | more)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert error["field"] == "altcha"
    assert CHALLENGE in error["detail"]
    return str(error["code"])


def test_off_there_is_no_trace(built: Path, client: TestClient) -> None:
    """Nobody switched it on: no page, contract or document names it, nothing is asked for."""
    assert pointers(built).keys() == {"organisations", "site", "calendars", "language"}
    for name in ("index.html", "openapi.json", "*.json"):
        for path in built.rglob(name):
            if path == built / PUBLISHED_RECORD:
                continue  # it names every asset
            content = path.read_bytes()
            assert not any(trace in content for trace in TRACES), path
    page = client.post(APPEALS, data=APPEAL | {"step": "check"}).text
    assert "altcha" not in page
    assert "noscript" not in page
    assert client.get(CHALLENGE).status_code == 404
    assert client.post(APPEALS, json=APPEAL).status_code == 201


def test_program_files_with_a_client_of_altcha(here: Ports) -> None:
    """A challenge of the usual effort is solved by ALTCHA's own client, and the filing is taken."""
    with TestClient(create_app(here), base_url=SITE_URL) as client:
        answer = client.get(CHALLENGE)
        assert answer.headers["cache-control"] == "no-store"
        parameters = answer.json()["parameters"]
        assert (parameters["algorithm"], parameters["cost"]) == ("PBKDF2/SHA-256", 5000)
        assert 7190 < parameters["expiresAt"] - datetime.now(UTC).timestamp() <= 7200
        sent = APPEAL | {"altcha": solved(client)}
        filed = client.post(APPEALS, json=sent)
        assert filed.status_code == 201
        case = here.store.case(filed.json()["reference"])
        assert case is not None
        assert case.submission.account == APPEAL["account"]


def test_effort_is_between_its_bounds(here: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the effort is twice the counters; none is found before the fewest."""
    monkeypatch.setattr("functions.cases.proof_of_work._ITERATIONS", 1)
    current = here.contracts.current()
    monkeypatch.setattr(
        here.contracts, "current", lambda: current.model_copy(update={"proof_of_work": 2})
    )
    with TestClient(create_app(here), base_url=SITE_URL) as client:
        counters = [json.loads(b64decode(solved(client)))["solution"]["counter"] for _ in range(20)]
    assert 2000 <= min(counters) <= max(counters) < 4000


@pytest.mark.usefixtures("easy")
def test_each_solution_counts_once(here: Ports, store: Store) -> None:  # noqa: F811
    """In each store one filing uses it up, the same filing again is answered, no other is taken."""
    with TestClient(create_app(replace(here, store=store)), base_url=SITE_URL) as client:
        solution = solved(client)
        filed = client.post(APPEALS, json=APPEAL | {"altcha": solution})
        assert filed.status_code == 201
        again = client.post(APPEALS, json=APPEAL | {"altcha": solution})
        assert again.json()["reference"] == filed.json()["reference"]
        assert code(client, altcha=solution, account="另一件事") == "used"
        fresh = APPEAL | {"altcha": solved(client), "account": "另一件事"}
        assert client.post(APPEALS, json=fresh).status_code == 201


@pytest.mark.usefixtures("easy")
def test_filings_at_once_share_no_solution(here: Ports, store: Store) -> None:  # noqa: F811
    """Of many filings that come at the same time with one solution, one is taken."""
    with TestClient(create_app(replace(here, store=store)), base_url=SITE_URL) as client:
        solution = solved(client)

        def file(number: int) -> int:
            sent = APPEAL | {"altcha": solution, "account": f"第{number}件"}
            return client.post(APPEALS, json=sent).status_code

        with ThreadPoolExecutor(4) as pool:
            statuses = list(pool.map(file, range(8)))
    assert sorted(statuses) == [201, *[422] * 7]


def test_rejected_answers_use_no_solution(asked: TestClient) -> None:
    """Who has to mend an answer need not work again."""
    solution = solved(asked)
    wrong = asked.post(APPEALS, json=APPEAL | {"altcha": solution, "email": "zhang"})
    assert [one["field"] for one in wrong.json()["errors"]] == ["email"]
    assert asked.post(APPEALS, json=APPEAL | {"altcha": solution}).status_code == 201


def test_solutions_end(asked: TestClient, clock: StoppedClock) -> None:
    """A challenge of more than two hours ago is worth nothing, one of less still counts."""
    now = clock.at
    clock.forward(hours=-2, minutes=-1)
    old = solved(asked)
    clock.at = now
    assert code(asked, altcha=old) == "expired"
    clock.forward(hours=-1, minutes=-59)
    late = solved(asked)
    clock.at = now
    assert asked.post(APPEALS, json=APPEAL | {"altcha": late}).status_code == 201


def _set(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(content: dict[str, Any]) -> None:
        *above, last = path.split(".")
        for name in above:
            content = content[name]
        content[last] = value

    return change


FORGERIES = {
    "easier": _set("challenge.parameters.keyPrefix", "00"),
    "other-cost": _set("challenge.parameters.cost", 2),
    "longer": _set("challenge.parameters.expiresAt", 4_000_000_000),
    "unending": _set("challenge.parameters.expiresAt", None),
    "without-answer": _set("challenge.parameters.keySignature", None),
    "other-key": _set("solution.derivedKey", "00" * 32),
    "no-key": _set("solution.derivedKey", None),
    "unsigned": _set("challenge.signature", None),
    "signed-by-nobody": _set("challenge.signature", "00" * 32),
    "capitals": lambda content: _set(
        "challenge.signature", content["challenge"]["signature"].upper()
    )(content),
    "no-challenge": _set("challenge", {}),
    "list": _set("challenge", []),
    "words": _set("challenge.parameters", "x"),
    "depth": _set("challenge.parameters.data", {"__proto__": [[[1e400]]]}),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_solutions(asked: TestClient, forgery: str) -> None:
    """Whatever is changed in challenge or solution, nothing is taken with it."""
    assert code(asked, altcha=changed(solved(asked), FORGERIES[forgery])) == "wrong"


@pytest.mark.parametrize("payload", ["x", "====", "AAAA", "bnVsbA==", "W10=", "W" * 100_000, "解"])
def test_payloads_that_are_none(asked: TestClient, payload: str) -> None:
    """What cannot be read is wrong, and no error of ours."""
    assert code(asked, altcha=payload) == "wrong"


def test_solutions_of_others(asked: TestClient) -> None:
    """A challenge that another site signed, or nobody, is worth nothing."""
    assert code(asked) == "required"
    made = new_challenge(KEY[::-1], 1, datetime.now(UTC))
    challenge = Challenge.from_dict(made)
    solution = solve_challenge(challenge)
    assert isinstance(solution, Solution)
    assert code(asked, altcha=Payload(challenge, solution).to_base64()) == "wrong"


def test_without_script_every_word_comes_back(asked: TestClient, here: Ports) -> None:
    """Sent without a solution: the answers once more, files too, what to do and the other ways."""
    words = APPEAL | {"account": "“引号” <b>&amp;\r\n第二行", "language": "en", "step": "send"}
    files = {"files": ("照片.jpg", PHOTO, "image/jpeg")}
    answer = asked.post(APPEALS, data=words | {"altcha": ""}, files=files)
    assert answer.status_code == 422
    assert "please send once more" in answer.text
    kept = carried(answer.text)
    assert kept.pop("upload")
    assert kept == {name: value for name, value in words.items() if name != "step"}
    assert '<input type="hidden" name="altcha">' in answer.text
    assert "In writing, to the office" in unescape(answer.text)
    assert "You cannot send anything from here without JavaScript" in answer.text
    assert owed(here) == 0
    kept = carried(answer.text) | {"step": "send", "altcha": solved(asked)}
    filed = asked.post(APPEALS, data=kept, follow_redirects=False)
    assert filed.status_code == 303
    case = here.store.case(reference_in(asked.get(filed.headers["location"]).text))
    assert case is not None
    assert [one.name for one in case.attachments] == ["照片.jpg"]


def test_used_solution_from_a_page(asked: TestClient) -> None:
    """A second filing with the first one's solution comes back to be sent once more."""
    sent = APPEAL | {"step": "send", "altcha": solved(asked)}
    assert asked.post(APPEALS, data=sent, follow_redirects=False).status_code == 303
    again = asked.post(APPEALS, data=sent, follow_redirects=False)
    assert again.status_code == 303
    other = asked.post(APPEALS, data=sent | {"account": "另一件事"})
    assert other.status_code == 422
    assert carried(other.text)["account"] == "另一件事"
    assert carried(other.text).get("altcha", "") == ""


@pytest.mark.parametrize("step", ["check", "change", "send"])
def test_page_of_before_the_switch(
    asked: TestClient, here: Ports, switched: Switched, step: str
) -> None:
    """It comes back as a form of today's, which can solve, with every word; nothing is stored."""
    old = APPEAL | {"contract": switched.before, "account": "第一行\r\n第二行", "step": step}
    answer = asked.post(APPEALS, data=old)
    assert answer.status_code == 422
    current = pointers(switched.out)["organisations"]["accreditation-body"]
    assert carried(answer.text)["contract"] == current != switched.before
    assert old["account"] in unescape(answer.text)
    assert owed(here) == 0
    checked = asked.post(APPEALS, data=old | {"contract": current, "step": "check"})
    assert 'name="altcha"' in checked.text


def test_what_is_held_off_is_logged(asked: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """Each filing that is not taken has a line that says why, and nothing of what was sent."""
    caplog.set_level(logging.INFO)
    asked.post(APPEALS, data=APPEAL)
    asked.post(APPEALS, json=APPEAL | {"altcha": "secret"})
    assert [said for said in caplog.messages if said.startswith("no proof")] == [
        "no proof of work: required",
        "no proof of work: wrong",
    ]
    assert "secret" not in caplog.text


def test_old_contract_is_no_way_round(asked: TestClient, switched: Switched) -> None:
    """A program that names it needs a solution, too, and then files under it."""
    assert code(asked, contract=switched.before) == "required"
    sent = APPEAL | {"contract": switched.before, "altcha": solved(asked)}
    assert asked.post(APPEALS, json=sent).status_code == 201


def test_switched_off_again(client: TestClient) -> None:
    """A page of while it was on still files: what it sends is not asked for and not refused."""
    assert client.post(APPEALS, json=APPEAL | {"altcha": "x"}).status_code == 201
    sent = APPEAL | {"step": "send", "altcha": "x"}
    assert client.post(APPEALS, data=sent, follow_redirects=False).status_code == 303


def test_pages_are_as_small_as_others(switched: Switched) -> None:
    """The form fits the first flight, and the page that solves has little script."""
    for language in ("", "en"):
        page = switched.out / language / FORM
        assert "<noscript>" in page.read_text("utf-8")
        assert packed(page, *linked(switched.out, page, 'rel="stylesheet" href="([^"]+)"')) <= (
            FIRST_VIEW
        )
    (script,) = (switched.out / "assets").glob("proof.*.js")
    assert packed(script) <= SCRIPT / 4


def test_pages_are_valid_html(asked: TestClient, switched: Switched, tmp_path: Path) -> None:
    """The W3C's checker has no error for form and check page, the first time and sent back."""
    pages = [switched.out / FORM, switched.out / "en" / FORM]
    for step, language in (("check", "en"), ("send", "zh-CN")):
        page = tmp_path / f"{step}.html"
        sent = APPEAL | {"step": step, "language": language}
        page.write_text(asked.post(APPEALS, data=sent).text, encoding="utf-8")
        pages.append(page)
    assert html_errors(*pages) == []


def test_document_says_what_is_asked(asked: TestClient, switched: Switched) -> None:
    """OpenAPI names the field and the address of challenges, which answers as it says."""
    content = json.loads((switched.out / "accreditation-body" / "openapi.json").read_bytes())
    openapi.from_dict(content).validate()
    body = content["paths"][APPEALS]["post"]["requestBody"]["content"]["application/json"]
    assert "altcha" in body["schema"]["required"]
    challenge = content["components"]["schemas"]["Challenge"]
    answered = asked.get(CHALLENGE).json()
    assert answered.keys() == set(challenge["required"])
    assert answered["parameters"].keys() == set(challenge["properties"]["parameters"]["required"])
    for name, value in answered["parameters"].items():
        said = challenge["properties"]["parameters"]["properties"][name]["type"]
        assert type(value) is {"string": str, "integer": int}[said]
