"""The answers once more before they are sent: every step without a store, a script or a session."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.publish.build import build
from tests.conftest import Mailbox
from tests.functions.web.test_filing import reference_in
from tests.helpers.filings import APPEAL, COMPLAINT
from tests.helpers.mails.reading import plain
from tests.helpers.places import EXAMPLES

APPEALS = "/cases/accreditation-body/appeal"
NASTY = "“引号” <b>&amp;\r\n第二行"


def carried(page: str) -> dict[str, str]:
    """The hidden inputs of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def rows(page: str) -> dict[str, str]:
    """Each question with its answer."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)<span", page, re.DOTALL)
    return {label: unescape(value) for label, value in found}


def owed(ports: Ports) -> int:
    """How many mails are owed: none before a filing is stored."""
    return len(ports.outbox.lease_mails(ports.now(), ports.now(), 100))


def test_check_stores_nothing_and_shows_everything(client: TestClient, ports: Ports) -> None:
    """A valid filing comes back with each question and answer, and everything hidden in it."""
    sent = APPEAL | {"account": NASTY, "language": "en", "phone": "13800000000"}
    answer = client.post(APPEALS, data=sent | {"step": "check"})
    assert answer.status_code == 200
    assert owed(ports) == 0
    assert carried(answer.text) == sent
    shown = rows(answer.text)
    assert list(shown.items()) == [
        ("What happened", NASTY.replace("\r\n", "\n")),
        ("What it is about", "Conclusions of an assessment: Initial assessment"),
        ("The decision that you appeal against", APPEAL["decision"]),
        ("Date of the decision or notice", "Friday 20 February 2026"),
        ("When it happened", "Not answered"),
        ("What you ask for", "Not answered"),
        ("People involved", "Not answered"),
        ("Your name, or your organisation&#39;s", APPEAL["name"]),
        ("Who you are filing for", "Not answered"),
        ("Your relation to the organisation", "Not answered"),
        ("E-mail", APPEAL["email"]),
        ("Telephone", "138 0000 0000"),
        ("I have read the privacy notice and agree to it", "Yes"),
        (
            "If I have written sensitive personal information, I separately agree to its handling",
            "Not answered",
        ),
    ]
    for name in ("category", "decision", "account", "email", "consent"):
        assert f'formaction="#{name}"' in answer.text
    assert "<b>" not in answer.text


def test_send_stores_what_was_checked(client: TestClient, ports: Ports) -> None:
    """What the page carried is stored as it was sent, once however often the button is pressed."""
    page = client.post(APPEALS, data=APPEAL | {"account": NASTY, "step": "check"}).text
    for _ in range(2):
        answer = client.post(APPEALS, data=carried(page) | {"step": "send"}, follow_redirects=False)
        assert answer.status_code == 303
    receipt = client.get(answer.headers["location"]).text
    case = ports.store.case(reference_in(receipt))
    assert case is not None
    assert case.submission.account == NASTY.replace("\r\n", "\n")
    assert owed(ports) == 2


def test_without_a_step_nothing_has_changed(client: TestClient) -> None:
    """A program that posts a form, and a page from before, send at once."""
    answer = client.post(APPEALS, data=APPEAL, follow_redirects=False)
    assert answer.status_code == 303
    assert client.post(APPEALS, data=APPEAL | {"email": "x"}).status_code == 422
    odd = client.post(APPEALS, data=APPEAL | {"step": "jump"})
    assert odd.status_code == 422
    assert '<a href="#step">' in odd.text
    program = client.post(APPEALS, json=APPEAL | {"step": "check"})
    assert [(one["field"], one["code"]) for one in program.json()["errors"]] == [
        ("step", "unknown")
    ]


def test_change_gives_the_form_back(client: TestClient) -> None:
    """The form again, every word and tick in place and nothing called wrong."""
    page = client.post(APPEALS, data=APPEAL | {"step": "check", "account": NASTY}).text
    answer = client.post(APPEALS, data=carried(page) | {"step": "change"})
    assert answer.status_code == 200
    assert NASTY.replace("\r\n", "\n") in unescape(answer.text).replace("\r\n", "\n")
    assert re.search('name="category" value="initial" required checked', answer.text)
    assert re.search('name="consent" value="yes" required checked', answer.text)
    assert 'class="problem"' not in answer.text
    assert 'id="problems" role="alert" tabindex="-1" hidden' in answer.text


@pytest.mark.parametrize("step", ["check", "send", "correct", "keep"])
def test_wrong_answers_come_back_from_every_step(client: TestClient, step: str) -> None:
    """Whatever the button, answers that will not do give the form with what is wrong."""
    answer = client.post(APPEALS, data=APPEAL | {"email": "zhang@", "step": step})
    assert answer.status_code == 422
    assert 'id="email-problem"' in answer.text
    assert APPEAL["account"] in answer.text


@pytest.mark.parametrize("step", ["check", "send", "change"])
def test_outdated_page_keeps_its_words_at_every_step(client: TestClient, step: str) -> None:
    """A contract that is gone gives the form of the current one, filled in."""
    answer = client.post(APPEALS, data=APPEAL | {"contract": "0" * 32, "step": step})
    assert answer.status_code == 422
    assert APPEAL["account"] in answer.text


def test_odd_name_and_signature_are_asked_about(client: TestClient, ports: Ports) -> None:
    """The page asks beside the answer, and the filing is taken as it is."""
    path = "/cases/exam-centre/dispute"
    answers = {"account": "x", "name": "匿名", "email": "zhang@example.com", "consent": "yes"}
    answers |= {"signature": "张三", "category": "other"}
    page = client.post(path, data=answers | {"step": "check"}).text
    assert "这不像姓名。" in page
    assert "签名与上面填写的姓名不一致。" in page
    sent = client.post(path, data=carried(page) | {"step": "send"}, follow_redirects=False)
    case = ports.store.case(reference_in(client.get(sent.headers["location"]).text))
    assert case is not None
    assert (case.submission.name, case.submission.signature) == ("匿名", "张三")
    right = client.post(path, data=answers | {"name": "张三", "step": "check"}).text
    assert "这不像姓名" not in right
    assert "不一致" not in right


def test_mistyped_domain_is_asked_about(client: TestClient, ports: Ports) -> None:
    """One button corrects the address, one keeps it, and sending it as it is works too."""
    sent = APPEAL | {"email": "zhang@qq.con", "language": "en"}
    page = client.post(APPEALS, data=sent | {"step": "check"}).text
    assert "You wrote zhang@qq.con. Did you mean zhang@qq.com?" in page
    assert 'value="correct">Use zhang@qq.com<' in page
    assert 'value="keep">Keep zhang@qq.con<' in page

    corrected = client.post(APPEALS, data=carried(page) | {"step": "correct"}).text
    assert carried(corrected)["email"] == "zhang@qq.com"
    assert rows(corrected)["E-mail"] == "zhang@qq.com"
    kept = client.post(APPEALS, data=carried(page) | {"step": "keep"}).text
    assert carried(kept) == sent
    for asked in (corrected, kept):
        assert "Did you mean" not in asked

    answer = client.post(APPEALS, data=carried(page) | {"step": "send"}, follow_redirects=False)
    case = ports.store.case(reference_in(client.get(answer.headers["location"]).text))
    assert case is not None
    assert case.submission.email == "zhang@qq.con"


def test_odd_numbers_are_remarked_on(client: TestClient) -> None:
    """A telephone number or plate that looks wrong is remarked on beside it, and can be sent."""
    path = "/cases/car-dealer/complaint"
    odd = {"category": "other", "plate": "abc 1", "phone": "1380000000", "language": "en"}
    page = client.post(path, data=COMPLAINT | odd | {"step": "check"}).text
    assert "This number seems too long or too short, or has no area code." in page
    assert "This does not look like a Chinese vehicle plate." in page
    assert client.post(path, data=carried(page) | {"step": "send"}).status_code == 200


def test_pages_with_words_can_be_gone_back_to(client: TestClient) -> None:
    """A browser must keep them to go back to them; receipts and look-ups it must not keep."""
    for step, answers in (("check", APPEAL), ("change", APPEAL), ("send", {"account": "x"})):
        answer = client.post(APPEALS, data=answers | {"step": step})
        assert answer.headers["cache-control"] == "private, no-cache"
    receipt = client.post(APPEALS, data=APPEAL)
    assert receipt.headers["cache-control"] == "no-store"


def test_representative_is_shown(client: TestClient) -> None:
    """Whoever files for another sees whom and in what capacity before sending."""
    other = {"acting_for": "other", "represented": "李某", "language": "en"}
    shown = rows(client.post(APPEALS, data=APPEAL | other | {"step": "check"}).text)
    assert shown["The name of the person you file for"] == "李某"
    assert shown["Your relation to that person"] == "Not answered"


def test_notice_says_that_people_are_named(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Staff read that people are named as involved, and by which clause; whom, on the case."""
    client.post(APPEALS, data=APPEAL | {"involved": "赵某\n钱某"})
    drain(ports)
    for mail in mailbox.messages:
        assert "赵某" not in mail.as_string()
    notice = next(mail for mail in mailbox.messages if mail["To"].startswith("office@"))
    assert "提出人列出了涉及的人员；他们能否参加处理，请按程序的规定决定（第1.4条）" in plain(
        notice
    )
    mailbox.messages.clear()
    client.post(APPEALS, data=APPEAL | {"account": "另一件事"})
    drain(ports)
    unnamed = next(mail for mail in mailbox.messages if mail["To"].startswith("office@"))
    assert "涉及的人员" not in plain(unnamed)


