"""Files after filing, both ways: the filer sends them with a message, staff with an act."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from cli.reporting.attachments import hand_over
from functions.cases.delivery import drain
from functions.cases.files.scanning import scan
from functions.cases.ports.file_storage import CLEARED, INFECTED, PLACES, UPLOADS, WAITING
from functions.cases.ports.ports import Ports
from functions.cases.ports.scanner import Clean, Infected
from functions.cases.retention import remove_unclaimed
from functions.cases.subject_rights import erase_case
from functions.model.acts import MOST_BYTES_OF_PARTY, MOST_FILES_OF_PARTY
from functions.model.attachment import Attachment
from functions.model.case_log import recorded_acts
from functions.model.errors import MailRetryable
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.helpers.desk.filer import STATUS, Filer
from tests.helpers.desk.staff_acts import sent_by_staff, staff_act
from tests.helpers.filings import GRIEVANCE
from tests.helpers.sample_files import EICAR, PDF, PNG, WRONG

ORGANISATION = "factory-staff"
PATH = f"{ORGANISATION}/grievance"


class Scanner:
    """Finds the harmless file that every scanner reports."""

    def scan(self, content: bytes) -> Clean | Infected:
        """See Scanner."""
        return Infected("Eicar-Test") if EICAR in content else Clean()


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """Somebody whose grievance was just filed."""
    made = Filer(client, ports, mailbox)
    made.file(PATH, GRIEVANCE)
    return made


def kept(ports: Ports, reference: str) -> dict[str, list[str]]:
    """The ids of the files of a case, by place."""
    return {
        place: sorted(
            entry.key.split("/")[2]
            for entry in ports.shelf.entries(place)
            if entry.key.split("/")[1] == reference
        )
        for place in PLACES
    }


def act_files(filer: Filer) -> list[Attachment]:
    """The files of all acts of the case."""
    acts = recorded_acts(filer.ports.store.events(filer.reference))
    return [file for act in acts for file in act.entry.files]


def test_files_come_with_a_message(filer: Filer) -> None:
    """By the rules of a filing: named harmlessly, kept with the case, told to all."""
    page = filer.act(
        "information", ("C:\\a\\<b>照片.PNG", PNG), ("b.exe", PDF), text="照片在附件里。"
    )
    assert "您的话已经补充到案件" in page
    assert "<li>_b_照片.PNG（1 KB）</li><li>b.pdf（1 KB）</li>" in page
    drain(filer.ports)
    files = act_files(filer)
    assert [(file.name, file.type) for file in files] == [("_b_照片.PNG", "png"), ("b.pdf", "pdf")]
    assert kept(filer.ports, filer.reference)[WAITING] == sorted(file.id for file in files)
    (message,) = filer.json()["messages"]
    assert [(file["name"], file["sha256"], file["scan"]) for file in message["files"]] == [
        ("_b_照片.PNG", sha256(PNG).hexdigest(), "waiting"),
        ("b.pdf", sha256(PDF).hexdigest(), "waiting"),
    ]


def test_file_needs_no_words(filer: Filer) -> None:
    """A photo says enough; nothing at all is still nothing."""
    filer.act("information", ("a.png", PNG))
    assert "请先写下内容" in filer.act("information", ("", b""), status=422)
    assert filer.acts() == ["information"]


def test_one_wrong_file_loses_nothing(filer: Filer) -> None:
    """The words come back, the good file stays attached, and it is said what the other lacks."""
    name, content = "page.html", WRONG["html"]
    page = filer.act("information", ("a.png", PNG), (name, content), status=422, text="两个<附件>")
    assert "“page.html”" in page
    assert "请另存为其中一种，或者拍成照片" in page
    assert '<a href="#files">' in page
    assert ">两个<附件></textarea>" in page
    (voucher,) = re.findall(r'name="upload" value="([^"]+)" checked', page)
    assert filer.acts() == []
    assert kept(filer.ports, filer.reference) == {place: [] for place in PLACES}
    answer = filer.client.post(
        f"{STATUS}/information",
        data={"session": filer.session(), "text": "两个<附件>", "upload": voucher},
    )
    assert answer.status_code == 200
    assert [file.name for file in act_files(filer)] == ["a.png"]


def test_second_click_keeps_files_once(filer: Filer) -> None:
    """A reload sends the same content under new ids: one entry, and the first one's files stay."""
    for _ in range(2):
        filer.act("information", ("a.png", PNG), text="照片")
    assert filer.acts() == ["information"]
    drain(filer.ports)
    (file,) = act_files(filer)
    assert kept(filer.ports, filer.reference)[WAITING] == [file.id]


