"""Publishing: what is published stays as it is, and an interrupted deploy breaks no page."""

import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import build as cli
from site_src.deploy import deploy
from site_src.editions import record_published
from site_src.render import render
from site_src.site import build, read_all
from site_src.write import in_order
from tests.samples import mend, tree

DAY = date(2026, 3, 2)
ASSET = re.compile(r'(?:href|src)="/(assets/[\w.-]+)')
CONTRACT = re.compile(r'name="contract" value="(\w+)"')
runner = CliRunner()


class Interrupted(Exception):
    """The machine stops."""


@pytest.fixture(autouse=True)
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 2 March 2026 on the command line."""
    monkeypatch.setattr(cli, "today", lambda: DAY)


def published(policies: Path) -> dict[str, dict[str, str]]:
    """What published.json remembers."""
    content: dict[str, dict[str, str]] = json.loads((policies / "published.json").read_text())
    return content


def change(policies: Path) -> None:
    """Another limit, in fact and text."""
    mend(policies / "sample" / "policy.yaml", "value: 5", "value: 7")
    mend(policies / "sample" / "procedure.md", "5 个工作日", "7 个工作日")


def next_version(policies: Path) -> None:
    """Archives version 1 and changes version 2."""
    assert runner.invoke(cli.app, ["revise", "sample"]).exit_code == 0
    change(policies)


def test_deploy_writes_and_records(policies: Path, tmp_path: Path) -> None:
    """The folder holds what a build makes, and the version is remembered as published."""
    target = tmp_path / "www"
    result = runner.invoke(cli.app, ["deploy", "--to", str(target)])
    assert result.exit_code == 0, result.output
    build(policies, tmp_path / "dist", DAY)
    assert tree(target) == tree(tmp_path / "dist")
    assert "organisation added: Sample" in result.stdout
    assert f"{len(tree(target))} files written to {target}" in result.stdout
    assert published(policies).keys() == {"sample"}
    assert published(policies)["sample"].keys() == {"1"}
    again = runner.invoke(cli.app, ["deploy", "--to", str(target)])
    assert "The public will see no difference." in again.stdout
    assert "0 files written" in again.stdout


def test_dry_run_writes_nothing(policies: Path, tmp_path: Path) -> None:
    """The plan names each file and each difference, and leaves everything as it is."""
    target = tmp_path / "www"
    deploy(policies, target, DAY)
    next_version(policies)
    before = tree(target), tree(policies)
    result = runner.invoke(cli.app, ["deploy", "--to", str(target), "--dry-run"])
    assert result.exit_code == 0
    assert "limit “答复”: 5 working days → 7 working days, clause 2.2" in result.stdout
    assert "sample/versions/2/index.html" in result.stdout.splitlines()
    assert "files would be written" in result.stdout
    assert (tree(target), tree(policies)) == before
    fresh = tmp_path / "fresh"
    assert runner.invoke(cli.app, ["deploy", "--to", str(fresh), "--dry-run"]).exit_code == 0
    assert not fresh.exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.3 对答复不满意的", "2.3 对答复不满的"),
        ("effective_from: 2026-01-01", "effective_from: 2026-01-02"),
        ("help@sample.example.com}\nprivacy", "new@sample.example.com}\nprivacy"),
    ],
)
def test_published_version_never_changes(
    policies: Path, tmp_path: Path, old: str, new: str
) -> None:
    """A published version that differs by a word is refused everywhere: exit 1, nothing written."""
    target = tmp_path / "www"
    deploy(policies, target, DAY)
    file = "procedure.md" if old.startswith("2.3") else "policy.yaml"
    mend(policies / "sample" / file, old, new)
    before = tree(target), tree(policies)
    for arguments in (
        ["check"],
        ["build", "--out", str(target)],
        ["build", "--out", str(tmp_path / "dist")],
        ["deploy", "--to", str(target)],
        ["deploy", "--to", str(target), "--dry-run"],
    ):
        result = runner.invoke(cli.app, arguments)
        assert result.exit_code == 1
        assert "published-changed" in result.output
        assert "run `build.py revise sample` first" in result.output
    assert (tree(target), tree(policies)) == before
    assert not (tmp_path / "dist").exists()


def test_archived_version_never_changes(policies: Path, tmp_path: Path) -> None:
    """An archived version is held to what was published, too; the open one may change."""
    deploy(policies, tmp_path / "www", DAY)
    next_version(policies)
    assert read_all(policies)[1] == ()
    mend(policies / "sample" / "revisions" / "1" / "procedure.md", "5 个工作日", "五个工作日")
    (found,) = read_all(policies)[1]
    assert (found.code, found.file.parent.name) == ("published-changed", "1")


def test_comments_may_change(policies: Path, tmp_path: Path) -> None:
    """Comments, blank lines and the way of quoting are not what is published."""
    deploy(policies, tmp_path / "www", DAY)
    mend(policies / "sample" / "policy.yaml", "title:", "# 标题\ntitle:")
    mend(policies / "sample" / "policy.yaml", "source: 投诉办法", "source: '投诉办法'")
    mend(policies / "sample" / "procedure.md", "\n2.2", "\n\n\n2.2")
    assert read_all(policies)[1] == ()


def test_record_keeps_what_it_has(policies: Path, tmp_path: Path) -> None:
    """Another deploy adds the new version and leaves the old one's entry."""
    deploy(policies, tmp_path / "www", DAY)
    first = published(policies)["sample"]["1"]
    next_version(policies)
    deploy(policies, tmp_path / "www", DAY)
    assert published(policies)["sample"].keys() == {"1", "2"}
    assert published(policies)["sample"]["1"] == first


