"""The command line: exit codes, output formats, and no partial writes."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.next_year import LAST_NOTICE
from site_src.publish.build import build

runner = CliRunner()


def spoil(policies: Path) -> None:
    """Changes one number in the text, so that it contradicts its fact."""
    path = policies / "sample" / "procedure.md"
    path.write_text(path.read_text("utf-8").replace("5 个工作日", "6 个工作日"), "utf-8")


def test_check_clean(policies: Path) -> None:
    """`check` exits with 0 if the text and the facts agree."""
    result = runner.invoke(cli.app, ["check"])
    assert result.exit_code == 0
    assert "1 policies checked, 0 findings" in result.output


def test_check_findings(policies: Path) -> None:
    """`check` exits with 1 on findings and prints file, line, column, field, clause, remedy."""
    spoil(policies)
    result = runner.invoke(cli.app, ["check", "sample"])
    assert result.exit_code == 1
    assert (
        "policy.yaml:27:18: limit-not-in-text (field limits[0].value clause 2.2)" in result.output
    )
    assert "It says: 6 个工作日. Write `value: 6, unit: working_day`, " in result.output


@pytest.mark.parametrize(
    ("file", "command"),
    [("site.yaml", "build"), ("published.json", "check"), ("calendar/CN-2027.yaml", "check")],
)
def test_only_organisations_are_counted(
    policies: Path, tmp_path: Path, file: str, command: str
) -> None:
    """A file of the whole site has its finding, and is no policy."""
    (policies / file).parent.mkdir(exist_ok=True)
    (policies / file).write_text("a: [", encoding="utf-8")
    out = ["--out", str(tmp_path / "dist")] if command == "build" else []
    result = runner.invoke(cli.app, [command, *out])
    assert result.exit_code == 1
    assert "\n1 policies checked, 1 findings\n" in result.output


def test_check_tables(policies: Path) -> None:
    """`check` prints facts and conformance before the findings, even if there are findings."""
    spoil(policies)
    lines = runner.invoke(cli.app, ["check"]).stdout.splitlines()
    assert lines[0] == "# sample: 示例单位《投诉办法》 1"
    facts = [line.split() for line in lines if line.startswith(("channels", "limits"))]
    assert [line[-1] for line in facts] == ["2.1", "2.1", "2.2", "2.3"]
    assert "PIPL article 17: 8 met, 2 silent" in lines
    assert lines[-1] == "1 policies checked, 2 findings"


def test_check_json(policies: Path) -> None:
    """`check --format json` prints findings, facts and conformance of each organisation."""
    spoil(policies)
    content = json.loads(runner.invoke(cli.app, ["check", "--format", "json"]).stdout)
    assert content.keys() == {"language", "checked", "findings", "hints", "facts", "conformance"}
    assert content["checked"] == ["sample"]
    assert content["facts"]["sample"][0] == {
        "list": "kinds",
        "id": "complaint",
        "kind": None,
        "says": "投诉",
        "clause": "1.1",
    }
    assert content["conformance"]["sample"][0] == {
        "standard": "PIPL article 17",
        "element": "17.1 (1)",
        "about": None,
        "asks": "Who handles the data",
        "confirmed": True,
        "withdrawn": False,
        "result": {"state": "met", "clauses": [], "where": "privacy.handler"},
    }
    assert [finding["code"] for finding in content["findings"]] == [
        "limit-not-in-text",
        "duration-unclaimed",
    ]


@pytest.mark.parametrize(
    "arguments", [["check", "nobody"], ["check", "--format", "xml"], ["bild"], ["build", "x"]]
)
def test_wrong_use(policies: Path, arguments: list[str]) -> None:
    """Wrong arguments exit with 2."""
    assert runner.invoke(cli.app, arguments).exit_code == 2


def test_finding_writes_nothing(policies: Path, tmp_path: Path) -> None:
    """A build with findings leaves every file of the site untouched."""
    out = tmp_path / "dist"
    assert runner.invoke(cli.app, ["build", "--out", str(out)]).exit_code == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    spoil(policies)
    result = runner.invoke(cli.app, ["build", "--out", str(out)])
    assert result.exit_code == 1
    assert before == {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_contracts_are_never_deleted(policies: Path, tmp_path: Path) -> None:
    """A changed policy adds a contract, keeps the old one and removes stale pages."""
    out = tmp_path / "dist"
    build(policies, out)
    old = {path.name for path in (out / "contracts").iterdir()}
    spoil(policies)
    path = policies / "sample" / "policy.yaml"
    path.write_text(path.read_text("utf-8").replace("value: 5", "value: 6"), "utf-8")
    (out / "sample" / "gone").mkdir()
    (out / "sample" / "gone" / "index.html").write_text("old")
    build(policies, out)
    new = {path.name for path in (out / "contracts").iterdir()}
    assert old < new
    assert not (out / "sample" / "gone").exists()


def test_second_build_writes_nothing(policies: Path, tmp_path: Path) -> None:
    """A second build without changes writes nothing."""
    build(policies, tmp_path / "dist")
    assert build(policies, tmp_path / "dist") == 0


def test_two_builds_are_equal(policies: Path, tmp_path: Path) -> None:
    """The output depends only on the input, not on the clock or the order of sets."""
    for name in ("one", "two"):
        build(policies, tmp_path / name)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert first == second


@pytest.mark.parametrize(("calendar", "is_told"), [("CN", True), ("GB-ENG", False)])
def test_warning_of_next_year(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calendar: str, is_told: bool
) -> None:
    """Each build and check asks for next year of China's calendar where a policy counts on it."""
    monkeypatch.setattr("site_src.publish.build.today", lambda: date(LAST_NOTICE, 11, 1))
    file = policies / "sample" / "policy.yaml"
    organisation = f"organisation: {{calendar: {calendar}, "
    text = file.read_text("utf-8").replace("organisation: {", organisation, 1)
    file.write_text(text, "utf-8")
    for command in (["build", "--out", str(tmp_path / "dist")],) * 2 + (["check"],):
        result = runner.invoke(cli.app, command)
        assert result.exit_code == 0
        assert (f"CN-{LAST_NOTICE + 1}.yaml" in result.output) is is_told
