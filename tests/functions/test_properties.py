"""Rules that hold for any text at all, tried with texts that hypothesis makes up."""

import json
import re
import string
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markupsafe import Markup, escape
from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import composed, drain
from functions.cases.ports.ports import Ports
from functions.cases.tokens import Purpose, Tokens
from functions.model.answers.email_address import read_address
from functions.model.answers.submission import AnswerProblems, Submission, clean, read_submission
from functions.model.case import Case
from functions.model.contract.kind import Kind
from functions.model.errors import TokenInvalid
from functions.model.mail import OutboxMail
from functions.model.pages.slot_template import SlotTemplate
from functions.model.reference import (
    ALPHABET,
    access_code,
    code_matches,
    new_reference,
    read_reference,
)
from functions.model.signature import canonical
from functions.views.mails import addressed
from functions.web.app import create_app
from site_src.receipts.keys import PublishedKeys
from site_src.receipts.verify import problems_of, read_receipt
from tests.conftest import KEY, MORNING, SITE_URL, Mailbox, StoppedClock, codec
from tests.functions.web.test_filing import APPEALS
from tests.helpers.filings import APPEAL

FEW = settings(max_examples=40, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=300)

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.text(
    st.sampled_from(
        "\r\n\t\0\x0b\x0c\x1c\x85\u2028\u202e\u200f\ufeff\ufffd\ue000\ue001\u0301"
        "<>&\"'{}%=+-@:;,\\/ aЖ中𠮷"
    ),
    max_size=200,
)
WORDS = st.one_of(ANY_TEXT, NASTY, st.lists(st.sampled_from([
    "-----BEGIN OMBUD PROOF-----", "-----BEGIN OMBUD RECEIPT-----", "Ombud-Receipt: 1",
    "Signature: x", "\n.\n", "\nFrom x", "\r\nBcc: x@example.com\r\n\r\n", "END:VEVENT", "</p>",
    "<script>hit()</script>", " trailing \n", "\n\n\n",
]), max_size=6).map("\n".join))  # fmt: skip


@pytest.fixture(scope="module")
def shared(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """Ports over one store for all examples of a test: each files a case of its own."""
    folder = tmp_path_factory.mktemp("properties")
    store = SqliteStore(str(folder / "ombud.db"), codec())
    yield Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(built / "contracts")),
        mailer=Mailbox(),
        now=StoppedClock(),
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url=SITE_URL,
        shelf=FolderFileStorage(str(folder / "files")),
        scanner=None,
    )
    store.close()


@pytest.fixture(scope="module")
def kind(shared: Ports) -> Kind:
    """The form of an appeal."""
    current = shared.contracts.current().organisations["accreditation-body"]
    return shared.contracts.contract(current).kinds["appeal"]


def stored(shared: Ports, reference: str) -> Case:
    """The case of a reference."""
    case = shared.store.case(reference)
    assert case is not None
    return case


@FEW
@given(words=WORDS, line=WORDS)
def test_words_come_through(shared: Ports, words: str, line: str) -> None:
    """What is sent is what is stored, but for `clean`, and what every copy shows.

    The text file has it as it is signed: without blanks at line ends.
    """
    account = clean(words)
    sent = APPEAL | {"account": words, "decision": line[:150]}
    decision = " ".join(clean(line[:150]).split())
    with TestClient(create_app(shared), base_url=SITE_URL) as client:
        answer = client.post(APPEALS, json=sent)
        if not account or not decision:
            assert answer.status_code == 422
            return
        assert answer.status_code == 201, answer.text
        case = stored(shared, answer.json()["reference"])
        assert (case.submission.account, case.submission.decision) == (account, decision)
        token = answer.headers["location"]
        page = client.get(token).text
        saved = client.get(token.replace("receipt?", "receipt.txt?")).content
        dates = client.get(token.replace("receipt?", "receipt.ics?")).content
    assert str(escape(account)) in page
    assert canonical(account) in saved.decode().replace("\r\n", "\n")
    receipt = read_receipt(saved)
    assert receipt.content == answer.json()["proof"]["content"]
    published = keys_for(case.organisation)
    assert problems_of(receipt, published) == ()
    assert len(Calendar.from_ical(dates).events) == 1
    assert "Bcc" not in dates.decode()
    headers_are_ours(shared, case)


