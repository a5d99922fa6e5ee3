"""Reads the commands of systemd units and runs them with paths of a test."""

import shlex
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

UNITS = ("ombud.service", "ombud-backup.service", "ombud-policies.service")


def sections(text: str) -> dict[str, list[tuple[str, str]]]:
    """The keys and values of a unit, by section; a key may stand more than once."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[section].append((key, value))
    return dict(found)


def commands(unit: Path, key: str, places: Mapping[str, Path]) -> list[list[str]]:
    """The command lines of a key such as ExecStart, with `places` in place of the unit's paths."""
    lines = [value for name, value in sections(unit.read_text("utf-8"))["Service"] if name == key]
    return [
        [moved(word.replace("%%", "%"), places) for word in shlex.split(line.lstrip("+-@!"))]
        for line in lines
    ]


def moved(text: str, places: Mapping[str, Path]) -> str:
    """The text with other paths."""
    for old, new in places.items():
        text = text.replace(old, str(new))
    return text


def environment(file: Path) -> dict[str, str]:
    """The variables of an EnvironmentFile."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
