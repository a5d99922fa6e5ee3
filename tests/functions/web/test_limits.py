"""What a script can do to people through the forms, and what it cannot."""

import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.quotas import ACKNOWLEDGEMENTS, FILINGS, Allowance, from_address, mailbox
from functions.model.reference import new_reference
from functions.web.app import create_app
from functions.web.request import client_address
from functions.web.response import security_headers
from tests.conftest import KEY, MORNING, SITE_URL, Mailbox, StoppedClock
from tests.functions.web.test_filing import APPEALS, reference_in
from tests.helpers.filings import APPEAL
from tests.helpers.servers.site_server import site_here

HOUR, DAY = ACKNOWLEDGEMENTS
VICTIM = "victim@example.com"
HEADERS = security_headers("")


def file(client: TestClient, number: int, email: str = VICTIM) -> dict[str, str]:
    """One more filing, unlike all others."""
    answer = client.post(APPEALS, json=APPEAL | {"account": f"第{number}件", "email": email})
    assert answer.status_code == 201, answer.text
    filed: dict[str, str] = answer.json()
    return filed


def to(mails: Mailbox, ports: Ports) -> dict[str, int]:
    """How many mails have been sent to whom."""
    drain(ports)
    sent: dict[str, int] = {}
    for message in mails.messages:
        sent[message["To"]] = sent.get(message["To"], 0) + 1
    return sent


def mails(ports: Ports, mailbox: Mailbox) -> dict[str, int]:
    """All that is owed, sent."""
    before = -1
    while len(mailbox.messages) != before:
        before = len(mailbox.messages)
        sent = to(mailbox, ports)
    return sent


