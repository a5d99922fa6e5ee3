"""The structure of the code: small folders, short modules, and one meaning for each name."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from site_src.places import ROOT

HALVES = ("cli", "functions", "site_src")
MOST_MODULES = 15
LONGEST_MODULE = 300
MEDIAN_MODULE = 120
CONVENTIONAL = {"handler", "log"}
"""What every Lambda entry and every module that logs has, meaning the same in each."""


def modules(*folders: str) -> list[Path]:
    """Every module below these folders except `__init__`."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.name != "__init__.py"
    ]


def public_names(path: Path) -> Iterator[str]:
    """The names that a module defines at its top level."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_no_folder_is_a_list_to_grep() -> None:
    """A folder has at most fifteen modules, without test modules."""
    counted: defaultdict[Path, int] = defaultdict(int)
    for path in modules(*HALVES, "benchmarks", "tests", "infra"):
        counted[path.parent.relative_to(ROOT)] += not path.name.startswith("test_")
    assert {folder: many for folder, many in counted.items() if many > MOST_MODULES} == {}


def test_modules_are_short() -> None:
    """The median module has at most 120 lines, and none has more than 300."""
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*HALVES)
    }
    assert median(lengths.values()) <= MEDIAN_MODULE
    assert [path for path, length in lengths.items() if length > LONGEST_MODULE] == []


@pytest.mark.parametrize("half", HALVES)
def test_every_room_says_what_it_is_for(half: str) -> None:
    """Each package has an `__init__` of one line: a sentence, and no code."""
    for folder in {path.parent for path in modules(half)}:
        (line,) = (folder / "__init__.py").read_text(encoding="utf-8").splitlines()
        assert line.startswith('"""')
        assert line.endswith('."""')


def test_one_name_has_one_meaning() -> None:
    """No public name is defined by two modules."""
    defined: defaultdict[str, list[str]] = defaultdict(list)
    for path in modules(*HALVES):
        for name in public_names(path):
            if not name.startswith("_") and name not in CONVENTIONAL:
                defined[name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in defined.items() if len(paths) > 1} == {}


def test_layers_hold() -> None:
    """Imports respect the layers in pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout
