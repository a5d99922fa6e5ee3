"""`--policies DIR`: each command works on a folder that lies anywhere."""

import json
import shutil
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli import app as cli
from tests.conftest import KEY, SITE_URL
from tests.helpers.places import EXAMPLES

STORE_ONLY = {
    *("archive", "attachments", "backup", "erase", "expire", "export", "rekey", "report"),
    *("restore", "settings", "statistics"),
}
"""The commands that read the store and the contracts, and no policy."""

NEW = "en\nMy Shop\n\nMS\nshop@example.com\nManager\n\n5\nn\n"
"""The answers of a small shop to the questions of `new`."""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of policies that is not the one in which commands look by themselves."""
    monkeypatch.setattr("site_src.places.POLICIES", tmp_path / "nowhere")
    monkeypatch.setenv("OMBUD_SITE_URL", SITE_URL)
    folder = tmp_path / "elsewhere"
    shutil.copytree(EXAMPLES / "good", folder)
    return folder


def run(*arguments: object, input: str = "") -> tuple[int, str]:
    """The exit code and all output of a command."""
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=input)
    return result.exit_code, result.output


def test_every_command_on_policies_has_it() -> None:
    """What does not read the store alone takes the option."""
    commands = dict(get_command(cli.app).commands)  # type: ignore[attr-defined]
    commands |= commands.pop("staff").commands
    without = {
        name
        for name, command in commands.items()
        if not any("--policies" in param.opts for param in command.params)
    }
    assert without == STORE_ONLY


def test_each_command_works_there(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them reads and writes that folder and no other."""
    monkeypatch.setenv("OMBUD_KEY", KEY.hex())
    there, out, target = ("--policies", elsewhere), tmp_path / "dist", tmp_path / "www"
    data = ("--data", tmp_path / "none")
    person = ("--address", "wu@example.com", "--name", "吴可", "--role", "service")
    for code, says, *arguments in (
        (0, "1 policies checked, 0 findings", "check"),
        (0, "sample", "show", "sample"),
        (0, f"files written to {out}", "build", "--out", out),
        (0, "files changed at", "deploy", "--to", target),
        (0, "Written", "keys"),
        (0, "", "migrate", "--check"),
        (0, "", "diff", "--against", target),
        (0, "is now version", "revise", "sample"),
        (0, "", "staff", "add", "sample", *person, *data),
        (0, "wu@example.com", "staff", "list", "sample", *data),
    ):
        found, output = run(*arguments, *there)
        assert (found, says in output) == (code, True), (arguments, output)
    assert (out / "sample" / "index.html").is_file()
    assert (elsewhere / "published.json").is_file()
    assert not (tmp_path / "nowhere").exists()


def test_new_begins_a_folder(tmp_path: Path, elsewhere: Path) -> None:
    """`new` makes the folder with the schemas that editors look for, and `check` takes it."""
    folder = tmp_path / "first" / "policies"
    code, output = run("new", "my-shop", "--policies", folder, input=NEW)
    assert code == 0, output
    schema = json.loads((folder / "policy.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == "Policy"
    assert (folder / "staff.schema.json").is_file()
    assert run("check", "--policies", folder)[0] == 0


def test_missing_folder_is_named(tmp_path: Path) -> None:
    """A folder that is not there is wrong use, and the message says which."""
    for command in ("check", "build", "diff"):
        code, output = run(command, "--policies", tmp_path / "none")
        assert (code, "there is no folder" in output) == (2, True)