def test_nobody_is_flooded(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """A hundred filings with one address send five mails to it, and are all taken."""
    references = {file(client, number)["reference"] for number in range(100)}
    assert len(references) == 100
    assert all(ports.store.case(reference) for reference in references)
    sent = mails(ports, mailbox)
    assert sent[VICTIM] == HOUR.most == 20
    assert sum(sent.values()) - sent[VICTIM] == 100  # staff hear of each


def test_spellings_of_a_mailbox_are_one(client: TestClient, ports: Ports, mailbox: Mailbox) -> None:
    """Neither case nor what follows a plus sign makes another mailbox."""
    for number in range(HOUR.most):
        file(client, number, f"Victim+{number}@Example.com")
    file(client, 99, VICTIM)
    to_them = [address for address in mails(ports, mailbox) if "ictim" in address]
    assert len(to_them) == HOUR.most


def test_spellings_of_a_provider_are_one(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Dots and a second domain of the provider get one person no more than twenty mails."""
    for number in range(HOUR.most * 2):
        local = "v.ictim" if number % 2 else "vi.c.tim"
        file(client, number, f"{local}+{number}@{('gmail', 'googlemail')[number % 3 % 2]}.com")
    sent = mails(ports, mailbox)
    assert sum(count for address, count in sent.items() if "@g" in address) == HOUR.most


def test_a_mailbox_has_a_days_share(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """Hour by hour no more than a day's share is sent, and the next day it starts again."""
    for number in range(6 * HOUR.most):
        if number % HOUR.most == 0:
            clock.forward(hours=1)
        file(client, number)
    assert mails(ports, mailbox)[VICTIM] == DAY.most == 60
    clock.forward(days=1)
    file(client, 1000)
    assert mails(ports, mailbox)[VICTIM] == DAY.most + 1


def test_receipt_says_that_no_mail_comes(client: TestClient) -> None:
    """Whose address has had its share reads so on page and file, and is not told to wait for it."""
    for number in range(HOUR.most):
        file(client, number, APPEAL["email"])
    filed = client.post(APPEALS, data=APPEAL | {"language": "en"}, follow_redirects=False)
    page = client.get(filed.headers["location"]).text
    shown = re.findall(r"<p[^>]*hidden>.*?</p>", page)
    assert any("the dates is sent to" in part for part in shown)
    assert not any("must not be used to flood" in part for part in shown)
    assert "must not be used to flood anybody with mail" in page
    saved = client.get(filed.headers["location"].replace("receipt?", "receipt.txt?")).text
    assert "must not be used to flood anybody with mail" in saved


def test_same_filing_again_uses_no_share(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Clicking again and again neither uses up the address's share nor the mailbox's."""
    for _ in range(FILINGS.most + 5):
        file(client, 1)
    file(client, 2)
    assert mails(ports, mailbox)[VICTIM] == 2


def test_one_address_files_so_much(
    client: TestClient, ports: Ports, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its share an address gets its words back with the time to send them again."""
    clock.forward(minutes=3)
    for number in range(FILINGS.most):
        file(client, number)
    words = APPEAL | {"language": "en", "account": "“Seven” <b>&amp;\nlines"}
    answer = client.post(APPEALS, data=words)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "420"
    assert words["account"] in unescape(answer.text)
    assert f'value="{words["email"]}"' in answer.text
    assert "send it again after 10:10" in unescape(answer.text)
    assert "telephone or letter" in answer.text
    told = client.post(APPEALS, json=APPEAL)
    assert (told.status_code, told.headers["retry-after"]) == (429, "420")
    assert told.headers["content-type"] == "application/problem+json"
    with TestClient(create_app(ports), base_url=SITE_URL, client=("192.0.2.7", 1)) as other:
        file(other, 1000)
    clock.forward(seconds=420)
    assert client.post(APPEALS, data=words, follow_redirects=False).status_code == 303


def seen(host: str, viewer: str = "", headers: Mapping[str, str] = MappingProxyType({})) -> str:
    """The address that a request of this peer is counted by; `viewer` is CloudFront's header."""
    sent = dict(headers) | ({"cloudfront-viewer-address": viewer} if viewer else {})
    raw = [(name.encode(), value.encode()) for name, value in sent.items()]
    scope: dict[str, object] = {"type": "http", "headers": raw, "client": (host, 1)}
    if viewer:
        scope["aws.event"] = {}
    return client_address(Request(scope))


def test_one_customer_is_one_address() -> None:
    """All of an IPv6 customer's addresses count as one; of IPv4 each counts, however written."""
    assert seen("2001:db8:1:2:3::4") == seen("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert seen("2001:db8:1:3::9") != seen("2001:db8:1:2::9")
    assert seen("192.0.2.7") == "192.0.2.7"
    assert seen("10.0.0.1", "192.0.2.7:443") == "192.0.2.7"
    assert seen("10.0.0.1", "2001:db8:1:2::9:443") == "2001:db8:1:2::/64"
    for written in ("::ffff:192.0.2.7", "::ffff:c000:207", "64:ff9b::192.0.2.7"):
        assert seen(written) == seen("10.0.0.1", f"{written}:443") == "192.0.2.7"
        assert seen("10.0.0.1", f"[{written}]:443") == "192.0.2.7"
    assert seen("::ffff:192.0.2.8") != seen("::ffff:192.0.2.7")
    assert seen("fe80::1%eth0") == "fe80::/64"


@pytest.mark.parametrize(
    "viewer",
    ["127.0.0.1:443", "127.9.9.9:1", "::1:443", "[::1]:443", "::ffff:127.0.0.1:443", "0.0.0.0:1",
     ":::1", ":::", "localhost:443", "anything:1", "", "1"],
)  # fmt: skip
def test_viewer_that_is_no_client_is_the_peer(viewer: str) -> None:
    """A forged header exempts nobody and makes no new client: the peer's address counts."""
    assert seen("203.0.113.9", viewer or "x") == "203.0.113.9"


def test_mailboxes() -> None:
    """What is one mailbox for almost every provider is one here."""
    assert mailbox("Zhang.San+a+b@Example.COM") == "zhang.san@example.com"
    for spelt in ("zhangsan", "zhang.san", "z.h.a.n.g.s.a.n+x", "ZhangSan"):
        for domain in ("gmail.com", "googlemail.com", "GoogleMail.com"):
            assert mailbox(f"{spelt}@{domain}") == "zhangsan@gmail.com"
    assert mailbox("a@me.com") == mailbox("a@mac.com") == mailbox("a+b@icloud.com")
    assert mailbox("a.b-c_d@pm.me") == mailbox("abcd@protonmail.com")
    assert mailbox("+a@example.com") != mailbox("+b@example.com")  # nothing is left of them


def test_addresses_are_kept_as_keyed_hashes(
    client: TestClient, tmp_path: Path, ports: Ports
) -> None:
    """Where a filing came from is written nowhere."""
    with TestClient(create_app(ports), base_url=SITE_URL, client=("192.0.2.77", 1)) as other:
        filed = file(other, 1)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("ombud.db*"))
    assert filed["reference"].encode() in kept
    assert b"192.0.2.77" not in kept


def test_unseen_field_is_asked_about_once(client: TestClient, ports: Ports, built: Path) -> None:
    """Who fills in what people do not see is asked to send once more, and nothing is lost."""
    form = (built / "accreditation-body" / "appeal" / "index.html").read_text("utf-8")
    (unseen,) = re.findall(
        r'aria-hidden="true"><label>[^<]*<input name="(\w+)" tabindex="-1"', form
    )
    asked = client.post(APPEALS, data=APPEAL | {unseen: "Cheap pills", "language": "en"})
    assert asked.status_code == 422
    assert "please send once more" in asked.text
    assert "Cheap pills" not in asked.text
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    sent = {name: unescape(value) for name, value in carried.items()} | {"step": "send"}
    assert {name: sent[name] for name in APPEAL} == APPEAL
    filed = client.post(APPEALS, data=sent, follow_redirects=False)
    assert filed.status_code == 303
    case = ports.store.case(reference_in(client.get(filed.headers["location"]).text))
    assert case is not None
    assert case.submission.account == APPEAL["account"]


def test_plain_forms_and_programs_are_not_asked(client: TestClient) -> None:
    """An empty unseen field, or none, is no matter; for a program it is an unknown field."""
    for more in ({}, {"topic": ""}):
        filed = client.post(APPEALS, data=APPEAL | more, follow_redirects=False)
        assert filed.status_code == 303
    refused = client.post(APPEALS, json=APPEAL | {"topic": "x"})
    assert [one["code"] for one in refused.json()["errors"]] == ["unknown"]
    checked = client.post(APPEALS, data=APPEAL | {"topic": "x", "step": "check"})
    assert (checked.status_code, 'name="topic"' in checked.text) == (200, False)


POSTS = (APPEALS, "/cases/status", "/cases/status/withdraw", "/cases/handle")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": SITE_URL},
        {"Origin": "https://evil.example.net"},
        {"Origin": SITE_URL + ".evil.example.net"},
    ],
)
def test_other_sites_cannot_post(client: TestClient, path: str, headers: dict[str, str]) -> None:
    """What another site makes a browser send is refused, with what to do instead."""
    answer = client.post(path, data=APPEAL, headers=headers | {"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "not sent from our pages" in answer.text
    assert "Your text is still there if you go back" in answer.text
    assert APPEAL["account"] not in answer.text
    told = client.post(path, json=APPEAL, headers=headers)
    assert (told.status_code, told.json()["status"]) == (400, 400)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": SITE_URL},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8000", "Host": "127.0.0.1:8000"},
    ],
)
def test_own_pages_and_programs_can_post(client: TestClient, headers: dict[str, str]) -> None:
    """Our own pages, a reload, old browsers and programs are let through."""
    filed = client.post(APPEALS, data=APPEAL, headers=headers, follow_redirects=False)
    assert filed.status_code == 303


