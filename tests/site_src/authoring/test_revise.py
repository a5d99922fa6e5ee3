"""Versions: `revise`, the pages of both versions, filings under the old one, future versions."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from cli import app as cli
from functions.adapters.contracts.folder import FolderContracts
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from site_src.authoring.revise import next_version
from site_src.check.organisation import read_all
from site_src.publish.build import build
from tests.conftest import KEY, Mailbox, StoppedClock, codec
from tests.helpers.publishing.checkouts import record_all
from tests.helpers.sample_policies import loaded, mend, tree

DAY = date(2026, 3, 2)
COMPLAINT = {
    "account": "等了三个小时。",
    "name": "李四",
    "phone": "400-000-0000",
    "consent": "yes",
    "language": "zh-CN",
}
runner = CliRunner()


@pytest.fixture(autouse=True)
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 2 March 2026 on the command line."""
    monkeypatch.setattr("site_src.publish.build.today", lambda: DAY)
    monkeypatch.setattr("cli.authoring.today", lambda: DAY)


def revise() -> str:
    """Runs the command and returns its output."""
    result = runner.invoke(cli.app, ["revise", "sample"])
    assert result.exit_code == 0, result.output
    return result.output


def shorten(policies: Path) -> None:
    """Changes the open version to answer within 3 working days instead of 5."""
    mend(policies / "sample" / "policy.yaml", "value: 5", "value: 3")
    mend(policies / "sample" / "procedure.md", "5 个工作日", "3 个工作日")


def page(out: Path, address: str) -> str:
    """A page of the built site."""
    return (out / address.strip("/") / "index.html").read_text("utf-8")


def test_archive_is_the_version_as_it_was(policies: Path) -> None:
    """The archive keeps both files byte for byte; only the path to the schema changes."""
    yaml_file = policies / "sample" / "policy.yaml"
    typed = yaml_file.read_bytes().replace(b"\n", b"\r\n").replace(b"kinds:", b"# kinds\r\nkinds:")
    typed = b"# yaml-language-server: $schema=../policy.schema.json\r\n" + typed
    yaml_file.write_bytes(typed)
    before = tree(policies / "sample")
    revise()
    archived = tree(policies / "sample" / "revisions" / "1")
    assert archived["procedure.md"] == before["procedure.md"]
    assert archived["policy.yaml"] == typed.replace(b"=../", b"=../../../")
    assert archived.keys() == {"policy.yaml", "procedure.md"}


def test_next_version_is_open(policies: Path) -> None:
    """The working files keep every comment and space; only version and day change."""
    yaml_file = policies / "sample" / "policy.yaml"
    mend(yaml_file, 'version: "1"', 'version: "1"   # 第一版')
    mend(yaml_file, "effective_from: 2026-01-01", "effective_from:\n  2026-01-01 # 开始的日子")
    before = yaml_file.read_text("utf-8")
    text = (policies / "sample" / "procedure.md").read_bytes()
    assert "is now version 2" in revise()
    after = yaml_file.read_text("utf-8")
    assert after == before.replace('"1"   #', '"2"   #').replace("2026-01-01 #", "2026-03-02 #")
    assert (policies / "sample" / "procedure.md").read_bytes() == text
    assert read_all(policies)[1] == ()


def test_day_of_the_next_version_is_later(policies: Path) -> None:
    """After a future version, the next version takes effect one day later."""
    mend(policies / "sample" / "policy.yaml", "2026-01-01", "2027-01-01")
    revise()
    assert loaded(policies / "sample").policy.effective_from == date(2027, 1, 2)


def test_second_revise_is_refused(policies: Path) -> None:
    """An open version without changes is not archived: exit 2, and nothing changes."""
    revise()
    before = tree(policies)
    again = runner.invoke(cli.app, ["revise", "sample"])
    assert again.exit_code == 2
    assert "version 2 is already open" in again.output
    assert tree(policies) == before


def test_published_copy_may_be_revised(policies: Path) -> None:
    """A published version cannot change, even if it is a copy, so `revise` opens the next one."""
    revise()
    record_all(policies, read_all(policies)[0])
    revise()
    assert loaded(policies / "sample").policy.version == "3"


