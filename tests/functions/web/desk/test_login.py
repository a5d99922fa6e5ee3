"""The way in: the mail, its link and its code, and what does not let anybody in."""

import re
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from functions.cases.login import LoginAttempt, code_of
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.desk.staff import mark
from functions.web.body import URLENCODED
from tests.conftest import KEY, SITE_URL, Mailbox, StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.helpers.desk.staff_directory import BANKER, COLLEAGUE, HANDLER, write_directory
from tests.helpers.mails.reading import plain

LOGIN, CODE, LINK, DESK = (f"/cases/desk{path}" for path in ("/login", "/login/code", "/link", ""))
FORM = {"organisation": "car-dealer", "address": HANDLER}


def ask(client: TestClient, mailbox: Mailbox, **fields: str) -> EmailMessage:
    """Asks for a mail, and returns it."""
    answer = client.post(LOGIN, data=FORM | fields)
    assert answer.status_code == 303
    return mailbox.messages[-1]


def link_in(mail: EmailMessage) -> str:
    """The address in a login mail, without the host."""
    found = re.search(rf"{SITE_URL}(\S+)", plain(mail))
    assert found is not None
    return found[1]


def code_in(mail: EmailMessage) -> str:
    """The code in a login mail."""
    found = re.search(r"\b(\d{4} \d{4})\b", plain(mail))
    assert found is not None
    return found[1]


def token_in(path: str) -> str:
    """The token of a link."""
    return parse_qs(urlsplit(path).query)["token"][0]


def is_in(client: TestClient) -> bool:
    """Whether somebody is logged in."""
    return client.get(DESK).status_code == 200


def test_mail_leads_in_by_its_link(stranger: TestClient, mailbox: Mailbox) -> None:
    """GET shows a button and uses nothing up; POST logs in, once."""
    path = link_in(ask(stranger, mailbox))
    for _ in range(3):
        shown = stranger.get(path)
        assert (shown.status_code, is_in(stranger)) == (200, False)
    assert "<button" in shown.text
    entered = stranger.post(LINK, data={"token": token_in(path)})
    assert (entered.status_code, entered.headers["location"]) == (303, DESK)
    assert is_in(stranger)
    stranger.cookies.clear()
    again = stranger.post(LINK, data={"token": token_in(path)})
    assert (again.status_code, is_in(stranger)) == (410, False)


def test_mail_leads_in_by_its_code(stranger: TestClient, mailbox: Mailbox) -> None:
    """The code logs in the browser that asked for it, and uses up the link, too."""
    mail = ask(stranger, mailbox)
    assert stranger.get(CODE).status_code == 200
    entered = stranger.post(CODE, data={"code": code_in(mail)})
    assert (entered.status_code, entered.headers["location"]) == (303, DESK)
    assert is_in(stranger)
    assert stranger.post(LINK, data={"token": token_in(link_in(mail))}).status_code == 410


def test_code_is_of_no_use_in_another_browser(
    stranger: TestClient, mailbox: Mailbox, log_in: LogIn
) -> None:
    """Who only overhears the code does not have the cookie that it belongs to."""
    code = code_in(ask(stranger, mailbox))
    stranger.cookies.clear()
    assert stranger.post(CODE, data={"code": code}).status_code == 410
    ask(stranger, mailbox)
    assert stranger.post(CODE, data={"code": code}).status_code == 422
    assert not is_in(stranger)


@pytest.mark.parametrize("typed", ["１２３４", "{code}", " {code}。", "{wide}"])
def test_code_is_read_as_people_type_it(stranger: TestClient, mailbox: Mailbox, typed: str) -> None:
    """Spaces and full-width digits do not matter, missing digits do."""
    code = code_in(ask(stranger, mailbox))
    wide = code.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    answer = stranger.post(CODE, data={"code": typed.format(code=code, wide=wide)})
    assert answer.status_code == (303 if "{" in typed else 422)