def test_voucher_sent_twice_keeps_its_file(filer: Filer) -> None:
    """What the script uploaded has the same id in a retry, which removes nothing."""
    asked = {"name": "a.png", "size": len(PNG), "sha256": sha256(PNG).hexdigest()}
    asked |= {"head": b64encode(PNG).decode()}
    ticket = filer.client.post(f"/cases/uploads/{PATH}", json=asked).json()
    filer.client.post(ticket["url"], data=ticket["fields"], files={"file": ("a.png", PNG)})
    for _ in range(2):
        sent = filer.pair | {"text": "照片", "uploads": [ticket["upload"]]}
        answer = filer.client.post(f"{STATUS}/information", json=sent)
        assert answer.status_code == 200, answer.text
    drain(filer.ports)
    (file,) = act_files(filer)
    assert kept(filer.ports, filer.reference)[WAITING] == [file.id]


def test_program_is_told_what_is_wrong_with_a_file(filer: Filer) -> None:
    """A forged voucher is an error that names `uploads`; other acts take no files at all."""
    sent = filer.pair | {"text": "x", "uploads": ["forged"], "language": "en"}
    answer = filer.client.post(f"{STATUS}/information", json=sent)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [
        ("uploads", "gone")
    ]
    refused = filer.client.post(f"{STATUS}/withdraw", json=sent | {"confirm": True})
    assert refused.status_code == 400
    assert filer.acts() == []


