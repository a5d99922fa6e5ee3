"""What both stores owe to the people in them: nothing in clear, copies, erasing, an end."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.rows import REFERENCE
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.desk.found_by import index_case
from functions.cases.ports.case_store import Repeated, Stored
from functions.cases.ports.desk_store import AccessEntry
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.retention import expire_cases
from functions.cases.subject_rights import cases_of, copy_of_case, erase_case
from functions.model.answers.submission import Submission
from functions.model.attachment import Attachment
from functions.model.case import Case, CaseEvent
from functions.model.case_log import ActDetails, act_event, case_acts
from functions.model.errors import DataKeyMissing, StoredTextDamaged, StoreError
from functions.model.mail import MailRecord, OutboxMail
from functions.notify import work
from tests.conftest import KEY, MORNING, SITE_URL, Mailbox, StoppedClock, codec
from tests.functions.adapters.test_desk_store import summary
from tests.functions.adapters.test_store import DAY, HOUR, case, key
from tests.helpers.servers.dynamodb_local import client_at

ANSWERS = Submission(
    name="赵六",
    relation="家长 guardian",
    email="zhao.liu@example.com",
    phone="+86 138-0000-0000 转12",
    address="幸福路一号",
    plate="京A00000",
    category="service-late",
    decision="决定 2026-12",
    account='柜台让我等了"三个"小时。\n第二行',
    remedy="道歉",
    involved="钱经理",
    signature="赵六（签）",
)
FILE = Attachment(id="0" * 32, name="病历.pdf", type="pdf", size=4, sha256="0" * 64)
STAFF = "孙经办"
SAID = "病历号 XYZZY-7"
REPLIED = "我们会去问 PLUGH 科"


@dataclass(frozen=True)
class Held:
    """A store, and all bytes that it keeps."""

    ports: Ports
    raw: Callable[[], bytes]

    @property
    def store(self) -> Store:
        """The store alone."""
        return cast(Store, self.ports.store)

    def file(self, reference: str = "SEC-22222-22222", name: str = "k") -> Case:
        """Stores a case with a file and an acknowledgement, and words of both sides."""
        filed = case(reference).model_copy(update={"submission": ANSWERS, "attachments": (FILE,)})
        self.ports.shelf.put(f"uploads/{FILE.id}", b"%PDF")
        self.ports.shelf.put(f"waiting/{reference}/{FILE.id}", b"%PDF")
        self.store.accept(filed, (self.mail("acknowledgement", reference),), key(name))
        for act, words in (("information", SAID), ("message", REPLIED)):
            event = act_event(act, ActDetails(text=words, keeps=("reply",)), MORNING)  # type: ignore[arg-type]
            assert self.store.add_event(reference, event, (), f"{act}:1")
        index_case(reference, self.ports)
        assert self.store.summarise(summary(reference, category=ANSWERS.category))
        self.store.note_look(
            reference, AccessEntry(at=MORNING, mark="m", person=STAFF, what="case")
        )
        return filed

    def mail(self, type_: str, reference: str = "SEC-22222-22222") -> OutboxMail:
        """A mail to the filer."""
        return OutboxMail.model_validate(
            {
                "message_id": f"<{type_}-{reference}@ombud.example.com>",
                "reference": reference,
                "type": type_,
                "recipient": ANSWERS.email,
                "language": "zh-CN",
            }
        )


@pytest.fixture(params=["sqlite", "dynamodb"])
def held(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Held]:
    """Each store, empty."""

    def around(store: Store) -> Ports:
        return Ports(
            store=store,
            outbox=store,
            counters=store,
            lists=store,
            contracts=FolderContracts(str(tmp_path)),
            mailer=Mailbox(),
            shelf=FolderFileStorage(str(tmp_path / "files")),
            scanner=None,
            now=clock,
            key=KEY,
            sender="no-reply@ombud.example.com",
            site_url=SITE_URL,
        )

    if request.param == "dynamodb":
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        client = client_at(address)

        def items() -> bytes:
            return repr(client.scan(TableName=table)["Items"]).encode()

        yield Held(around(DynamoStore(table, client, codec(clock))), items)
        return
    store = SqliteStore(str(tmp_path / "ombud.db"), codec(clock))
    files = "ombud.db*"
    yield Held(around(store), lambda: b"".join(one.read_bytes() for one in tmp_path.glob(files)))
    store.close()


def test_no_store_holds_anything_personal_in_clear(held: Held) -> None:
    """No answer, no words of either side and no recipient are in the bytes of the store."""
    held.file()
    unknown = "SMTP 550 zhao.liu@example.com"
    held.store.mail_deferred(held.mail("acknowledgement"), MORNING, unknown)
    held.store.mail_failed(held.mail("acknowledgement"), MORNING, unknown)
    (record, *_) = held.store.mails("SEC-22222-22222")
    assert isinstance(record, MailRecord)
    assert unknown in record.reason
    raw = held.raw()
    assert b"SEC-22222-22222" in raw
    answers = ANSWERS.model_dump(exclude_defaults=True).values()
    for text in (SAID, REPLIED, STAFF, FILE.name, *map(str, answers)):
        for line in text.splitlines():
            for form in (line, ascii(line)[1:-1], line.replace('"', '\\"')):
                assert form.encode() not in raw


def test_what_was_stored_is_read_back(held: Held) -> None:
    """Every answer, word and recipient comes back as it was given."""
    filed = held.file()
    assert held.store.case(filed.reference) == filed
    assert list(held.store.cases()) == [filed]
    assert [one.entry.text for one in case_acts(held.store.events(filed.reference))] == [
        SAID,
        REPLIED,
    ]
    assert held.store.lease_mails(MORNING, MORNING + HOUR, 9) == (held.mail("acknowledgement"),)


def test_case_past_its_retention_is_gone(held: Held, clock: StoppedClock) -> None:
    """At the end of its retention a case reads as gone and takes nothing, deleted or not."""
    filed = held.file()
    clock.at = filed.retained_until - timedelta(seconds=1)
    assert held.store.case(filed.reference) == filed
    clock.at = filed.retained_until
    assert held.store.case(filed.reference) is None
    assert list(held.store.cases()) == []
    event = CaseEvent(at=clock.at, type="mail_bounced", detail="")
    assert held.store.add_event(filed.reference, event, (), "late") is False


def test_expiry_deletes_what_is_over_and_nothing_else(held: Held, clock: StoppedClock) -> None:
    """A case goes with events, mails and keys; one with a day left stays whole."""
    old, young = held.file(), held.file("SEC-33333-33333", "other")
    clock.at = old.retained_until
    kept = young.model_copy(update={"retained_until": clock.at + DAY})
    held.store.accept(
        kept.model_copy(update={"reference": "SEC-44444-44444", "received_at": clock.at - DAY}),
        (),
        key("third"),
    )
    assert expire_cases(held.ports) == 2
    assert list(held.ports.shelf.entries("waiting")) == []
    raw = held.raw()
    assert old.reference.encode() not in raw
    assert young.reference.encode() not in raw
    assert held.store.case("SEC-44444-44444") is not None
    assert held.store.expire(clock.at) == 0


@pytest.mark.parametrize("day", ["2024-02-29T02:00:00+00:00", "2026-03-02T02:00:00+00:00"])
def test_every_policys_retention_is_enforced(day: str, ports: Ports, clock: StoppedClock) -> None:
    """A case of each organisation reads as there until its own end, a leap day's too, then gone."""
    current = ports.contracts.current().organisations
    assert len(current) >= 17
    received = datetime.fromisoformat(day)
    for number, (organisation, digest) in enumerate(current.items()):
        contract = ports.contracts.contract(digest)
        clock.at = received
        filed = case(f"{contract.prefix}-22222-222{number:02}").model_copy(
            update={
                "organisation": organisation,
                "contract": digest,
                "received_at": received,
                "retained_until": contract.retained_until(received),
            }
        )
        ports.store.accept(filed, (), key(organisation))
        ends = received.year + contract.retention_years
        assert filed.retained_until.year == ends
        clock.at = filed.retained_until - DAY / 86_400
        assert ports.store.case(filed.reference) == filed
        assert ports.store.expire(clock.at) == 0
        clock.at = filed.retained_until
        assert ports.store.case(filed.reference) is None
        assert ports.store.expire(clock.at) == 1