def test_fifth_wrong_code_ends_the_attempt(stranger: TestClient, mailbox: Mailbox) -> None:
    """After five, the right one does not work any more either; the link does."""
    mail = ask(stranger, mailbox)
    right = code_in(mail)
    wrong = "00000000" if right != "0000 0000" else "11111111"
    answers = [stranger.post(CODE, data={"code": wrong}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 410]
    assert stranger.post(CODE, data={"code": right}).status_code == 410
    assert not is_in(stranger)
    assert stranger.post(LINK, data={"token": token_in(link_in(mail))}).status_code == 303


def test_link_and_code_end_after_a_quarter_of_an_hour(
    stranger: TestClient, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """Both are good for as long as the mail says, and not longer."""
    mail = ask(stranger, mailbox)
    assert "10:15" in plain(mail)
    clock.forward(minutes=15)
    assert stranger.get(link_in(mail)).status_code == 200
    clock.forward(seconds=1)
    assert stranger.get(link_in(mail)).status_code == 410
    assert stranger.post(LINK, data={"token": token_in(link_in(mail))}).status_code == 410
    assert stranger.post(CODE, data={"code": code_in(mail)}).status_code == 410
    assert not is_in(stranger)


@pytest.mark.parametrize(
    ("organisation", "address"),
    [
        ("car-dealer", "nobody@example.com"),
        ("car-dealer", BANKER),
        ("law-firm", HANDLER),
    ],
)
def test_everybody_gets_the_same_answer(
    stranger: TestClient, mailbox: Mailbox, organisation: str, address: str
) -> None:
    """Nobody learns who works there: what is shown and set differs in nothing but its secrets."""
    fields = {"organisation": organisation, "address": address}
    answer, known = (stranger.post(LOGIN, data=data) for data in (fields, FORM | fields | FORM))
    assert len(mailbox.messages) == 1
    assert mailbox.messages[0]["To"] == HANDLER
    for said in (answer, known):
        assert said.status_code == 303
    assert (
        answer.headers["location"].replace(organisation, "car-dealer")
        == (known.headers["location"])
    )
    cookies = [
        re.sub(r"=[^;]+", "=", said.headers["set-cookie"], count=1) for said in (answer, known)
    ]
    assert cookies[0] == cookies[1]
    assert len(answer.cookies["ombud_login"]) == len(known.cookies["ombud_login"]) or (
        organisation != "car-dealer"
    )
    shown = stranger.get(answer.headers["location"])
    assert address not in shown.text


def test_code_that_was_not_mailed_is_worth_nothing(
    stranger: TestClient, staffed: Ports, mailbox: Mailbox
) -> None:
    """Beyond five mails an hour none is sent, and what it would have said does not let in."""
    for _ in range(5):
        ask(stranger, mailbox)
    stranger.post(LOGIN, data=FORM)
    assert len(mailbox.messages) == 5
    claim = staffed.tokens.open("code", stranger.cookies["ombud_login"], staffed.now())
    guessed = stranger.post(CODE, data={"code": code_of(LoginAttempt(*claim.split(".")), KEY)})
    assert (guessed.status_code, is_in(stranger)) == (410, False)


def test_clients_are_limited(stranger: TestClient, mailbox: Mailbox) -> None:
    """One network address asks for at most sixty mails an hour, whoever they are for."""
    behind = {"x-forwarded-for": "192.0.2.1"}
    client = TestClient(stranger.app, base_url=SITE_URL, client=("192.0.2.1", 1), headers=behind)
    for number in range(60):
        fields = FORM | {"address": f"a{number}@example.com"}
        assert client.post(LOGIN, data=fields, follow_redirects=False).status_code == 303
    refused = client.post(LOGIN, data=FORM, follow_redirects=False)
    assert (refused.status_code, mailbox.messages) == (429, [])
    assert int(refused.headers["retry-after"]) <= 3600


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"organisation": "no-such"}, "organisation"), ({"address": "顾安"}, "address")],
)
def test_slips_are_said(
    stranger: TestClient, mailbox: Mailbox, fields: dict[str, str], field: str
) -> None:
    """Organisations are public, and an address without an @ is nobody's: both are said."""
    answer = stranger.post(LOGIN, data=FORM | fields)
    assert (answer.status_code, mailbox.messages) == (422, [])
    assert f'href="#{field}"' in answer.text


def test_mail_says_what_it_is(stranger: TestClient, mailbox: Mailbox) -> None:
    """It says until when it works and what to do if one did not ask, and tells nobody a name."""
    mail = ask(stranger, mailbox)
    assert mail["Subject"] == "登录示例汽车经销商的案件办理"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["From"].addresses[0].display_name == "示例汽车经销商"
    text = plain(mail)
    assert "10:15" in text
    assert "如果不是您本人要登录" in text
    assert "顾安" not in text


def test_same_attempt_gives_the_same_message_id(stranger: TestClient, mailbox: Mailbox) -> None:
    """The Message-ID follows from the attempt; another attempt has another."""
    ids = {ask(stranger, mailbox)["Message-ID"] for _ in range(2)}
    assert len(ids) == 2
    assert all(re.fullmatch(r"<[0-9a-f]{32}@ombud\.example\.com>", each) for each in ids)