def test_procedure_without_files_takes_none_later(
    client: TestClient, ports: Ports, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a filing takes no files, the page offers none and a program is refused."""
    filer = Filer(client, ports, mailbox)
    filer.file(PATH, GRIEVANCE)
    asked = {"name": "a.png", "size": len(PNG), "sha256": sha256(PNG).hexdigest()}
    ticket = client.post(f"/cases/uploads/{PATH}", json=asked).json()
    client.post(ticket["url"], data=ticket["fields"], files={"file": ("a.png", PNG)})
    contract = ports.contracts.contract
    monkeypatch.setattr(
        ports.contracts,
        "contract",
        lambda digest: contract(digest).model_copy(
            update={
                "kinds": {
                    id_: kind.model_copy(update={"attachments": None})
                    for id_, kind in contract(digest).kinds.items()
                }
            }
        ),
    )
    sent = filer.pair | {"text": "x", "uploads": [ticket["upload"]]}
    answer = client.post(f"{STATUS}/information", json=sent)
    assert [error["code"] for error in answer.json()["errors"]] == ["too_many"]


def test_files_survive_a_session_that_is_over(filer: Filer, clock: StoppedClock) -> None:
    """Without script they travel with the form; they are kept while the code is typed."""
    session = filer.session()
    clock.forward(hours=2)
    name, content = "page.html", WRONG["html"]
    answer = filer.client.post(
        f"{STATUS}/information",
        data={"session": session, "text": "照片在附件里。"},
        files=[("files", ("a.png", PNG)), ("files", (name, content))],
    )
    assert answer.status_code == 410
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert again["text"] == "照片在附件里。"
    page = filer.client.post(f"{STATUS}/information", data=filer.pair | again)
    assert page.status_code == 422
    assert "“page.html”" in unescape(page.text)
    assert "请重新选择" in unescape(page.text)
    assert "a.png" in page.text
    (voucher,) = re.findall(r'name="upload" value="([^"]+)" checked', page.text)
    filer.act("information", text="照片在附件里。", upload=voucher)
    assert [file.name for file in act_files(filer)] == ["a.png"]


def test_case_holds_so_many_files(filer: Filer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each party has room for its own; what was sent before is counted once."""
    assert MOST_FILES_OF_PARTY * 10**6 < MOST_BYTES_OF_PARTY
    monkeypatch.setattr("functions.cases.files.act_files.MOST_FILES_OF_PARTY", 2)
    for number in range(2):
        filer.act("information", (f"{number}.png", PNG + bytes([number])), text=f"{number}")
    page = filer.act("information", ("2.png", PNG + b"2"), status=422, text="第三张")
    assert "能存放的材料已满" in page
    filer.act("information", ("1.png", PNG + b"\x01"), text="1")  # a reload
    assert filer.acts() == ["information"] * 2
    staff_file = sent_by_staff(filer.ports, ORGANISATION, "答复.pdf", PDF)
    staff_act(filer.ports, filer.reference, "message", text="见附件", files=(staff_file,))
    monkeypatch.setattr("functions.cases.files.act_files.MOST_FILES_OF_PARTY", 9)
    monkeypatch.setattr("functions.cases.files.act_files.MOST_BYTES_OF_PARTY", 2 * len(PNG) + 2)
    assert "能存放的材料已满" in filer.act("information", ("3.png", PNG + b"3"), status=422)


def test_filer_fetches_what_staff_sent(filer: Filer) -> None:
    """By a form that posts the session: never shown in the page of ours, never executed."""
    file = sent_by_staff(filer.ports, ORGANISATION, "答复 <1>.pdf", PDF)
    staff_act(filer.ports, filer.reference, "message", text="见附件", files=(file,))
    page = filer.page()
    assert f'name="file" value="{file.id}"' in page
    assert "下载 答复 _1_.pdf（1 KB）" in page
    answer = filer.post("file", file=file.id)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''%E7%AD%94%E5%A4%8D%20_1_.pdf"
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    program = filer.client.post(f"{STATUS}/file", json=filer.pair | {"file": file.id})
    assert program.content == PDF


def test_other_files_are_fetched_by_nobody(filer: Filer, clock: StoppedClock) -> None:
    """Not the filer's own, not those of a note or of an entry taken back, not another case's."""
    ports, reference = filer.ports, filer.reference
    filer.act("information", ("a.png", PNG), text="照片")
    files = {
        act: sent_by_staff(ports, ORGANISATION, f"{act}.pdf", PDF + act.encode())
        for act in ("note", "proposed", "message")
    }
    clock.forward(minutes=1)
    staff_act(ports, reference, "note", text="内部", files=(files["note"],))
    clock.forward(minutes=1)
    staff_act(ports, reference, "proposed", text="拟定", files=(files["proposed"],))
    clock.forward(minutes=1)
    wrong = staff_act(ports, reference, "message", text="误发", files=(files["message"],))
    assert filer.post("file", file=files["message"].id).status_code == 200
    clock.forward(minutes=1)
    staff_act(ports, reference, "corrected", text="误发", corrects=wrong.at)
    own = act_files(filer)[0].id
    for id_ in (own, *(file.id for file in files.values()), "0" * 32, "../x", ""):
        assert filer.post("file", file=id_).status_code == 404
        assert id_ == "" or f'name="file" value="{id_}"' not in filer.page()
    assert "message.pdf" not in filer.page()
    other = Filer(filer.client, ports, filer.mailbox)
    other.file(PATH, GRIEVANCE | {"account": "另一件"})
    later = sent_by_staff(ports, ORGANISATION, "答复.pdf", PDF)
    staff_act(ports, reference, "message", text="见附件", files=(later,))
    assert other.post("file", file=later.id).status_code == 404
    answer = filer.client.post(f"{STATUS}/file", data={"session": "forged", "file": later.id})
    assert answer.status_code == 410
    assert f'name="file" value="{later.id}"' in answer.text
    pair = filer.pair | {"access_code": "2" * 13, "file": later.id}
    assert filer.client.post(f"{STATUS}/file", data=pair).status_code == 404


def test_files_are_fetched_after_the_scan(filer: Filer, clock: StoppedClock) -> None:
    """While a scanner has not cleared a file nobody gets it; what holds malware never leaves."""
    ports = replace(filer.ports, scanner=Scanner())
    with TestClient(create_app(ports), base_url=SITE_URL) as client:
        scanned = Filer(client, ports, filer.mailbox)
        scanned.pair = filer.pair
        good, bad = (
            sent_by_staff(ports, ORGANISATION, name, content)
            for name, content in (("好.pdf", PDF), ("坏.txt", EICAR))
        )
        staff_act(ports, filer.reference, "message", text="见附件", files=(good, bad))
        assert "好.pdf（1 KB）正在查毒" in scanned.page()
        assert scanned.post("file", file=good.id).status_code == 404
        clock.forward(minutes=1)
        assert scan(ports) == 2
        assert scanned.post("file", file=good.id).content == PDF
        assert scanned.post("file", file=bad.id).status_code == 404
        assert "正在查毒" not in scanned.page()
        assert "坏.txt" in scanned.page()
    assert kept(ports, filer.reference) == {WAITING: [], CLEARED: [good.id], INFECTED: [bad.id]}
    states = {file["name"]: file["scan"] for file in filer.json()["messages"][0]["files"]}
    assert states == {"好.pdf": "cleared", "坏.txt": "infected"}


def test_answer_sends_the_files_of_its_proposal(filer: Filer, clock: StoppedClock) -> None:
    """Days later the uploads are gone; the case has the files, and the filer gets them."""
    ports, reference = filer.ports, filer.reference
    file = sent_by_staff(ports, ORGANISATION, "答复.pdf", PDF)
    staff_act(ports, reference, "proposed", text="拟定", files=(file,))
    assert "答复.pdf" not in filer.page()
    ports.shelf.remove(f"{UPLOADS}/{file.id}")
    clock.forward(days=3)
    staff_act(ports, reference, "decision", text="维持", files=(file,))
    assert filer.post("file", file=file.id).content == PDF


def test_large_file_is_fetched_from_its_storage(
    filer: Filer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the storage has an origin, a file that Lambda cannot answer with is fetched there."""
    file = sent_by_staff(filer.ports, ORGANISATION, "录像.pdf", PDF)
    staff_act(filer.ports, filer.reference, "message", text="见附件", files=(file,))
    monkeypatch.setattr("functions.cases.files.fetch.LARGEST_FETCHED", 1)
    assert filer.post("file", file=file.id).content == PDF
    asked: list[str] = []

    def link(key: str, media_type: str, disposition: str) -> str:
        asked.extend((key, media_type, disposition))
        return "https://files.example.com/x?signature=1"

    monkeypatch.setattr(filer.ports.shelf, "link", link)
    answer = filer.post("file", file=file.id)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "https://files.example.com/x?signature=1",
    )
    assert asked[:2] == [f"{WAITING}/{filer.reference}/{file.id}", "application/pdf"]
    assert asked[2].startswith("attachment; ")


def test_files_of_acts_go_with_the_case(filer: Filer, clock: StoppedClock, tmp_path: Path) -> None:
    """They are exported, stay when uploads are cleared away, and are erased with the case."""
    filer.act("information", ("a.png", PNG), text="照片")
    file = sent_by_staff(filer.ports, ORGANISATION, "答复.pdf", PDF)
    staff_act(filer.ports, filer.reference, "message", text="见附件", files=(file,))
    drain(filer.ports)
    clock.forward(days=9)
    remove_unclaimed(filer.ports)
    written = hand_over(filer.reference, tmp_path / "out", filer.ports)
    assert [(one.name, one.path and one.path.read_bytes()) for one in written] == [
        ("a.png", PNG),
        ("答复.pdf", PDF),
    ]
    case = filer.ports.store.case(filer.reference)
    assert case is not None
    erase_case(case, filer.ports)
    assert kept(filer.ports, filer.reference) == {place: [] for place in PLACES}
    for event in filer.ports.store.events(filer.reference):
        assert "png" not in event.detail
        assert file.sha256 not in event.detail


def test_nothing_of_a_file_is_logged(filer: Filer, caplog: pytest.LogCaptureFixture) -> None:
    """Names of files are personal: no log line has them, whether the file is taken or not."""
    name, content = "page.html", WRONG["html"]
    with caplog.at_level("DEBUG"):
        filer.act("information", ("张三的病历.png", PNG), text="照片")
        filer.act("information", (f"李四-{name}", content), status=422)
    assert "张三" not in caplog.text
    assert "李四" not in caplog.text


def test_files_are_kept_while_no_mail_goes_out(
    filer: Filer, clock: StoppedClock, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The first try of the mail to staff claims them; later tries miss nothing that is gone."""
    filer.act("information", ("a.png", PNG), text="照片")
    mailbox.failures += [MailRetryable("down") for _ in range(2)]
    drain(filer.ports)
    (file,) = act_files(filer)
    assert kept(filer.ports, filer.reference)[WAITING] == [file.id]
    filer.ports.shelf.remove(f"{UPLOADS}/{file.id}")
    clock.forward(days=2)
    drain(filer.ports)
    assert "is not in the file storage" not in caplog.text
    assert kept(filer.ports, filer.reference)[WAITING] == [file.id]
    assert len(filer.mails("hr@factory.example.com")) == 2


def test_lost_file_is_reported(filer: Filer, caplog: pytest.LogCaptureFixture) -> None:
    """What is nowhere is an error in the log, by its id alone."""
    filer.act("information", ("张三.png", PNG), text="照片")
    (file,) = act_files(filer)
    filer.ports.shelf.remove(f"{UPLOADS}/{file.id}")
    drain(filer.ports)
    assert f"file {file.id} is not in the file storage" in caplog.text
    assert "张三" not in caplog.text
