"""The commands `export`, `erase`, `expire` and `attachments`."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cli import app as cli
from cli.reporting.attachments import file_name
from functions.cases.delivery import drain
from functions.cases.ports.ports import Ports
from functions.model.case_log import ActDetails, act_event
from functions.model.reference import access_code
from tests.conftest import StoppedClock
from tests.functions.adapters.test_store import case, key
from tests.helpers.filings import APPEAL, COMPLAINT, GRIEVANCE
from tests.helpers.sample_files import PNG

APPEALS = "/cases/accreditation-body/appeal"
COMPLAINTS = "/cases/securities-brokerage/complaint"


@pytest.fixture
def filed(client: TestClient, ports: Ports, clock: StoppedClock, wired: Path) -> list[str]:
    """The references of three filings of today; one person filed two, staff answered the first."""
    references = []
    for words in ("一", "二"):
        answer = client.post(APPEALS, json=APPEAL | {"account": f"XYZZY{words}"})
        references.append(answer.json()["reference"])
    references.append(client.post(COMPLAINTS, json=COMPLAINT).json()["reference"])
    event = act_event("message", ActDetails(text="PLUGH"), clock.at)
    ports.store.add_event(references[0], event, (), "message:1")
    return references


def run(*arguments: str, answer: str = "") -> tuple[int, str]:
    """The exit code and the output of a command."""
    result = CliRunner().invoke(cli.app, arguments, input=answer)
    return result.exit_code, result.output


def test_copy_for_a_person(filed: list[str], tmp_path: Path) -> None:
    """`export --person` writes all of the person's cases to a file only its owner can read."""
    out = tmp_path / "copy.json"
    out.touch(mode=0o644)
    code, said = run("export", "--person", "ZHANG@example.com", "--out", str(out))
    assert code == 0
    assert "2 cases written" in said
    assert out.stat().st_mode & 0o777 == 0o600
    copy = json.loads(out.read_text(encoding="utf-8"))
    assert {one["case"]["reference"] for one in copy["cases"]} == set(filed[:2])
    assert {one["case"]["submission"]["account"] for one in copy["cases"]} == {"XYZZY一", "XYZZY二"}
    first = next(one for one in copy["cases"] if one["case"]["reference"] == filed[0])
    assert [one["detail"] for one in first["events"]] == ["", {"text": "PLUGH"}]
    assert {one["recipient"] for one in first["mails"]} == {
        "zhang@example.com",
        "office@accreditation.example.com",
    }


def test_copy_of_a_case(filed: list[str]) -> None:
    """`export --reference` accepts any spelling of a reference and prints without --out."""
    typed = f" {filed[2].lower().replace('-', ' ')} "
    code, said = run("export", "--reference", typed)
    assert code == 0
    (one,) = json.loads(said)["cases"]
    assert one["case"]["submission"]["phone"] == "400 000 0000"


def test_mistyped_reference_is_reported(filed: list[str]) -> None:
    """A reference with an extra character exits with 2, unlike a case that is not found."""
    for command in ("export", "erase"):
        code, said = run(command, "--reference", f"{filed[0]}2")
        message = f"'{filed[0]}2' is not a reference; compare it with the notice mail"
        assert (code, message in said) == (2, True)


def test_files_of_a_case(
    client: TestClient,
    ports: Ports,
    tmp_path: Path,
    wired: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`attachments` accepts any spelling; an unknown case exits with 2, a missing key with 3."""
    answer = client.post(
        "/cases/factory-staff/grievance",
        data=GRIEVANCE,
        files=[("files", ("照片.PNG", PNG))],
        follow_redirects=False,
    )
    reference = answer.headers["location"].partition("token=")[2].partition(".")[0]
    drain(ports)
    to = tmp_path / "to"
    code, said = run("attachments", reference.lower().replace("-", " "), "--to", str(to))
    named = to / f"{reference}-1-照片.PNG"
    assert code == 0
    assert said == f"{named}: 照片.PNG, waiting, SHA-256 {sha256(PNG).hexdigest()}\n1 files\n"
    assert named.read_bytes() == PNG
    assert (named.stat().st_mode & 0o777, to.stat().st_mode & 0o777) == (0o600, 0o700)
    code, said = run("attachments", "SEC-22222-22222", "--to", str(to))
    assert (code, "there is no case 'SEC-22222-22222'" in said) == (2, True)
    monkeypatch.delenv("OMBUD_KEY")
    code, said = run("attachments", reference)
    assert (code, "OMBUD_STORE is set, so OMBUD_KEY must be set too" in said) == (3, True)


def test_nothing_is_erased_without_a_yes(filed: list[str], ports: Ports) -> None:
    """A dry run and a "no" list what would be erased and mention that the law may forbid it."""
    for options, answer, code in ((["--dry-run"], "", 0), ([], "n\n", 2), ([], "", 2)):
        found, said = run("erase", "--person", "zhang@example.com", *options, answer=answer)
        assert found == code
        assert all(reference in said for reference in filed[:2])
        assert "erased: 7 answers (name, email, category" in said
        assert "PIPL 47" in said
        assert "Nothing was erased." in said
    assert ports.store.case(filed[0]) is not None


def test_person_is_erased(
    filed: list[str], ports: Ports, client: TestClient, tmp_path: Path
) -> None:
    """The store loses the person's words, the look-up reports the erasure, other cases stay."""
    code, said = run("erase", "--person", "zhang@example.com", answer="y\n")
    assert code == 0
    assert f"erased {filed[0]}" in said
    assert "docs/privacy.md" in said
    assert ports.store.case(filed[0]) is None
    assert ports.store.case(filed[2]) is not None
    assert run("export", "--person", "zhang@example.com")[0] == 1
    pair = {"reference": filed[0], "access_code": access_code(ports.key, filed[0])}
    answer = client.post("/cases/status", json=pair)
    assert answer.status_code == 410
    assert answer.json()["title"] == "本件已删除"
    page = client.post("/cases/status", data=pair | {"language": "en"})
    assert page.status_code == 410
    assert re.search(rf"{filed[0]} was received on .*erased on .* at the person", page.text)
    assert client.post("/cases/status", json=pair | {"access_code": "x"}).status_code == 404
    code, said = run("erase", "--reference", filed[0])
    assert (code, "was erased on" in said) == (0, True)


def test_expiry_on_the_command_line(filed: list[str], ports: Ports, clock: StoppedClock) -> None:
    """`expire` deletes the cases past their retention and keeps the others."""
    assert run("expire") == (0, "0 cases deleted: they were past their retention\n")
    old = case("SEC-22222-22222").model_copy(update={"retained_until": clock.at})
    ports.store.accept(old, (), key())
    assert run("expire") == (0, "1 cases deleted: they were past their retention\n")
    assert ports.store.case(filed[0]) is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ("export",),
        ("erase", "--reference", "ACB-22222-22222", "--person", "zhang@example.com"),
    ],
)
def test_one_of_both_is_needed(arguments: tuple[str, ...], filed: list[str]) -> None:
    """`export` and `erase` require either a case or a person, not neither and not both."""
    code, said = run(*arguments)
    assert (code, said) == (2, "give either --reference or --person\n")


