"""docs/architecture.md names every package, and every path in it exists."""

import re

from site_src.places import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([\w.-]+/[\w./-]*)`", PAGE))


def test_every_path_exists() -> None:
    """Each path between backticks is a file or, with a slash at its end, a folder."""
    assert len(NAMED) > 60
    for name in sorted(NAMED):
        path = ROOT / name
        assert path.is_dir() if name.endswith("/") else path.is_file(), name


def test_every_room_is_named() -> None:
    """Each package of the build and the functions has a line."""
    for half in ("site_src", "functions"):
        for package in (ROOT / half).glob("*/__init__.py"):
            assert f"| `{half}/{package.parent.name}/` |" in PAGE


def test_every_entry_is_named() -> None:
    """Each Lambda entry of serverless.yml is in one of the walk-throughs."""
    serverless = (ROOT / "serverless.yml").read_text(encoding="utf-8")
    entries = set(re.findall(r"handler: functions[./](\w+)\.handler", serverless))
    assert entries
    for entry in entries:
        assert f"functions/{entry}.py" in NAMED
