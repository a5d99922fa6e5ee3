"""Writes staff.yaml for the sample policy."""

from pathlib import Path

SAMPLE_STAFF = """\
# 处理投诉的人员
staff:
  # 客服部
  - address: lin.yi@sample.example.com
    name: 林怡
    roles: [service]
  # 经理
  - address: lu.min@sample.example.com
    name: 陆敏
    roles: [manager]
    also: [陆经理]
"""
"""One person for each role."""


def write_staff(folder: Path, text: str = SAMPLE_STAFF) -> Path:
    """Writes the file; returns its path."""
    file = folder / "staff.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def entry(address: str, *roles: str, name: str = "林怡", until: str | None = None) -> str:
    """An entry of the file, for `staffed`."""
    lines = [f"  - address: {address}", f"    name: {name}", f"    roles: [{', '.join(roles)}]"]
    return "\n".join([*lines, *([f"    until: {until}"] if until else [])]) + "\n"


def staffed(*entries: str) -> str:
    """A file with these entries."""
    return "staff:\n" + "".join(entries)