def test_receipt_alone_is_the_proof_without_mail(client: TestClient) -> None:
    """Whoever left no address reads that no mail comes, on the page and in the file."""
    path = "/cases/securities-brokerage/complaint"
    answers = COMPLAINT | {"language": "en"}
    for mailed in (False, True):
        if mailed:
            answers |= {"email": "li@example.com"}
        answer = client.post(path, data=answers, follow_redirects=False)
        page = client.get(answer.headers["location"]).text
        saved = client.get(answer.headers["location"].replace("receipt?", "receipt.txt?")).text
        assert ('<p class="notice" hidden>You gave no e-mail address' in page) == mailed
        assert ("You gave no e-mail address" in saved) == (not mailed)


@pytest.fixture(scope="module")
def anonymous(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample procedure, built, with a clause that takes complaints without a name."""
    folder = tmp_path_factory.mktemp("anonymous")
    source = EXAMPLES / "good" / "sample"
    data = yaml.safe_load((source / "policy.yaml").read_text("utf-8"))
    words = {"zh-CN": "可以匿名", "en": "May be anonymous"}
    data["formalities"] = [{"type": "anonymous_allowed", "text": words, "clause": "2.4"}]
    policy = folder / "policies" / "sample"
    policy.mkdir(parents=True)
    (policy / "policy.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    text = (source / "procedure.md").read_text("utf-8")
    (policy / "procedure.md").write_text(f"{text}\n2.4 投诉可以匿名提出。\n", "utf-8")
    build(folder / "policies", folder / "dist")
    return folder / "dist"


@pytest.fixture
def unnamed(anonymous: Path, ports: Ports) -> Iterator[TestClient]:
    """A browser at the door of that organisation."""
    contracts = FolderContracts(str(anonymous / "contracts"))
    app = create_app(replace(ports, contracts=contracts))
    with TestClient(app, base_url="https://ombud.example.com") as made:
        yield made


def test_anonymous_filing(unnamed: TestClient, anonymous: Path, ports: Ports) -> None:
    """Neither name nor contact: shown as anonymous, stored, and the receipt says it is all."""
    form = (anonymous / "en" / "sample" / "complaint" / "index.html").read_text("utf-8")
    assert "You may leave this empty and stay anonymous." in form
    assert "You may leave e-mail and telephone empty. If you do, the receipt" in form
    assert "For the answer, please give" not in form
    assert not re.search(r'<input id="name"[^>]* required', form)

    path = "/cases/sample/complaint"
    answers = {"account": "柜台没有人。", "consent": "yes", "language": "en"}
    page = unnamed.post(path, data=answers | {"step": "check"}).text
    assert rows(page)["Your name, or your organisation&#39;s"] == "Anonymous"
    receipt = unnamed.post(path, data=carried(page) | {"step": "send"})
    assert receipt.status_code == 200
    assert "<dd>Anonymous</dd>" in receipt.text
    assert '<p class="notice">You gave no e-mail address' in receipt.text
    case = ports.store.case(reference_in(receipt.text))
    assert case is not None
    assert (case.submission.name, case.submission.email, case.submission.phone) == (None,) * 3


def test_form_with_errors_says_until_when(client: TestClient) -> None:
    """Without a script, the form that comes back says the last day beside the day given."""
    wrong = APPEAL | {"email": "zhang@", "language": "en"}
    page = unescape(client.post(APPEALS, data=wrong).text)
    box = page.split('id="decided_on-window"')[1].split("</div>")[0]
    assert box.endswith(
        '<p class="note">You can file until the end of Monday 23 March 2026, China time (UTC+8). '
        "Reason: 30 days from the day of the decision or notice, clause 2.3.</p>"
    )
    late = unescape(client.post(APPEALS, data=wrong | {"decided_on": "2026-01-05"}).text)
    assert '<p class="notice">The time to file ended on Wednesday 4 February 2026' in late
    undated = client.post(APPEALS, data=wrong | {"decided_on": "2026-13-05"}).text
    assert 'id="decided_on-window" aria-live="polite"></div>' in undated


def test_late_appeal_is_told_before_it_is_sent(client: TestClient) -> None:
    """Without a script, too, the check page says that the time to file has ended."""
    late = APPEAL | {"decided_on": "2026-01-05", "step": "check"}
    page = unescape(client.post(APPEALS, data=late | {"language": "en"}).text)
    assert (
        '<p class="notice warn">The time to file ended on Wednesday 4 February 2026 (26 days ago). '
        "You may still send your filing, and it is taken in; staff decide by the clause what "
        "follows. "
        "Reason: 30 days from the day of the decision or notice, clause 2.3.</p>"
    ) in page
    assert "提出的期限已于2026年2月4日（星期三）届满" in client.post(APPEALS, data=late).text
    in_time = unescape(client.post(APPEALS, data=APPEAL | {"step": "check"}).text)
    assert "届满" not in in_time
