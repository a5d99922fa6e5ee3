"""Every command, variable and file that the docs name exists, and every one is documented."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from cli import app as cli
from site_src.places import ROOT

DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = get_command(cli.app).commands  # type: ignore[attr-defined]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *DOCS.glob("**/*.md"),
]


def read(name: str) -> str:
    """A page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    """Each command of build.py has a section with an example, its options and its exit codes."""
    section = read("commands.md").partition(f"\n### build.py {name}\n")[2].partition("\n##")[0]
    assert f"python build.py {name}" in section
    assert "Exit" in section
    command = COMMANDS[name]
    parts = getattr(command, "commands", {})
    for part in parts:
        assert f"python build.py {name} {part}" in section
    params = [param for one in (command, *parts.values()) for param in one.params]
    options = [one for option in params for one in option.opts if one[:2] == "--"]
    for option in set(options) - {"--data", "--policies"}:  # which many commands share
        assert option in section, option


def test_nothing_else_is_a_command() -> None:
    """Neither the docs nor the README name a command that build.py does not have."""
    for path in PAGES:
        for name in re.findall(r"\bbuild\.py ([a-z]+)\b", path.read_text(encoding="utf-8")):
            assert name in COMMANDS, f"{path}: {name}"


def test_every_variable_is_documented() -> None:
    """Each environment variable that the settings read has a row; there are at most ten."""
    settings = (ROOT / "functions" / "settings.py").read_text(encoding="utf-8")
    read_there = set(re.findall(r'"(OMBUD_\w+)"', settings))
    rows = re.findall(r"^\| `(OMBUD_\w+)` \|", read("settings.md"), re.MULTILINE)
    assert read_there == set(rows)
    assert len(rows) <= 10


def test_index_lists_every_page() -> None:
    """The README links to the index, and the index links to each page."""
    assert "](docs/README.md)" in README
    index = read("README.md")
    for path in DOCS.glob("*.md"):
        assert path.name == "README.md" or f"]({path.name})" in index, path.name


def test_readme_is_short() -> None:
    """A newcomer can read the README in three minutes."""
    assert len(re.findall(r"[A-Za-z0-9]+", README)) <= 640


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Each link leads to an existing file and, if it has a fragment, to a heading of that file."""
    for link in re.findall(r"\]\(([^):]+)\)", path.read_text(encoding="utf-8")):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#{1,6} (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