def keys_for(organisation: str) -> PublishedKeys:
    """The published key of an organisation."""
    return PublishedKeys({}).added(KEY, (organisation,), MORNING)


def headers_are_ours(shared: Ports, case: Case) -> None:
    """The mails of a case have the headers that we gave them and one recipient each."""
    mails = shared.outbox.lease_mails(MORNING, MORNING + timedelta(days=1), 100)
    for mail in mails:
        if mail.reference != case.reference:
            continue
        assert isinstance(mail, OutboxMail)
        message = composed(mail, case, shared.store.events(case.reference), shared)
        read = message_from_bytes(message.as_bytes(), policy=policy.default)
        assert {name.lower() for name in read} <= {
            "message-id", "date", "auto-submitted", "from", "to", "subject", "mime-version",
            "ombud-reference", "ombud-mail-type", "content-type", "content-transfer-encoding",
            "references", "x-auto-response-suppress",
        }  # fmt: skip
        assert str(read["To"]) == mail.recipient
        assert "\n" not in str(read["Subject"])


ADDRESSES = st.one_of(
    st.emails(),
    st.builds("{}@{}".format, ANY_TEXT, st.sampled_from(["example.com", "例子.中国", "[::1]"])),
    st.builds("{}@example.com".format, st.text("abc.+-_'=/?^{|}~!#$%&*\"\r\n, <>", max_size=20)),
)


@MANY
@given(address=ADDRESSES)
def test_any_address_taken_can_be_written_to(address: str) -> None:
    """An address that is taken is one recipient in a header, and nothing else."""
    taken = read_address(clean(address))
    if taken is None:
        return
    message = EmailMessage(policy.SMTPUTF8)
    message["To"] = addressed(taken)
    read = message_from_string(message.as_string(), policy=policy.SMTPUTF8)
    for mail in (message, read):
        assert [str(one) for one in mail["To"].addresses] == [taken]
    assert list(read) == ["To"]
    assert not re.search(r"[\s<>,;:\"()\[\]\\]", taken)


@pytest.mark.parametrize("address", ["张@例子.中国", "¡@example.com", "o'neill+a/b@example.com"])
def test_any_script_is_acknowledged(
    client: TestClient, ports: Ports, mailbox: Mailbox, address: str
) -> None:
    """Such an address gets its acknowledgement, and keeps no other mail from being sent."""
    assert client.post(APPEALS, json=APPEAL | {"email": address}).status_code == 201
    assert drain(ports) == 2
    assert address in [str(message["To"]) for message in mailbox.messages]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
NAMES = st.one_of(st.sampled_from([*APPEAL, "language", "contract", "step", "uploads"]), ANY_TEXT)


@FEW
@given(content=st.dictionaries(NAMES, JSON | st.text(), max_size=6), base=st.booleans())
def test_any_json_gets_an_answer(shared: Ports, content: dict[str, Any], base: bool) -> None:
    """Whatever object is sent, the answer says 201, 400 or 422, and why."""
    body = json.dumps(APPEAL | content if base else content)
    with TestClient(create_app(shared), base_url=SITE_URL) as client:
        answer = client.post(
            APPEALS, content=body.encode(), headers={"content-type": "application/json"}
        )
    assert answer.status_code in (201, 400, 422)
    assert answer.json().get("detail") or answer.json()["reference"]


@FEW
@given(body=st.binary(max_size=400), media=st.sampled_from([
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
    "application/x-www-form-urlencoded; charset=gbk", "text/plain",
]))  # fmt: skip
def test_any_bytes_get_an_answer(shared: Ports, body: bytes, media: str) -> None:
    """Whatever bytes are sent, the answer is none of the server's failures."""
    with TestClient(create_app(shared), base_url=SITE_URL) as client:
        answer = client.post(APPEALS, content=body, headers={"content-type": media})
    assert answer.status_code in (400, 415, 422)