def test_every_answer_has_the_headers(ports: Ports, built: Path) -> None:
    """Pages and answers of every status say the same, and no answer sets a cookie."""
    with TestClient(site_here(ports, built), base_url=SITE_URL) as client:
        answers = [
            client.get("/"),
            client.get("/assets/nothing.css"),
            client.get("/policy.json"),
            client.get("/accreditation-body/appeal/"),
            client.get("/cases/health"),
            client.get("/cases/receipt?token=forged"),
            client.post("/cases/status", data={"reference": "x", "access_code": "y"}),
            client.post(APPEALS, data=APPEAL, follow_redirects=False),
            client.post(APPEALS, json=APPEAL),
            client.post(APPEALS, data=APPEAL, headers={"Sec-Fetch-Site": "cross-site"}),
            client.get("/cases/nothing"),
        ]
    assert {answer.status_code for answer in answers} >= {200, 201, 303, 400, 404, 410}
    for answer in answers:
        said = {name: answer.headers.get(name) for name in HEADERS}
        kept = said.pop("Cache-Control") or ""
        assert said == {name: value for name, value in HEADERS.items() if name != "Cache-Control"}
        static = answer.is_success and not answer.url.path.startswith("/cases/")
        assert "must-revalidate" in kept if static else re.search("no-(store|cache)", kept)
        assert "set-cookie" not in answer.headers


