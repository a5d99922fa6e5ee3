"""Files of a filing over HTTP: with the form, before it by script, and from a program."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.cases.delivery import drain
from functions.cases.ports.file_storage import UPLOADS
from functions.cases.ports.ports import Ports
from functions.cases.quotas import ALL_BYTES, BYTES, VOUCHERS
from functions.model.attachment import MEDIA_TYPES, FileType
from functions.model.case import Case
from functions.web.app import create_app
from tests.conftest import SITE_URL, Mailbox, StoppedClock
from tests.functions.model.test_signature import verdict
from tests.helpers.filings import APPEAL, GRIEVANCE
from tests.helpers.sample_files import DOCX, GOOD, JPEG, PDF, PNG, UNSAFE, WRONG

PATH = "/cases/factory-staff/grievance"
VOUCHERS_PATH = "/cases/uploads/factory-staff/grievance"
FORM = GRIEVANCE | {"language": "zh-CN"}


def post(client: TestClient, fields: dict[str, Any], *files: tuple[str, bytes]) -> Any:
    """What a form sends; a browser sends an empty part where no file was chosen."""
    parts = [("files", file) for file in files or (("", b""),)]
    return client.post(PATH, data=fields, files=parts, follow_redirects=False)


def filed(answer: Any, ports: Ports) -> Case:
    """The case of a filing that was taken."""
    assert answer.status_code == 303, answer.text
    reference = answer.headers["location"].partition("token=")[2].partition(".")[0]
    case = ports.store.case(reference)
    assert case is not None
    return case


def tokens(page: str) -> list[str]:
    """The vouchers that a page carries, each in a box that is ticked."""
    return re.findall(r'name="upload" value="([^"]+)" checked', page)


def left(client: TestClient, name: str, content: bytes) -> tuple[str, Any]:
    """Leaves a file as the script does; gives its voucher and the answer."""
    asked = {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
    voucher = client.post(VOUCHERS_PATH, json=asked)
    assert voucher.status_code == 201, voucher.text
    ticket = voucher.json()
    answer = client.post(ticket["url"], data=ticket["fields"], files={"file": (name, content)})
    return ticket["upload"], answer


@pytest.fixture
def counting(stored: Ports) -> Iterator[TestClient]:
    """A client of a function over each store."""
    with TestClient(create_app(stored), base_url=SITE_URL) as client:
        yield client


def test_one_address_gets_so_many_vouchers(
    counting: TestClient, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Far more than a person needs; then it says which file, when to go on and what to do now."""
    assert VOUCHERS.most >= 10 * 32
    monkeypatch.setattr("functions.cases.quotas.VOUCHERS", replace(VOUCHERS, most=3))
    clock.forward(minutes=3)
    asked = {"name": "photo.png", "size": 5, "sha256": "ab" * 32, "language": "en"}
    wrong = counting.post(VOUCHERS_PATH, json=asked | {"size": 0})
    assert wrong.status_code == 422  # and not counted
    answers = [counting.post(VOUCHERS_PATH, json=asked) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    told = answers[-1]
    assert told.headers["retry-after"] == "420"
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"].startswith("photo.png was not accepted")
    assert "after 10:10, or send your filing now without it" in told.json()["detail"]
    filed = counting.post(PATH, data=FORM, follow_redirects=False)
    assert filed.status_code == 303
    clock.forward(seconds=420)
    assert counting.post(VOUCHERS_PATH, json=asked).status_code == 201


def test_one_address_stores_so_many_bytes(
    counting: TestClient, ports: Ports, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes are counted before they are stored, with a form and by vouchers alike.

    Found with 80,000 files of one address, 1.6 GB in 32 s. Every word comes back.
    """
    assert all(allowance.most > 100 * 25 * 10**5 for allowance in BYTES)
    monkeypatch.setattr(
        "functions.cases.quotas.BYTES", (replace(BYTES[0], most=3 * len(PNG)), BYTES[1])
    )
    clock.forward(minutes=3)
    checked = FORM | {"step": "check"}
    for number in range(3):
        assert post(counting, checked, (f"{number}.png", PNG)).status_code == 200
    stored = len(list(ports.shelf.entries(UPLOADS)))
    answer = post(counting, checked | {"language": "en"}, ("c.png", PNG))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "420")
    assert "“c.png” was not accepted" in unescape(answer.text)
    assert GRIEVANCE["account"] in unescape(answer.text)
    asked = {"name": "photo.png", "size": 1, "sha256": "ab" * 32}
    assert counting.post(VOUCHERS_PATH, json=asked).status_code == 429
    assert len(list(ports.shelf.entries(UPLOADS))) == stored
    with TestClient(create_app(ports), base_url=SITE_URL, client=("192.0.2.7", 1)) as other:
        assert post(other, checked, ("d.png", PNG)).status_code == 200
    clock.forward(seconds=420)
    assert post(counting, checked, ("e.png", PNG)).status_code == 200


def test_everybody_together_stores_so_many_bytes(
    ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand addresses do not fill the disk; filings without files go on."""
    monkeypatch.setattr("functions.cases.quotas.ALL_BYTES", replace(ALL_BYTES, most=2 * len(PNG)))
    statuses = []
    for number in range(4):
        with TestClient(create_app(ports), client=(f"192.0.2.{number}", 1)) as client:
            name = f"{number}.png"
            statuses.append(post(client, FORM | {"account": name}, (name, PNG)).status_code)
    assert statuses == [303, 303, 429, 429]
    with TestClient(create_app(ports), client=("127.0.0.1", 1)) as client:
        assert post(client, FORM, ("e.png", PNG)).status_code == 429
        assert post(client, FORM).status_code == 303


def test_voucher_used_again_writes_nothing(
    client: TestClient, ports: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is there is not written again, however often it is sent."""
    written: list[str] = []
    put = ports.shelf.put

    def counted(key: str, content: bytes) -> None:
        written.append(key)
        put(key, content)

    monkeypatch.setattr(ports.shelf, "put", counted)
    asked = {"name": "a.png", "size": len(PNG), "sha256": sha256(PNG).hexdigest()}
    ticket = client.post(VOUCHERS_PATH, json=asked).json()
    for _ in range(5):
        answer = client.post(ticket["url"], data=ticket["fields"], files={"file": ("a.png", PNG)})
        assert answer.status_code == 204
    assert len(written) == 1


def test_files_come_with_the_form(client: TestClient, ports: Ports) -> None:
    """Without script the files travel with the form, and the case has what each one is."""
    case = filed(post(client, FORM, ("照片.PNG", PNG), ("C:\\a\\b.exe", PDF)), ports)
    assert [(one.name, one.type, one.size) for one in case.attachments] == [
        ("照片.PNG", "png", len(PNG)),
        ("b.pdf", "pdf", len(PDF)),
    ]
    assert [one.sha256 for one in case.attachments] == [
        sha256(content).hexdigest() for content in (PNG, PDF)
    ]


def test_form_without_files_is_taken(client: TestClient, ports: Ports) -> None:
    """Files are never required."""
    assert filed(post(client, FORM), ports).attachments == ()


def test_receipt_status_and_notice_list_the_files(
    client: TestClient, ports: Ports, mailbox: Mailbox
) -> None:
    """Name and hash stand on every copy, and in no mail."""
    answer = post(client, FORM, ("证据.png", PNG))
    case = filed(answer, ports)
    hash_ = sha256(PNG).hexdigest()
    receipt = client.get(answer.headers["location"]).text
    text = client.get(answer.headers["location"].replace("receipt?", "receipt.txt?")).text
    code = re.search(r"<code>([0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4})</code>", receipt)
    assert code
    pair = {"reference": case.reference, "access_code": code[1]}
    status = client.post("/cases/status", data=pair).text
    drain(ports)
    mails = {mail["To"]: _text(mail) for mail in mailbox.messages}
    for said in (receipt, text, status):
        assert "证据.png" in said
        assert hash_ in said
    assert len(mails) == 2
    for mail in mails.values():
        assert "证据" not in mail
        assert hash_ not in mail
    (listed,) = client.post("/cases/status", json=pair).json()["attachments"]
    assert listed == {
        "name": "证据.png",
        "size": len(PNG),
        "sha256": hash_,
        "type": "image/png",
        "scan": "waiting",
    }


def _text(mail: EmailMessage) -> str:
    return "".join(str(part.get_content()) for part in mail.walk() if not part.is_multipart())


def test_good_files_stay_when_something_else_is_wrong(client: TestClient, ports: Ports) -> None:
    """A 422 carries each good file, names each bad one, and the next try files the good ones."""
    first = post(client, FORM | {"email": "nobody"}, ("a.png", PNG), ("b.jpg", WRONG["html"]))
    assert first.status_code == 422
    assert "“b.jpg”不能收下" in unescape(first.text)
    assert '<a href="#files">' in first.text
    (token,) = tokens(first.text)
    again = post(client, FORM | {"upload": token}, ("c.pdf", PDF))
    assert [one.name for one in filed(again, ports).attachments] == ["a.png", "c.pdf"]


def test_one_bad_file_keeps_the_filing_back(client: TestClient, ports: Ports) -> None:
    """A filing is whole or not taken: the filer decides whether it goes without that file."""
    for name, content in (
        ("x.docx", UNSAFE["macros"]),
        ("x.pdf", b""),
        ("x.jpg", WRONG["svg"]),
    ):
        answer = post(client, FORM, (name, content), ("a.png", PNG))
        assert answer.status_code == 422
        assert f"“{name}”" in unescape(answer.text)
        assert len(tokens(answer.text)) == 1
    assert len(list(ports.shelf.entries(UPLOADS))) == 3


def test_box_that_is_not_ticked_leaves_its_file_out(client: TestClient, ports: Ports) -> None:
    """What a page does not send back is not part of the filing."""
    first = post(client, FORM | {"email": "nobody"}, ("a.png", PNG), ("b.pdf", PDF))
    _, second = tokens(first.text)
    case = filed(post(client, FORM | {"upload": second}), ports)
    assert [one.name for one in case.attachments] == ["b.pdf"]


def test_six_files_are_too_many(client: TestClient, ports: Ports) -> None:
    """Five are kept, the sixth is not stored, and the page says so."""
    files = [(f"{number}.png", PNG + bytes([number])) for number in range(6)]
    answer = post(client, FORM, *files)
    assert answer.status_code == 422
    assert "最多收 5 个文件" in answer.text
    assert len(tokens(answer.text)) == 5
    assert len(list(ports.shelf.entries(UPLOADS))) == 5


def test_same_files_twice_are_one_case(client: TestClient, ports: Ports) -> None:
    """A second click sends the files again and is the same filing; another file is another one."""
    first = filed(post(client, FORM, ("a.png", PNG)), ports)
    assert filed(post(client, FORM, ("a.png", PNG)), ports) == first
    assert filed(post(client, FORM, ("a.png", JPEG)), ports).reference != first.reference


def test_size_of_a_file_stands_in_the_brackets_of_the_language(client: TestClient) -> None:
    """A half-width comma between a name and a size is no Chinese."""
    checked = FORM | {"step": "check"}
    said = [
        post(client, checked | {"language": tongue}, ("c.png", PNG)).text
        for tongue in ("zh-CN", "en")
    ]
    assert "c.png（1 KB）" in said[0]
    assert "c.png (1 KB)" in said[1]


@pytest.mark.parametrize("step", ["check", "send"])
def test_more_than_lambda_takes_is_refused(client: TestClient, ports: Ports, step: str) -> None:
    """One limit for form and files on every machine: it says which files, and keeps the words."""
    photo = JPEG.ljust(6_100_000, b"\0")
    answer = post(client, FORM | {"step": step}, ("照片.jpg", photo), ("b.pdf", PDF))
    assert answer.status_code == 422
    assert (
        "“照片.jpg, b.pdf”没有附上，因为文件太大。最多 5 个文件，合计不超过 4 MB。" in answer.text
    )
    assert GRIEVANCE["account"] in answer.text
    assert tokens(answer.text) == []
    assert list(ports.shelf.entries(UPLOADS)) == []
    assert post(client, FORM, ("照片.jpg", photo[:4_000_000])).status_code == 303


def test_more_than_anybody_reads_is_about_the_files(client: TestClient) -> None:
    """Where the words cannot be read any more, the page says that the files are too large."""
    answer = post(client, FORM, ("a.mp4", GOOD["mp4"].ljust(26_000_000, b"\0")))
    assert answer.status_code == 413
    assert "<h1>文件太大</h1>" in answer.text
    words = client.post(PATH, data=FORM | {"account": "长" * 400_000}, follow_redirects=False)
    assert words.status_code == 413
    assert "<h1>内容太长</h1>" in words.text


def test_same_file_is_kept_once(client: TestClient, ports: Ports) -> None:
    """However often and under whatever name a file is attached, the case has it once."""
    token, _ = left(client, "a.png", PNG)
    again, _ = left(client, "b.png", PNG)
    case = filed(
        post(client, FORM | {"upload": [token, again]}, ("c.png", PNG), ("d.pdf", PDF)), ports
    )
    assert [file.name for file in case.attachments] == ["a.png", "d.pdf"]


@pytest.mark.parametrize("type_", sorted(GOOD))
def test_what_phones_make_is_taken(client: TestClient, ports: Ports, type_: FileType) -> None:
    """Photos, films, voice and old documents are evidence, and their media types are told."""
    token, answer = left(client, f"a.{type_}", GOOD[type_])
    assert answer.status_code == 204
    taken = client.post(PATH, json=GRIEVANCE | {"uploads": [token]})
    assert taken.status_code == 201
    (file,) = taken.json()["attachments"]
    assert (file["name"], file["type"]) == (f"a.{type_}", MEDIA_TYPES[type_])


def test_wrong_type_is_told_before_the_file_is_sent(client: TestClient) -> None:
    """By its first bytes a page gets no voucher, and the refusal says what can be attached."""
    page = WRONG["html"]
    asked = {"name": "a.jpg", "size": len(page), "sha256": "ab" * 32, "language": "en"}
    answer = client.post(VOUCHERS_PATH, json=asked | {"head": b64encode(page[:1024]).decode()})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("“a.jpg” cannot be accepted because of its content.")
    assert "videos (MP4, MOV, 3GP), sound recordings (M4A, MP3, AMR," in answer.json()["detail"]
    photo = asked | {"head": b64encode(GOOD["heic"]).decode(), "name": "a.heic"}
    assert client.post(VOUCHERS_PATH, json=photo).status_code == 201


def test_forged_and_old_vouchers_are_no_files(
    client: TestClient, ports: Ports, clock: StoppedClock
) -> None:
    """A voucher that is made up, another organisation's or a day old files nothing."""
    first = post(client, FORM | {"email": "nobody"}, ("a.png", PNG))
    (token,) = tokens(first.text)
    other = client.post("/cases/car-dealer/complaint", data={"upload": token}, files={"x": b""})
    assert tokens(other.text) == []
    assert post(client, FORM | {"upload": token[:-9] + "AAAAAAAA="}).status_code == 422
    clock.forward(hours=24, seconds=1)
    late = post(client, FORM | {"upload": token})
    assert late.status_code == 422
    assert "搁置太久" in late.text


def test_program_leaves_files_first(client: TestClient, ports: Ports) -> None:
    """Voucher, file, filing: the case has the file, looked into when it is filed."""
    token, answer = left(client, "a.docx", DOCX)
    assert answer.status_code == 204
    taken = client.post(PATH, json=GRIEVANCE | {"uploads": [token]})
    assert taken.status_code == 201
    (one,) = taken.json()["attachments"]
    assert (one["name"], one["sha256"]) == ("a.docx", sha256(DOCX).hexdigest())


def test_file_that_was_left_is_looked_into(client: TestClient, ports: Ports) -> None:
    """Whatever a voucher was given for, a page is no picture."""
    token, answer = left(client, "a.jpg", WRONG["html"])
    assert answer.status_code == 204
    refused = client.post(PATH, json=GRIEVANCE | {"uploads": [token], "language": "en"})
    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["field"], error["code"]) == ("uploads", "wrong_type")
    assert "“a.jpg”" in error["detail"]


def test_voucher_without_its_file_files_nothing(client: TestClient) -> None:
    """A file that never arrived is missed before a receipt is given."""
    asked = {"name": "a.png", "size": len(PNG), "sha256": sha256(PNG).hexdigest()}
    token = client.post(VOUCHERS_PATH, json=asked).json()["upload"]
    refused = client.post(PATH, json=GRIEVANCE | {"uploads": [token]})
    assert [one["code"] for one in refused.json()["errors"]] == ["gone"]


def test_only_the_promised_file_is_taken(client: TestClient, ports: Ports) -> None:
    """Another size or hash than the voucher's, or no voucher, stores nothing."""
    asked = {"name": "a.png", "size": len(PNG), "sha256": sha256(PNG).hexdigest()}
    ticket = client.post(VOUCHERS_PATH, json=asked).json()
    other = client.post(ticket["url"], data=ticket["fields"], files={"file": PNG[:-1] + b"x"})
    assert other.status_code == 400
    forged = client.post(ticket["url"], data={"upload": "x.y"}, files={"file": PNG})
    assert forged.status_code == 400
    assert list(ports.shelf.entries(UPLOADS)) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"size": 0}, 422),
        ({"size": 10_000_001}, 422),
        ({"size": -1}, 400),
        ({"sha256": "xyz"}, 400),
        ({"head": "x"}, 400),
        ({"colour": "red"}, 400),
    ],
)
def test_vouchers_have_limits(client: TestClient, change: dict[str, Any], status: int) -> None:
    """Nothing, too much and what cannot be read get no voucher."""
    asked = {"name": "a.png", "size": 5, "sha256": "ab" * 32} | change
    answer = client.post(VOUCHERS_PATH, json=asked, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_vouchers_are_for_forms_that_are_there(client: TestClient) -> None:
    """Nobody leaves files with an organisation or kind that is not there."""
    asked = {"name": "a.png", "size": 5, "sha256": "ab" * 32}
    for path in ("nobody/grievance", "factory-staff/appeal"):
        assert client.post(f"/cases/uploads/{path}", json=asked).status_code == 404


def test_no_route_gives_a_file_back(client: TestClient, ports: Ports) -> None:
    """Files are stored unserved: no address answers a GET with one."""
    case = filed(post(client, FORM, ("a.png", PNG)), ports)
    drain(ports)
    one = case.attachments[0]
    for path in (f"uploads/{one.id}", f"waiting/{case.reference}/{one.id}", "uploads", one.id):
        assert client.get(f"/cases/{path}").status_code in (404, 405)
    assert client.get(f"/files/waiting/{case.reference}/{one.id}").status_code == 404


def test_files_outlive_a_kill_between_case_and_notice(client: TestClient, ports: Ports) -> None:
    """The notice takes the files along, so what the case claims is kept however late it is."""
    case = filed(
        post(client, FORM, *[(f"{key}", value) for key, value in [*GOOD.items()][:3]]), ports
    )
    assert list(ports.shelf.entries("waiting")) == []
    drain(ports)
    kept = [entry.key for entry in ports.shelf.entries("waiting")]
    assert kept == sorted(f"waiting/{case.reference}/{one.id}" for one in case.attachments)


def test_files_are_signed_for(client: TestClient) -> None:
    """The signature of the receipt covers each file's hash: another file's does not pass."""
    answer = client.post(
        "/cases/accreditation-body/appeal",
        data=APPEAL,
        files=[("files", ("证据.png", PNG))],
        follow_redirects=False,
    )
    text = client.get(answer.headers["location"].replace("receipt?", "receipt.txt?")).text
    assert verdict(text) == []
    own, other = sha256(PNG).hexdigest(), sha256(JPEG).hexdigest()
    assert text.count(own) == 1
    assert f"：证据.png，1 KB，SHA-256 {own}\n" in text
    assert verdict(text.replace(own, other)) != []
