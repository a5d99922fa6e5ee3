"""Published versions are recorded and never change, and readers never see a broken site."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.check.organisation import read_all
from site_src.file_names import PUBLISHED_RECORD
from site_src.policy.editions import record_published
from site_src.publish.build import build
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.write_order import in_order
from site_src.render.site_renderer import render
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import change, deploy
from tests.helpers.sample_policies import mend, tree

DAY = date(2026, 3, 2)
runner = CliRunner()


@pytest.fixture(autouse=True)
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 2 March 2026 on the command line."""
    monkeypatch.setattr("site_src.publish.build.today", lambda: DAY)
    monkeypatch.setattr("cli.authoring.today", lambda: DAY)


def published(policies: Path) -> dict[str, dict[str, str]]:
    """The content of published.json."""
    content: dict[str, dict[str, str]] = json.loads((policies / "published.json").read_text())
    return content


def next_version(policies: Path) -> None:
    """Archives version 1 and changes version 2."""
    assert runner.invoke(cli.app, ["revise", "sample"]).exit_code == 0
    change(policies)


def test_deploy_writes_and_records(policies: Path, tmp_path: Path) -> None:
    """The folder has the same files as a build, and the version is recorded as published."""
    target = tmp_path / "www"
    result = runner.invoke(cli.app, ["deploy", "--to", str(target)])
    assert result.exit_code == 0, result.output
    build(policies, tmp_path / "dist", DAY, SITE_URL)
    whole = tree(tmp_path / "dist")
    del whole[PUBLISHED_RECORD]
    assert {**whole, PUBLISHED_RECORD: (target / PUBLISHED_RECORD).read_bytes()} == tree(target)
    assert "organisation added: Sample" in result.stdout
    assert f"{len(whole)} files changed at {target}" in result.stdout
    assert published(policies).keys() == {"sample"}
    assert published(policies)["sample"].keys() == {"1"}
    again = runner.invoke(cli.app, ["deploy", "--to", str(target)])
    assert "The public will see no difference." in again.stdout
    assert "0 files changed" in again.stdout


def test_deploy_says_when_it_is_due_again(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployed site does not change by itself: the command names the days that need another."""
    next_version(policies)
    (policies / "site.yaml").write_text("security_contact: a@b.example.com\n", "utf-8")
    for day, due in (
        (
            date(2026, 2, 28),
            [
                "sample: version 2 takes effect on 2026-03-02; deploy again on that day, or the "
                "site goes on with the version before",
                ".well-known/security.txt expires on 2026-08-01; deploy again before that day",
            ],
        ),
        (
            date(2026, 3, 2),
            [".well-known/security.txt expires on 2026-09-01; deploy again before that day"],
        ),
    ):
        monkeypatch.setattr("cli.publishing.deploying.today", lambda day=day: day)
        said = runner.invoke(cli.app, ["deploy", "--to", str(tmp_path / "www")])
        assert said.exit_code == 0, said.output
        assert [line for line in said.stdout.splitlines() if "deploy again" in line] == due
        expiry = (tmp_path / "www" / ".well-known" / "security.txt").read_text("utf-8")
        assert due[-1].split(" on ")[1][:10] in expiry


def test_dry_run_writes_nothing(policies: Path, tmp_path: Path) -> None:
    """The plan names each file and each difference and changes nothing."""
    target = tmp_path / "www"
    deploy(policies, FolderTarget(target), DAY, SITE_URL)
    next_version(policies)
    before = tree(target), tree(policies)
    result = runner.invoke(cli.app, ["deploy", "--to", str(target), "--dry-run"])
    assert result.exit_code == 0
    assert "limit “答复”: 5 working days → 7 working days, clause 2.2" in result.stdout
    assert "write sample/versions/2/index.html" in result.stdout.splitlines()
    assert "files would change" in result.stdout
    assert (tree(target), tree(policies)) == before


def test_mailbox_is_no_part_of_a_version(policies: Path, tmp_path: Path) -> None:
    """A changed mailbox is published without a new version, and open cases find it."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, DAY, SITE_URL)
    mend(policies / "sample" / "policy.yaml", "help@sample.example.com}", "new@sample.example.com}")
    done = deploy(policies, target, DAY, SITE_URL)
    assert "contracts/directory/sample.json" in done.files
    content = target.read("contracts/directory/sample.json")
    assert content is not None
    assert b"new@sample.example.com" in content


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.3 对答复不满意的", "2.3 对答复不满的"),
        ("effective_from: 2026-01-01", "effective_from: 2026-01-02"),
        ("contact: privacy@sample", "contact: other@sample"),
    ],
)
def test_published_version_never_changes(
    policies: Path, tmp_path: Path, old: str, new: str
) -> None:
    """A published version with a changed word is refused everywhere: exit 1, nothing written."""
    target = tmp_path / "www"
    deploy(policies, FolderTarget(target), DAY, SITE_URL)
    file = "procedure.md" if old.startswith("2.3") else "policy.yaml"
    mend(policies / "sample" / file, old, new)
    before = tree(target), tree(policies)
    for arguments in (
        ["check"],
        ["build", "--out", str(tmp_path / "dist")],
        ["deploy", "--to", str(target)],
        ["deploy", "--to", str(target), "--dry-run"],
    ):
        result = runner.invoke(cli.app, arguments)
        assert result.exit_code == 1
        assert "published-changed" in result.output
        assert "Undo the change, run `build.py revise sample`" in result.output
    assert (tree(target), tree(policies)) == before
    assert not (tmp_path / "dist").exists()