def test_copy_holds_everything(held: Held) -> None:
    """A person's copy has answers, words, dates, and each mail with its recipient and outcome."""
    filed = held.file()
    held.store.mail_sent(held.mail("acknowledgement"), MORNING + HOUR)
    copy = copy_of_case(filed, held.store)
    assert copy["case"]["submission"] == ANSWERS.model_dump(mode="json", exclude_none=True)
    assert copy["case"]["attachments"][0]["name"] == "病历.pdf"
    assert copy["case"]["retained_until"] == "2029-03-02T02:00:00Z"
    assert [(one["type"], one["detail"]) for one in copy["events"]] == [
        ("received", ""),
        ("information", {"text": SAID, "keeps": ["reply"]}),
        ("message", {"text": REPLIED, "keeps": ["reply"]}),
        ("mail_sent", "acknowledgement"),
    ]
    (mail,) = copy["mails"]
    assert (mail["type"], mail["recipient"], mail["state"], mail["settled_at"]) == (
        "acknowledgement",
        "zhao.liu@example.com",
        "sent",
        "2026-03-02T03:00:00Z",
    )


@pytest.mark.parametrize(
    ("person", "is_known"),
    [
        ("zhao.liu@example.com", True),
        (" Zhao.Liu@EXAMPLE.com", True),
        ("liu@example.com", False),
        ("13800000000", True),
        ("008613800000000", True),
        ("138 0000 0000 ext 12", True),
        ("13800000001", False),
        ("赵六", False),
        ("", False),
    ],
)
def test_person_is_found_by_address_or_number(person: str, is_known: bool, held: Held) -> None:
    """However the address or number is written; by nothing else."""
    filed = held.file()
    held.store.accept(case("SEC-33333-33333"), (), key("other"))
    assert list(cases_of(person, held.ports)) == ([filed] if is_known else [])


