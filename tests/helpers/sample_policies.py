"""Writes, changes and reads policies and staff for tests."""

import shutil
from pathlib import Path
from zlib import crc32

from functions.model.reference import ALPHABET
from site_src.places import POLICIES
from site_src.policy.edition import Edition
from site_src.policy.load import load

ORGANISATIONS = sorted(path.parent.name for path in POLICIES.glob("*/policy.yaml"))
"""The samples, in alphabetical order."""

IDENTITY = """\
id: {id}
version: "1"
effective_from: 2026-01-01
title: 投诉办法
source: 投诉办法
organisation: {{name: 示例单位, prefix: "{prefix}", mailbox: own@{id}.example.com}}
privacy:
  handler: 示例单位
  contact: privacy@{id}.example.com
  purpose: 受理投诉
  method: 加密传输
  data: 姓名和联系方式
  retention_years: 3
"""
"""The identity of an organisation: the facts that a policy with `extends` must state itself."""

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


def prefix_of(id: str) -> str:
    """Returns a prefix that no other id gets: two organisations may not share one.

    It may be digits alone, which YAML reads as a number without quotes.
    """
    number = crc32(id.encode())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(4))


def copied(sample: Path, id: str) -> Path:
    """Copies the sample policy to another organisation of the same procedure."""
    folder = sample.with_name(id)
    shutil.copytree(sample, folder)
    mend(folder / "policy.yaml", "id: sample", f"id: {id}")
    mend(folder / "policy.yaml", "prefix: SM", f'prefix: "{prefix_of(id)}"')
    return folder


def write(policies: Path, id: str, facts: str, text: str) -> Path:
    """Writes a policy with these facts and this text; returns its folder."""
    folder = policies / id
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text(
        IDENTITY.format(id=id, prefix=prefix_of(id)) + facts, encoding="utf-8"
    )
    (folder / "procedure.md").write_text(text, encoding="utf-8")
    return folder


def mend(file: Path, old: str, new: str) -> None:
    """Replaces words that occur in the file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} says {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def loaded(folder: Path) -> Edition:
    """Returns the edition of a folder, and asserts that it is readable."""
    source = load(folder)
    assert isinstance(source, Edition), source
    return source


def tree(folder: Path) -> dict[str, bytes]:
    """Returns the content of every file below a folder, by path, without what is under way."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != ".publish"
    }


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