def test_mail_server_that_is_away_changes_no_answer(
    stranger: TestClient, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """A mail that cannot be sent is logged, and the answer is the one that everybody gets."""
    mailbox.refused.add(HANDLER)
    assert stranger.post(LOGIN, data=FORM).status_code == 303
    assert "login mail not sent: SMTP 550 5.1.1" in caplog.text


def test_session_lasts_eight_hours_whatever_is_done(
    stranger: TestClient, log_in: LogIn, clock: StoppedClock
) -> None:
    """A session is not prolonged by using it."""
    client = log_in(HANDLER)
    for _ in range(8):
        clock.forward(minutes=59)
        assert is_in(client)
    clock.forward(minutes=8)
    assert is_in(client)
    clock.forward(seconds=1)
    assert client.get(DESK).headers["location"].startswith(LOGIN)


def test_cookies_are_for_the_desk_alone(stranger: TestClient, mailbox: Mailbox) -> None:
    """No script reads them, no form of another site sends them, and only over TLS."""
    path = link_in(ask(stranger, mailbox))
    entered = stranger.post(LINK, data={"token": token_in(path)})
    session, attempt = entered.headers.get_list("set-cookie")
    rest = "HttpOnly; Max-Age=28800; Path=/cases/desk; SameSite=lax; Secure"
    assert session.partition("; ")[2] == rest
    assert attempt.startswith('ombud_login=""; HttpOnly; Max-Age=0; Path=/cases/desk;')


def test_logout_forgets(log_in: LogIn) -> None:
    """After the logout nobody is logged in, and the login knows the organisation."""
    client = log_in(HANDLER)
    left = client.post("/cases/desk/logout", headers={"content-type": URLENCODED})
    assert left.headers["location"] == f"{LOGIN}?organisation=car-dealer"
    assert not is_in(client)


def test_logout_ends_the_session_itself(log_in: LogIn, clock: StoppedClock) -> None:
    """A copy of the cookie is worth nothing after the logout; other sessions go on."""
    client, elsewhere = log_in(HANDLER), log_in(HANDLER)
    copied = client.cookies["ombud_desk"]
    client.post("/cases/desk/logout", headers={"content-type": URLENCODED})
    thief = TestClient(client.app, base_url=SITE_URL, follow_redirects=False)
    thief.cookies.set("ombud_desk", copied)
    for _ in range(2):
        assert not is_in(thief)
        assert is_in(elsewhere)
        clock.forward(hours=7, minutes=59)
    assert not is_in(thief)
    again = client.post("/cases/desk/logout", headers={"content-type": URLENCODED})
    assert again.status_code == 303


def test_sessions_of_before_end_for_their_person_alone(
    log_in: LogIn, staffed: Ports, clock: StoppedClock
) -> None:
    """A session without an id, begun before an upgrade, is no other person's when it is ended."""

    def begun_before(person: str) -> TestClient:
        claim = f"car-dealer.{mark(staffed.key, 'car-dealer', person)}"
        browser = TestClient(app, base_url=SITE_URL, follow_redirects=False)
        token = staffed.tokens.seal("desk", claim, clock() + timedelta(hours=8))
        browser.cookies.set("ombud_desk", token)
        return browser

    app = log_in(HANDLER).app
    handler, colleague = begun_before(HANDLER), begun_before(COLLEAGUE)
    copied = begun_before(HANDLER)
    assert is_in(handler)
    handler.post("/cases/desk/logout", headers={"content-type": URLENCODED})
    assert not is_in(copied)
    assert is_in(colleague)


def test_revoked_person_is_out_at_once(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """The next request after a revocation is a stranger's, and the way in is closed."""
    client = log_in(HANDLER)
    assert is_in(client)
    staffed.lists.revoke("car-dealer", mark(staffed.key, "car-dealer", HANDLER), clock())
    assert not is_in(client)


def test_revoked_person_gets_no_mail(
    stranger: TestClient, staffed: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """Whoever was revoked gets the answer that everybody gets, and no mail."""
    staffed.lists.revoke("car-dealer", mark(staffed.key, "car-dealer", HANDLER), clock())
    assert stranger.post(LOGIN, data=FORM).status_code == 303
    assert mailbox.messages == []


def test_link_of_a_person_who_was_revoked_since(
    stranger: TestClient, staffed: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """A revocation between mail and button holds."""
    path = link_in(ask(stranger, mailbox))
    staffed.lists.revoke("car-dealer", mark(staffed.key, "car-dealer", HANDLER), clock())
    assert stranger.post(LINK, data={"token": token_in(path)}).status_code == 410


def test_last_day_is_the_last(
    log_in: LogIn, staffed: Ports, folder: Path, clock: StoppedClock
) -> None:
    """`until` is the last day on which a person is let in, by the organisation's clock."""
    client = log_in(HANDLER)
    directory = staffed.contracts.directory("car-dealer")
    assert directory is not None
    for last, inside in ((date(2026, 3, 2), True), (date(2026, 3, 1), False)):
        write_directory(folder, _until(directory, last))
        assert is_in(client) is inside


def test_forged_cookies_let_nobody_in(stranger: TestClient, staffed: Ports) -> None:
    """A cookie is worth its seal: of this key, for this purpose, in time."""
    whose = f"car-dealer.{mark(staffed.key, 'car-dealer', HANDLER)}"
    good = staffed.tokens.seal("desk", whose, staffed.now() + timedelta(hours=1))
    other = staffed.tokens.seal("session", whose, staffed.now() + timedelta(hours=1))
    late = staffed.tokens.seal("desk", whose, staffed.now() - timedelta(seconds=1))
    for value, inside in (
        (good, True), (good[:-1] + "A", False), (other, False), (late, False), ("", False),
        (good.replace("car-dealer", "law-firm"), False),
    ):  # fmt: skip
        stranger.cookies.set("ombud_desk", value, "ombud.example.com", "/cases/desk")
        assert is_in(stranger) is inside


@pytest.mark.parametrize("path", [LOGIN, CODE, LINK, "/cases/desk/logout"])
@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example.com"}, {"sec-fetch-site": "cross-site"}],
)
def test_forms_of_other_sites_are_refused(
    stranger: TestClient, mailbox: Mailbox, path: str, headers: dict[str, str]
) -> None:
    """Each POST checks where its form came from."""
    answer = stranger.post(path, data=FORM, headers=headers)
    assert (answer.status_code, mailbox.messages) == (400, [])


def test_stranger_comes_back_to_the_page_asked_for(stranger: TestClient, mailbox: Mailbox) -> None:
    """The page asked for goes through form, mail and button; nothing of it needs a script."""
    asked = "/cases/desk?list=overdue"
    sent = stranger.get(asked)
    assert sent.status_code == 303
    form = stranger.get(sent.headers["location"])
    to = re.search(r'name="to" value="([^"]*)"', form.text)
    assert to is not None
    assert to[1] == asked
    path = link_in(ask(stranger, mailbox, to=asked))
    button = stranger.get(path)
    assert f'name="to" value="{asked}"' in button.text
    entered = stranger.post(LINK, data={"token": token_in(path), "to": asked})
    assert entered.headers["location"] == asked


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example.com/",
        "//evil.example.com/cases/desk",
        "/cases/desk/../status",
        "/cases/desk//evil.example.com",
        "/cases/deskevil",
        "/cases/desk\\evil",
        "/cases/desk/login",
        "/cases/desk/link?token=x",
        "/cases/status",
        "/cases/desk/x\r\nSet-Cookie: a=b",
        "/cases/desk?" + "a" * 300,
    ],
)
def test_nobody_is_led_elsewhere(stranger: TestClient, mailbox: Mailbox, to: str) -> None:
    """What follows a login lies below the desk, whatever a link says."""
    path = link_in(ask(stranger, mailbox, to=to))
    entered = stranger.post(LINK, data={"token": token_in(path), "to": to})
    assert entered.headers["location"] == DESK


def test_answers_are_not_kept_or_listed(stranger: TestClient, log_in: LogIn) -> None:
    """No cache keeps an answer, no search engine lists one, and no other site frames one."""
    answers = [stranger.get(LOGIN), stranger.get(DESK), stranger.get("/cases/desk/x")]
    answers += [log_in(HANDLER).get(DESK), stranger.post(LINK, data={"token": "x"})]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_log_says_nothing_personal(
    stranger: TestClient, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither address nor token nor code is logged."""
    caplog.set_level("INFO")
    mail = ask(stranger, mailbox)
    path = link_in(mail)
    stranger.get(path)
    stranger.post(CODE, data={"code": code_in(mail)})
    said = "".join(record.getMessage() for record in caplog.records if "ombud" in record.name)
    assert "POST /cases/desk/login 303" in said
    for secret in (HANDLER, "顾安", token_in(path), code_in(mail), code_in(mail).replace(" ", "")):
        assert secret not in said


def test_form_knows_the_organisation_of_its_link(stranger: TestClient) -> None:
    """`?organisation=` fills it in and speaks its language; an unknown one is asked for."""
    known = stranger.get(f"{LOGIN}?organisation=data-service")
    assert 'lang="en"' in known.text
    assert '<input type="hidden" name="organisation" value="data-service">' in known.text
    unknown = stranger.get(f"{LOGIN}?organisation=%3Cb%3E")
    assert 'value="&lt;b&gt;"' in unknown.text
    assert '<option value="示例汽车经销商"></option>' in unknown.text


def test_organisation_is_known_by_its_name(stranger: TestClient, mailbox: Mailbox) -> None:
    """Staff need not know the address of the pages: its name, in any language, is enough."""
    for name in ("示例汽车经销商", "sample car DEALER "):
        answer = stranger.post(LOGIN, data={"organisation": name, "address": HANDLER})
        assert answer.headers["location"].startswith(f"{CODE}?organisation=car-dealer"), name


def _until(directory: Directory, last: date) -> Directory:
    staff = tuple(member.model_copy(update={"until": last}) for member in directory.staff)
    return directory.model_copy(update={"staff": staff})