def test_store_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a store a command creates nothing and says what to set."""
    monkeypatch.delenv("OMBUD_STORE", raising=False)
    (tmp_path / "key").write_text("00" * 32)
    code, said = run("export", "--person", "a@example.com", "--data", str(tmp_path))
    assert code == 2
    assert "ombud.db is missing: set OMBUD_STORE and OMBUD_KEY" in said
    assert list(tmp_path.glob("ombud.db*")) == []


def test_long_names_are_written(
    client: TestClient, ports: Ports, tmp_path: Path, wired: Path
) -> None:
    """Names of 80 characters of four bytes each are written, with the files beside them."""
    files = [("files", ("😀" * 80 + ".png", PNG)), ("files", ("\u6f22" * 80 + ".PNG", PNG + b"x"))]
    answer = client.post(
        "/cases/factory-staff/grievance", data=GRIEVANCE, files=files, follow_redirects=False
    )
    reference = answer.headers["location"].partition("token=")[2].partition(".")[0]
    drain(ports)
    code, said = run("attachments", reference, "--to", str(tmp_path / "to"))
    assert code == 0, said
    written = sorted(path.name for path in (tmp_path / "to").iterdir())
    assert len(written) == 2
    assert all(len(name.encode()) <= 255 for name in written)
    assert all(name.lower().endswith(".png") for name in written)


def test_names_of_earlier_releases_are_shortened(tmp_path: Path) -> None:
    """A name of 320 bytes, which 0.1.0 kept, is cut at its start, between characters."""
    name = file_name("ACB-22222-22223-1-", "😀" * 76 + ".pdf")
    assert len(name.encode()) <= 255
    assert name.startswith("ACB-22222-22223-1-😀")
    assert name.endswith("😀.pdf")
    (tmp_path / name).touch()


NOWHERE = {"OMBUD_STORE": "sqlite:/nowhere/ombud.db"}
WRONG_USES = [
    (("export",), {}, 2),
    (("export", "--reference", "x", "--person", "y"), {}, 2),
    (("export", "--reference", "\x1b[2J"), {}, 2),
    (("export", "--reference", "ACB-22222-22223", "--out", "/nowhere/x"), {}, 1),
    (("export", "--person", "\0"), {}, 1),
    (("erase", "--reference", "ACB-22222-22223", "--dry-run"), {}, 1),
    (("erase", "--person", "x" * 100_000, "--yes"), {}, 1),
    (("attachments", ""), {}, 2),
    (("attachments", "../../etc/passwd"), {}, 2),
    (("expire",), NOWHERE, 2),
    (("check",), {"OMBUD_MIAL": "smtp://host"}, 3),
    (("rekey",), {"OMBUD_STORE": "dynamodb:"}, 3),
    (("rekey",), {"OMBUD_KEY": "11" * 32}, 1),
    (("keys",), {"OMBUD_KEY": "file:/nowhere"}, 3),
    (("verify", "/dev/null"), {}, 1),
    (("verify", "/nowhere"), {}, 2),
    (("restore", "/nowhere"), {}, 2),
    (("restore", "/dev/null"), {}, 1),
    (("backup", "/dev/null/a/b"), {}, 3),
    (("check", "\n"), {}, 2),
    (("check", "../policies"), {}, 2),
    (("show", "."), {}, 2),
    (("revise", ""), {}, 2),
    (("build", "--out", "/dev/null/x", "--site-url", "https://x.example"), {}, 3),
    (("build", "--site-url", "javascript:x"), {}, 2),
    (("serve", "--port", "99999"), {}, 2),
]


@pytest.mark.parametrize(("arguments", "settings", "expected"), WRONG_USES)
def test_hostile_use_is_told_without_a_traceback(
    arguments: tuple[str, ...],
    settings: dict[str, str],
    expected: int,
    filed: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """1 for what was not found, 2 for wrong use, 3 for what surrounds the command."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(cli.app, arguments)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == expected, result.output
    assert "Traceback" not in result.output
    assert "\x1b[2J" not in result.output