def test_unreadable_record_is_a_finding(policies: Path, tmp_path: Path) -> None:
    """A record with the marks of a merge is found, and nothing is published on a guess."""
    record_published(policies, read_all(policies)[0])
    (policies / "published.json").write_text("<<<<<<< HEAD\n{}\n")
    for arguments in (["check"], ["deploy", "--to", str(tmp_path / "www")], ["revise", "sample"]):
        result = runner.invoke(cli.app, arguments)
        assert result.exit_code == 1
        assert "published.json cannot be read" in result.output
    assert not (tmp_path / "www").exists()


@pytest.mark.parametrize("command", [["build", "--out"], ["deploy", "--to"]])
def test_other_peoples_files_are_safe(policies: Path, tmp_path: Path, command: list[str]) -> None:
    """A folder with anything but a site is not written to, nor emptied: exit 2."""
    (tmp_path / "home" / "photos").mkdir(parents=True)
    (tmp_path / "home" / "photos" / "one.jpg").write_text("photo")
    before = tree(tmp_path)
    for place in (tmp_path / "home", tmp_path / "home" / "photos" / "one.jpg"):
        result = runner.invoke(cli.app, [*command, str(place)])
        assert result.exit_code == 2
        assert "name a folder that is for the site alone" in result.output
    assert tree(tmp_path) == before


def broken_references(target: Path) -> list[str]:
    """The contracts and assets that a page or pointer refers to and that are not there."""
    missing = []
    for path in target.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        named = {f"contracts/{digest}.json" for digest in CONTRACT.findall(page)}
        named |= set(ASSET.findall(page))
        missing += [f"{path.name}: {name}" for name in named if not (target / name).is_file()]
    pointers = target / "contracts" / "current.json"
    if pointers.is_file():
        content = json.loads(pointers.read_text(encoding="utf-8"))
        digests = [*content["organisations"].values(), *content["site"].values()]
        missing += [one for one in digests if not (target / "contracts" / f"{one}.json").is_file()]
    return missing


def interrupt_after(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """The machine stops when that many files are in place."""
    replace, left = os.replace, [files]

    def counted(source: Path, target: Path) -> None:
        if not left[0]:
            raise Interrupted
        left[0] -= 1
        replace(source, target)

    monkeypatch.setattr("site_src.write.os.replace", counted)


def test_forms_and_versions_are_written_before_what_leads_to_them(policies: Path) -> None:
    """A disclosure page comes after its forms and versions, the index after everything."""
    next_version(policies)
    order = in_order(render(read_all(policies)[0], DAY))
    for prefix in ("", "en/"):
        home = order.index(f"{prefix}sample/index.html")
        for below in ("complaint", "complaint/print", "versions/1", "versions/2"):
            assert order.index(f"{prefix}sample/{below}/index.html") < home
    assert order[-3:] == ["contracts/current.json", "en/index.html", "index.html"]


@pytest.mark.parametrize("first", [True, False], ids=["first deploy", "new version"])
def test_interrupted_deploy_breaks_no_page(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    """After any number of files each page finds its contract and assets; again, it finishes."""
    target = tmp_path / "www"
    if not first:
        deploy(policies, target, DAY)
        next_version(policies)
        monkeypatch.setattr("site_src.render._ASSETS", changed_assets(tmp_path))
    build(policies, tmp_path / "whole", DAY)
    whole = len(tree(tmp_path / "whole"))
    interruptions = 0
    for _ in range(whole):
        with monkeypatch.context() as interrupted:
            interrupt_after(interrupted, 4)
            try:
                deploy(policies, target, DAY)
                break
            except Interrupted:
                interruptions += 1
        assert broken_references(target) == []
    assert interruptions > 4
    assert broken_references(target) == []
    made, wanted = tree(target), tree(tmp_path / "whole")
    drafts = {name for name in made if name.rpartition("/")[2].startswith(".")}
    assert drafts == set()
    assert wanted.items() <= made.items()
    assert all(name.startswith("contracts/") for name in made.keys() - wanted.keys())


def changed_assets(tmp_path: Path) -> Path:
    """The assets, each with another content, and so another name."""
    from site_src.render import _ASSETS

    folder = tmp_path / "assets"
    folder.mkdir()
    for path in _ASSETS.iterdir():
        (folder / path.name).write_bytes(path.read_bytes() + b"\n")
    return folder


def test_interrupted_deploy_is_remembered(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have been seen counts as published, even if the deploy did not finish."""
    with monkeypatch.context() as interrupted:
        interrupt_after(interrupted, 3)
        with pytest.raises(Interrupted):
            deploy(policies, tmp_path / "www", DAY)
    change(policies)
    assert [found.code for found in read_all(policies)[1]] == ["published-changed"]