def test_archived_version_never_changes(policies: Path, tmp_path: Path) -> None:
    """A published version must not change in the archive either; the open one may change."""
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    next_version(policies)
    assert read_all(policies)[1] == ()
    mend(policies / "sample" / "revisions" / "1" / "procedure.md", "5 个工作日", "五个工作日")
    (found,) = read_all(policies)[1]
    assert (found.code, found.file.parent.name) == ("published-changed", "1")


def test_comments_may_change(policies: Path, tmp_path: Path) -> None:
    """Comments, blank lines and quotation marks of a published version may change."""
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    mend(policies / "sample" / "policy.yaml", "title:", "# 标题\ntitle:")
    mend(policies / "sample" / "policy.yaml", "source: 投诉办法", "source: '投诉办法'")
    mend(policies / "sample" / "procedure.md", "\n2.2", "\n\n\n2.2")
    assert read_all(policies)[1] == ()


def test_record_keeps_what_it_has(policies: Path, tmp_path: Path) -> None:
    """Another deploy records the new version and keeps the entry of the old one."""
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    first = published(policies)["sample"]["1"]
    next_version(policies)
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    assert published(policies)["sample"].keys() == {"1", "2"}
    assert published(policies)["sample"]["1"] == first


def test_unreadable_record_is_a_finding(policies: Path, tmp_path: Path) -> None:
    """A record with merge conflict marks is a finding, and nothing is published."""
    record_published(policies, {"sample": {"1": "0"}})
    (policies / "published.json").write_text("<<<<<<< HEAD\n{}\n")
    for arguments in (["check"], ["deploy", "--to", str(tmp_path / "www")], ["revise", "sample"]):
        result = runner.invoke(cli.app, arguments)
        assert result.exit_code == 1
        assert "published.json cannot be read" in result.output
    assert tree(tmp_path / "www") == {}


def test_other_peoples_files_are_safe(policies: Path, tmp_path: Path) -> None:
    """A folder that is not a site is neither written to nor emptied: exit 2."""
    (tmp_path / "home" / "photos").mkdir(parents=True)
    (tmp_path / "home" / "photos" / "one.jpg").write_text("photo")
    before = tree(tmp_path)
    for place in (tmp_path / "home", tmp_path / "home" / "photos" / "one.jpg"):
        result = runner.invoke(cli.app, ["build", "--out", str(place)])
        assert result.exit_code == 2
        assert "name a folder that is only for the site" in result.output
    photo = tmp_path / "home" / "photos" / "one.jpg"
    assert runner.invoke(cli.app, ["deploy", "--to", str(photo)]).exit_code == 2
    assert tree(tmp_path) == before


def test_forms_and_versions_are_written_before_what_leads_to_them(policies: Path) -> None:
    """A disclosure page is written after its forms and versions, the index last."""
    next_version(policies)
    order = in_order(render(read_all(policies)[0], DAY, SITE_URL).files)
    for prefix in ("", "en/"):
        home = order.index(f"{prefix}sample/index.html")
        for below in ("complaint", "complaint/print", "versions/1", "versions/2"):
            assert order.index(f"{prefix}sample/{below}/index.html") < home
    assert order[-3:] == ["contracts/current.json", "en/index.html", "index.html"]