def test_back_to_an_earlier_version(policies: Path) -> None:
    """One command opens a version with the words and facts of an archived one, and archives all."""
    folder = policies / "sample"
    first = loaded(folder)
    (folder / "procedure.en.md").write_text("# Complaints\n", "utf-8")
    text = (folder / "policy.yaml").read_text("utf-8")
    revise()
    (folder / "procedure.en.md").unlink()
    shorten(policies)
    second = (folder / "procedure.md").read_text("utf-8")
    result = runner.invoke(cli.app, ["revise", "sample", "--back-to", "1"])
    assert result.exit_code == 0, result.output
    assert "is now version 3 and says what version 1 said" in result.stdout
    third = loaded(folder)
    assert (third.policy.version, third.policy.effective_from) == ("3", date(2026, 3, 3))
    assert third.policy.limits == first.policy.limits
    assert third.procedure == first.procedure
    assert (folder / "procedure.en.md").read_text("utf-8") == "# Complaints\n"
    assert (folder / "policy.yaml").read_text("utf-8").splitlines()[0] == text.splitlines()[0]
    assert (folder / "revisions" / "2" / "procedure.md").read_text("utf-8") == second


def test_back_to_what_is_not_archived(policies: Path) -> None:
    """An unknown version, and one that is still open, are refused with the names that there are."""
    revise()
    before = tree(policies)
    for version in ("2", "../1"):
        result = runner.invoke(cli.app, ["revise", "sample", "--back-to", version])
        assert result.exit_code == 2
        assert f"sample has no archived version {version}; archived are: 1" in result.stderr
    assert tree(policies) == before


def test_taken_version_is_refused(policies: Path) -> None:
    """An archived version is not overwritten: exit 2."""
    revise()
    shorten(policies)
    mend(policies / "sample" / "policy.yaml", 'version: "2"', 'version: "1"')
    before = tree(policies)
    taken = runner.invoke(cli.app, ["revise", "sample"])
    assert taken.exit_code == 2
    assert "give policy.yaml another version" in taken.output
    assert tree(policies) == before


def test_unreadable_version_is_not_archived(policies: Path) -> None:
    """An unreadable policy exits with 1 and its finding, and no archive is created."""
    mend(policies / "sample" / "policy.yaml", "prefix: SM, ", "")
    result = runner.invoke(cli.app, ["revise", "sample"])
    assert result.exit_code == 1
    assert "missing-key" in result.output
    assert not (policies / "sample" / "revisions").exists()


def test_unknown_organisation(policies: Path) -> None:
    """An unknown organisation exits with 2."""
    assert runner.invoke(cli.app, ["revise", "nobody"]).exit_code == 2


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("1", "2"),
        ("9", "10"),
        ("B", "C"),
        ("Z", "Z-2"),
        ("2009", "2026"),
        ("2026", "2026-03"),
        ("2009-02", "2026-03"),
        ("2026-03", "2026-03-02"),
        ("2026-03-02", "2026-03-02-2"),
        ("2026-03-02-2", "2026-03-02-3"),
        ("2009-02-10", "2026-03-02"),
        ("2.1", "2.1-2"),
        ("draft-4", "draft-5"),
    ],
)
def test_next_version(version: str, following: str) -> None:
    """The next name has the same form and is never the same name."""
    assert next_version(version, DAY) == following


def test_both_versions_have_a_page(policies: Path, tmp_path: Path) -> None:
    """The old page says that it is superseded and links to the version in force."""
    out = tmp_path / "dist"
    revise()
    shorten(policies)
    build(policies, out, DAY)
    old, new = page(out, "sample/versions/1"), page(out, "sample/versions/2")
    assert "5个工作日" in old
    assert "3个工作日" in new
    assert "本版本已经失效。" in old
    assert re.search(r'<a href="/sample/">查看现行版本（2）</a>', old)
    assert 'href="/sample/complaint/"' not in old
    assert "本版本已经失效。" not in new
    assert "This version is no longer in force." in page(out, "en/sample/versions/1")
    assert "3个工作日" in page(out, "sample")
    assert 'href="/sample/versions/1/"' in page(out, "sample/procedure")


