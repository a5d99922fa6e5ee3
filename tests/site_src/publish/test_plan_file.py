"""`plan` says what a deploy would do; `deploy PLAN` does exactly that or refuses."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app as cli
from site_src.publish.targets.folder import FolderTarget
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    mailbox,
    next_version,
    record_at,
)
from tests.helpers.sample_policies import mend, tree


@pytest.fixture
def www(policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to which version 1 is published; the checkout then has version 2."""
    monkeypatch.setattr("cli.publishing.deploying.today", lambda: DAY)
    deploy(policies, FolderTarget(tmp_path / "www"))
    next_version(policies)
    return tmp_path / "www"


def run(*arguments: str | Path) -> Result:
    """Runs a command."""
    return CliRunner().invoke(cli.app, list(map(str, arguments)))


def planned(www: Path, *more: str | Path) -> Result:
    """Makes a plan in `plan.json` beside the target."""
    file = www.with_name("plan.json")
    return run("plan", "--to", www, "--site-url", SITE_URL, "--out", file, *more)


def test_plan_is_done_exactly(policies: Path, www: Path) -> None:
    """Nothing is written before; then every file is what the plan says, and exit codes tell."""
    before = tree(www), tree(policies)
    made = planned(www)
    assert made.exit_code == 1
    assert "limit “答复”: 5 working days → 7 working days, clause 2.2" in made.stdout
    assert "write sample/versions/2/index.html" in made.stdout.splitlines()
    assert (tree(www), tree(policies)) == before
    plan = json.loads(www.with_name("plan.json").read_text("utf-8"))
    assert plan["gone"] == []
    done = run("deploy", www.with_name("plan.json"))
    assert done.exit_code == 0, done.output
    wrote = [line.removeprefix("wrote ") for line in done.stdout.splitlines() if "wrote " in line]
    assert wrote == [*plan["files"]]
    record = record_at(FolderTarget(www))
    known = record.files | record.organisations["sample"].files
    assert plan["files"].items() <= known.items()
    nothing = planned(www)
    assert nothing.exit_code == 0
    assert "The public will see no difference." in nothing.stdout


def test_plan_of_nothing_is_done(policies: Path, www: Path) -> None:
    """A plan that changes nothing is no error."""
    deploy(policies, FolderTarget(www))
    assert planned(www).exit_code == 0
    assert run("deploy", www.with_name("plan.json")).exit_code == 0


def test_forms_of_a_plan(www: Path) -> None:
    """JSON is the plan that `deploy` takes; HTML shows changes side by side, and every file."""
    content = planned(www, "--format", "json").stdout
    assert content == www.with_name("plan.json").read_text("utf-8") + "\n"
    page = planned(www, "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert "<ins>7 working days</ins>" in page
    assert "<li>write sample/versions/2/index.html</li>" in page
    chinese = planned(www, "--language", "zh-CN").stdout
    assert "将写入 sample/versions/2/index.html" in chinese.splitlines()


def refused(www: Path) -> str:
    """Why the plan is not carried out; nothing is written."""
    before = files_at(FolderTarget(www))
    said = run("deploy", www.with_name("plan.json"))
    assert said.exit_code == 1, said.output
    assert files_at(FolderTarget(www)) == before
    first, *reasons = said.stderr.splitlines()
    assert first == "Nothing was written: the plan is out of date."
    return "\n".join(reasons)


def test_target_that_moved_on(policies: Path, www: Path) -> None:
    """If somebody else has published meanwhile, the plan is refused by name."""
    planned(www)
    deploy(policies, FolderTarget(www))
    reasons = refused(www)
    assert "the target has moved on: ana@here published sample at 20" in reasons
    assert "would not become what was planned" in reasons


def test_checkout_that_changed(policies: Path, www: Path) -> None:
    """If the checkout has changed, so would what is published: refused, with a file."""
    planned(www)
    mailbox(policies)
    assert "1 files would not become what was planned, such as contracts/directory" in refused(www)


def test_day_that_passed(
    policies: Path, www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another day the same plan may still be right; where it is not, the day is named."""

    mend(
        policies / "sample" / "policy.yaml",
        "effective_from: 2026-03-01",
        "effective_from: 2026-03-03",
    )
    planned(www)
    monkeypatch.setattr("cli.publishing.deploying.today", lambda: date(2026, 3, 3))
    assert "the plan is of 2026-03-02, and today is 2026-03-03" in refused(www)


def test_findings_and_refusals_make_no_plan(policies: Path, www: Path) -> None:
    """What `deploy` would refuse, `plan` refuses, too, and writes no file."""
    mend(policies / "sample" / "policy.yaml", "value: 7", "value: 8")
    assert planned(www).exit_code == 1
    assert not www.with_name("plan.json").exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}'])
def test_file_that_is_no_plan(tmp_path: Path, content: str) -> None:
    """Wrong use: exit 2, and one line that says so."""
    file = tmp_path / "plan.json"
    assert run("deploy", file).exit_code == 2
    file.write_text(content)
    said = run("deploy", file)
    assert said.exit_code == 2
    assert "is no plan of this release" in said.stderr


@pytest.mark.parametrize("source", ["--dry-run", " one", "one\n", "a b", "/x", "x" * 101])
def test_source_that_is_no_name(www: Path, source: str) -> None:
    """Wrong use: nothing is published under it, least of all for want of a name."""
    for command in ("plan", "deploy"):
        said = run(command, "--to", www, "--source", source)
        assert said.exit_code == 2
        assert "is no name of a checkout" in " ".join(said.stderr.split())


def test_plan_takes_no_other_target(www: Path) -> None:
    """A plan has its own target and options, so none is ignored; without one, `--to` must be."""
    planned(www)
    for more in (("--to", www), ("--remove", "sample"), ("--source", "a"), ("--keep-going",)):
        both = run("deploy", www.with_name("plan.json"), *more)
        assert both.exit_code == 2
        assert "give no other options" in both.stderr
    assert run("deploy").exit_code == 2