@MANY
@given(answers=st.dictionaries(NAMES, WORDS, max_size=8), whole=st.booleans())
def test_any_answers_get_an_outcome(kind: Kind, answers: dict[str, str], whole: bool) -> None:
    """`examine` gives a submission or problems, names each field once, and never raises."""
    outcome = read_submission(kind, APPEAL | answers if whole else answers, MORNING.date())
    assert isinstance(outcome, Submission | AnswerProblems)
    if isinstance(outcome, AnswerProblems):
        names = [problem.name for problem in outcome.found]
        assert names
        assert len(set(names)) == len(names)


@MANY
@given(text=st.text())
@example("e\0\u0301")
@example("\r\r\n\n\x85")
def test_clean_is_done_once(text: str) -> None:
    """Cleaned text is NFC without control characters, and cleaning it again changes nothing."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", cleaned)


@MANY
@given(literals=st.lists(ANY_TEXT, min_size=2, max_size=4), value=WORDS)
def test_filling_a_slot_lets_no_markup_in(literals: list[str], value: str) -> None:
    """A page is its own text with the escaped value between; a text file has the value itself."""
    parts = [part for literal in literals for part in (literal, "slot")][:-1]
    skeleton = SlotTemplate(tuple(parts))
    assert skeleton.html({"slot": value}) == str(escape(value)).join(literals)
    assert unescape(str(escape(value))).replace("\r", "\n") == value.replace("\r", "\n")
    assert skeleton.text({"slot": value}) == value.join(literals)
    assert skeleton.html({"slot": Markup("<b>")}) == "<b>".join(literals)


@MANY
@given(
    at=st.integers(0, 200), char=st.sampled_from(string.printable + "é\u0661Ａ"), cut=st.booleans()
)
def test_no_changed_token_is_taken(at: int, char: str, cut: bool) -> None:
    """A receipt link or session with one character changed, added or left out opens nothing."""
    tokens, until = Tokens((KEY,)), MORNING + timedelta(hours=1)
    purposes: tuple[Purpose, ...] = ("receipt", "session")
    for purpose in purposes:
        token = tokens.seal(purpose, "ACB-22222-22222", until)
        place = at % len(token)
        changed = token[:place] + ("" if cut else char) + token[place + 1 :]
        longer = token[:place] + char + token[place:]
        for forged in {changed, longer} - {token}:
            with pytest.raises(TokenInvalid):
                tokens.open(purpose, forged, MORNING)


@MANY
@given(typed=st.text(ALPHABET + ALPHABET.lower() + "-–— 　ＡＢ２АВСОI0O", max_size=20))
def test_what_is_typed_as_a_reference(typed: str) -> None:
    """Whatever is typed is no reference, or one in the one spelling; look-alikes are neither."""
    read = read_reference(typed)
    assert read is None or re.fullmatch(
        rf"[{ALPHABET}]{{2,4}}-[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", read
    )


def test_references_and_codes_as_people_type_them() -> None:
    """Small, full-width and spaced letters are read; Cyrillic, O for 0 and the like are not."""
    reference = new_reference("ACB")
    code = access_code(KEY, reference)
    wide = {ord(char): ord(char) + 0xFEE0 for char in string.ascii_uppercase + string.digits}
    for typed in (reference.lower(), reference.translate(wide), f" {reference} ".replace("-", " ")):
        assert read_reference(typed) == reference
    for typed in (code.lower(), code.translate(wide), code.replace("-", "")):
        assert code_matches(KEY, reference, typed)
    cyrillic = reference.replace("A", "А", 1).replace("C", "С", 1)
    assert read_reference(cyrillic) is None
    assert read_reference(reference + "2" * 100_000) is None
    assert not code_matches(KEY, reference, code + "2")
    assert not code_matches(KEY, reference, "О" + code[1:])