@pytest.fixture
def filing(tmp_path: Path) -> Iterator[tuple[TestClient, Ports, Path]]:
    """A client of the functions over a site that the test builds."""
    out = tmp_path / "dist"
    store = SqliteStore(str(tmp_path / "ombud.db"), codec())
    ports = Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=FolderContracts(str(out / "contracts")),
        mailer=Mailbox(),
        shelf=FolderFileStorage(str(tmp_path / "files")),
        scanner=None,
        now=StoppedClock(),
        key=KEY,
        sender="no-reply@ombud.example.com",
        site_url="https://ombud.example.com",
    )
    with TestClient(create_app(ports), base_url="https://ombud.example.com") as client:
        yield client, ports, out
    store.close()


def test_page_opened_before_a_revision_still_files(
    policies: Path, filing: tuple[TestClient, Ports, Path]
) -> None:
    """The old contract is still built, and a filing with its digest uses the old version."""
    client, ports, out = filing
    build(policies, out, DAY)
    old = re.search(r'name="contract" value="(\w{32})"', page(out, "sample/complaint"))
    assert old
    revise()
    shorten(policies)
    elsewhere = out.parent / "fresh"
    build(policies, elsewhere, DAY)
    assert (elsewhere / "contracts" / f"{old[1]}.json").is_file()
    build(policies, out, DAY)
    dates = {}
    for contract in (old[1], ports.contracts.current().organisations["sample"]):
        answer = client.post(
            "/cases/sample/complaint",
            data=COMPLAINT | {"contract": contract, "account": contract},
            follow_redirects=False,
        )
        assert answer.status_code == 303
        receipt = client.get(answer.headers["location"]).text
        case = ports.store.case(re.findall(r"SM-[0-9A-Z]{5}-[0-9A-Z]{5}", receipt)[0])
        assert case is not None
        assert case.contract == contract
        version = ports.contracts.contract(case.contract).version
        dates[version] = re.findall(r"2026年3月(\d+)日", receipt)
    assert "9" in dates["1"]
    assert "9" not in dates["2"]
    assert "5" in dates["2"]


def test_version_to_come_is_announced(policies: Path, tmp_path: Path) -> None:
    """A future version is announced beside the one in force and takes over on its day."""
    out = tmp_path / "dist"
    revise()
    shorten(policies)
    mend(policies / "sample" / "policy.yaml", "2026-03-02", "2026-05-01")
    build(policies, out, date(2026, 4, 30))
    home = page(out, "sample")
    assert "5个工作日" in home
    assert "3个工作日" not in home
    assert "新版本将于2026年5月1日（星期五）施行" in home
    assert 'href="/sample/versions/2/"' in home
    coming = page(out, "sample/versions/2")
    assert "本版本尚未施行，将于2026年5月1日（星期五）施行" in coming
    assert "查看现行版本（1）" in coming
    assert 'href="/sample/complaint/"' not in coming
    assert "A new version takes effect on Friday 1 May 2026" in page(out, "en/sample")
    contract = (out / "contracts" / "current.json").read_text("utf-8")
    build(policies, out, date(2026, 5, 1))
    home = page(out, "sample")
    assert "3个工作日" in home
    assert "新版本将于" not in home
    assert "本版本尚未施行" not in page(out, "sample/versions/2")
    assert "本版本已经失效。" in page(out, "sample/versions/1")
    assert (out / "contracts" / "current.json").read_text("utf-8") != contract


def test_only_version_is_to_come(policies: Path, tmp_path: Path) -> None:
    """A first version that is not yet in effect is shown, and its page says so."""
    build(policies, tmp_path / "dist", date(2025, 12, 31))
    assert "本版本尚未施行，将于2026年1月1日（星期四）施行" in page(tmp_path / "dist", "sample")
    assert "takes effect on" in page(tmp_path / "dist", "en/sample")
    build(policies, tmp_path / "dist", date(2026, 1, 1))
    assert "本版本尚未施行" not in page(tmp_path / "dist", "sample")
