"""The docs say what the program does: every command, variable and file they name exists."""

import re

from typer.main import get_command

from cli import app as cli
from site_src.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    """Each command of build.py stands in the README."""
    group = get_command(cli.app)
    for name in group.commands:  # type: ignore[attr-defined]
        assert f"build.py {name}" in README


def test_every_variable_is_documented() -> None:
    """Each environment variable that the settings read is in the README; at most ten."""
    settings = (ROOT / "functions" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(OMBUD_\w+)"', settings))
    assert read == set(re.findall(r"`(OMBUD_\w+)`", README))
    assert len(read) <= 10


def test_linked_files_exist() -> None:
    """No link in the docs leads nowhere."""
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{path}: {link}"