def test_policy_of_content_allows_nothing_inline() -> None:
    """Nothing but our own files is loaded, run, framed or sent to."""
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert {said[name] for name in said if name.endswith("-src")} == {"'none'", "'self'"}


class Watched:
    """A store that notes what it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> object:
        self.asked.append(name)
        return getattr(self._store, name)


def test_a_wrong_code_and_no_case_are_the_same_work(
    client: TestClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reference that exists is told by neither answer nor work of a failed look-up."""

    async def sleep(_: float) -> None:
        """No pause; it is tested by itself."""

    monkeypatch.setattr("functions.web.status.case_access.anyio.sleep", sleep)
    filed = file(client, 1)
    watched = Watched(cast(Store, ports.store))
    for port in ("store", "counters"):
        object.__setattr__(ports, port, watched)
    told = []
    for reference in (filed["reference"], new_reference("ACB"), new_reference("ACB")):
        watched.asked.clear()
        pair = {"reference": reference, "access_code": "AAAAA-AAAA-AAAA", "language": "en"}
        answer = client.post("/cases/status", data=pair)
        same = answer.text.replace(reference, "").replace(answer.headers["x-request-id"], "")
        headers = set(answer.headers) - {"x-request-id"}
        told.append((answer.status_code, same, headers, tuple(watched.asked)))
    assert told[0] == told[1] == told[2]
    assert told[0][3] == ("case", "increment", "increment")


def test_references_are_drawn_by_lot() -> None:
    """References have 44 random bits and follow no order, so that none leads to the next."""
    drawn = [new_reference("ACB") for _ in range(2000)]
    assert len(set(drawn)) == 2000
    assert 30**9 > 2**44
    for place in (4, 5, 6, 7, 8, 10, 11, 12, 13):
        assert len({one[place] for one in drawn}) == 30


def test_contract_of_another_organisation_is_refused(client: TestClient, ports: Ports) -> None:
    """A filing goes to the organisation whose page it was written on, or nowhere."""
    other = ports.contracts.current().organisations["factory-staff"]
    assert client.post(APPEALS, data=APPEAL | {"contract": other}).status_code == 404


def test_what_is_held_off_is_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each control says in the log that it has acted, and of whom it says nothing."""
    monkeypatch.setattr(
        "functions.cases.quotas.FILINGS", Allowance("filings", 1, timedelta(hours=1))
    )
    caplog.set_level(logging.INFO)
    file(client, 1)
    client.post(APPEALS, data=APPEAL)
    client.post(APPEALS, data=APPEAL | {"topic": "x"})
    client.post(APPEALS, data=APPEAL, headers={"Sec-Fetch-Site": "cross-site"})
    for said in (
        "filing refused: its address has reached a quota",
        "hidden field filled in, answers shown again",
        "sent from another site, refused",
    ):
        assert said in caplog.messages
    assert "testclient" not in caplog.text


def test_this_machine_is_not_counted() -> None:
    """A proxy that names no clients stands for everybody, so nobody is kept from filing."""
    for host in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        assert seen(host) == ""
        assert seen(host, headers={"x-forwarded-for": host}) != ""
    assert from_address(KEY, "", MORNING) == ()
    assert len(from_address(KEY, "192.0.2.7", MORNING)) == 1
    assert len(from_address(KEY, "testclient", MORNING)) == 1