def test_erased_case_leaves_nothing_personal(held: Held, clock: StoppedClock) -> None:
    """Its words are in no byte of the store, encrypted or not; that it was there, and when, is."""
    filed = held.file()
    locked = _locked(held.raw())
    other = held.file("SEC-33333-33333", "other")
    clock.at = MORNING + HOUR
    erase_case(filed, held.ports)
    clock.at = MORNING
    entries = held.ports.shelf.entries
    assert held.store.case(filed.reference) is None
    assert held.store.mails(filed.reference) == ()
    assert list(held.store.cases()) == [other]
    left_on_shelf = [one.key for place in ("uploads", "waiting") for one in entries(place)]
    assert left_on_shelf == [f"waiting/{other.reference}/{FILE.id}"]
    left = held.store.erased(filed.reference)
    assert left is not None
    assert left.model_dump(exclude={"contract"}) == {
        "reference": "SEC-22222-22222",
        "organisation": "securities-brokerage",
        "kind": "complaint",
        "language": "zh-CN",
        "received_at": MORNING,
        "retained_until": filed.retained_until,
        "erased_at": MORNING + HOUR,
    }
    happened = case_acts(held.store.events(filed.reference))
    assert [(one.act, one.entry) for one in happened] == [
        ("information", ActDetails(keeps=("reply",))),
        ("message", ActDetails(keeps=("reply",))),
    ]
    raw = held.raw()
    assert len(locked) == 6
    assert not [one for one in locked if one in raw]
    assert held.store.lease_mails(MORNING, MORNING + HOUR, 9) == (
        held.mail("acknowledgement", other.reference),
    )


