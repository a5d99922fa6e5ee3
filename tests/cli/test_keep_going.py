"""`--keep-going` leaves out what has findings, says what and why, and exits with 1."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from tests.helpers.sample_policies import copied, mend

runner = CliRunner()


@pytest.fixture
def draft(policies: Path) -> Path:
    """A good organisation and a draft; returns the draft's policy.yaml."""
    file = copied(policies / "sample", "branch") / "policy.yaml"
    file.write_text(f"status: draft\n{file.read_text('utf-8')}", encoding="utf-8")
    return file


def options(command: str, folder: Path) -> list[str]:
    """The command with where it writes to."""
    return [command, {"build": "--out", "deploy": "--to"}[command], str(folder)]


@pytest.mark.parametrize("command", ["build", "deploy"])
def test_draft_is_left_out(draft: Path, tmp_path: Path, command: str) -> None:
    """Refused by name without the option, left out by name with it, built once it is finished."""
    www = tmp_path / "www"
    refused = runner.invoke(cli.app, options(command, www))
    assert refused.exit_code == 1
    assert f"{draft}:1:1: draft (field status)" in refused.stderr
    assert "without findings: sample" in refused.stderr
    assert not (www / "index.html").exists()
    done = runner.invoke(cli.app, [*options(command, www), "--keep-going"])
    assert done.exit_code == 1
    assert "draft (field status)" in done.stderr
    assert done.stderr.splitlines()[-1] == "left out, as they were before: branch"
    assert (www / "sample" / "index.html").is_file()
    assert not (www / "branch").exists()
    mend(draft, "status: draft\n", "")
    finished = runner.invoke(cli.app, [*options(command, www), "--keep-going"])
    assert finished.exit_code == 0
    assert (www / "branch" / "index.html").is_file()


def test_it_is_said_in_chinese(draft: Path, tmp_path: Path) -> None:
    """What is left out is said in the language of the findings."""
    arguments = [*options("build", tmp_path / "www"), "--keep-going", "--language", "zh-CN"]
    said = runner.invoke(cli.app, arguments).stderr
    assert "这份办法还是草稿，不会公布。" in said
    assert said.splitlines()[-1] == "略去未动的单位：branch"


def test_what_concerns_all_is_never_left_out(policies: Path, draft: Path, tmp_path: Path) -> None:
    """A published.json that cannot be read stops everything, whatever the option."""
    (policies / "published.json").write_text("[", encoding="utf-8")
    for command in ("build", "deploy"):
        result = runner.invoke(cli.app, [*options(command, tmp_path / "www"), "--keep-going"])
        assert result.exit_code == 1
        assert "published.json cannot be read" in result.stderr
        assert not (tmp_path / "www" / "index.html").exists()