def test_erasing_again_changes_nothing(held: Held, clock: StoppedClock) -> None:
    """The first day stands; the tombstone takes no event, and goes when the case would have."""
    filed = held.file()
    clock.at = MORNING + HOUR
    erase_case(filed, held.ports)
    clock.at = MORNING + DAY
    erase_case(filed, held.ports)
    left = held.store.erased(filed.reference)
    assert left is not None
    assert left.erased_at == MORNING + HOUR
    event = CaseEvent(at=MORNING, type="mail_bounced", detail="")
    assert held.store.add_event(filed.reference, event, (), "late") is False
    clock.at = filed.retained_until
    assert held.store.erased(filed.reference) is None
    assert held.store.expire(clock.at) == 1


def test_erased_filing_may_be_made_anew(held: Held) -> None:
    """The same words within a day are a new filing, not a retry of what is erased."""
    filed = held.file()
    again = filed.model_copy(update={"reference": "SEC-33333-33333"})
    assert held.store.accept(again, (), key()) == Repeated(filed)
    erase_case(filed, held.ports)
    assert held.store.accept(again, (), key()) == Stored()


@pytest.mark.parametrize("held", ["sqlite"], indirect=True)
def test_what_is_stored_opens_nowhere_else(held: Held, tmp_path: Path) -> None:
    """Words that are moved to another case, or changed, are not read as if they were its own."""
    store = held.store
    held.file()
    held.file("SEC-33333-33333", "other")
    with sqlite3.connect(tmp_path / "ombud.db", isolation_level=None) as db:
        db.execute(
            f"""UPDATE events SET detail = (SELECT detail FROM events WHERE type = 'message'
            AND {REFERENCE} = 'SEC-22222-22222') WHERE type = 'message'"""
        )
    db.close()
    assert store.events("SEC-22222-22222")
    with pytest.raises(StoredTextDamaged, match="SEC-33333-33333: the event message"):
        store.events("SEC-33333-33333")


def test_other_key_opens_nothing(tmp_path: Path) -> None:
    """A store under a key that is not known says which key is missing, and where it goes."""
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    store.accept(case(), (), key())
    store.close()
    other = SqliteStore(str(tmp_path / "ombud.db"), codec(key=bytes(32)))
    with pytest.raises(DataKeyMissing, match="OMBUD_KEY and OMBUD_DATA_KEY take earlier"):
        other.case("SEC-22222-22222")
    other.close()


def test_store_of_before_is_refused(tmp_path: Path) -> None:
    """A file from before cases were encrypted is named, and left as it is."""
    path = tmp_path / "ombud.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE cases (reference TEXT PRIMARY KEY, content TEXT NOT NULL)")
    db.close()
    with pytest.raises(StoreError, match=r"ombud\.db is not a store of Ombud.*another place"):
        SqliteStore(str(path), codec())


def _locked(raw: bytes) -> set[bytes]:
    """The encrypted texts among the bytes of a store."""
    return set(re.findall(rb"1\.[0-9a-f]{12}\.[\w=-]{40,}", raw))


def test_worker_deletes_what_is_over(
    ports: Ports, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The local worker deletes every few hours, without being asked."""
    stop = Event()
    filed = case().model_copy(update={"retained_until": MORNING + 1.5 * DAY})
    ports.store.accept(filed, (), key())

    def drain(_: Ports) -> int:
        clock.forward(hours=12)
        if clock.at > MORNING + 3 * DAY:
            stop.set()
        return 0

    monkeypatch.setattr("functions.notify.drain", drain)
    monkeypatch.setattr("functions.notify._PAUSE_SECONDS", 0)
    work(ports, stop)
    assert ports.store.expire(clock.at) == 0
