"""Archives the current version of a policy and opens the next one."""

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from site_src.errors import PoliciesRejected, VersionTaken
from site_src.load import POLICY_FILE, PROCEDURE_FILE, REVISIONS, Source, load

_SCHEMA = re.compile(r"\$schema=\.\./")
_YEAR = re.compile(r"(19|20)\d\d(-\d\d)?")


def revise(folder: Path, day: date) -> str:
    """Archives the version in `folder`, opens the next one as of `day`, returns its name.

    Nothing is changed unless the whole archive is in place. Raises VersionTaken, and
    PoliciesRejected where the current version cannot be read.
    """
    source = load(folder)
    if not isinstance(source, Source):
        raise PoliciesRejected(source)
    policy = source.policy
    archive = folder / REVISIONS / policy.version
    if archive.exists():
        raise VersionTaken(f"{archive} is there already; give {POLICY_FILE} another version")
    draft = folder / REVISIONS / f".{policy.version}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    text = source.yaml_text
    (draft / POLICY_FILE).write_text(
        _SCHEMA.sub("$schema=../../../", text, count=1), encoding="utf-8"
    )
    shutil.copyfile(folder / PROCEDURE_FILE, draft / PROCEDURE_FILE)
    os.replace(draft, archive)
    version = next_version(policy.version, day)
    begins = max(day, policy.effective_from + timedelta(days=1))
    lines = text.splitlines()
    for key, value in (("version", f'"{version}"'), ("effective_from", begins.isoformat())):
        lines[source.position(key).line - 1] = f"{key}: {value}"
    changed = folder / f".{POLICY_FILE}.new"
    changed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.replace(changed, folder / POLICY_FILE)
    return version


def next_version(version: str, day: date) -> str:
    """The name that comes next: `2` → `3`, `B` → `C`, `2009-02` → this month, else `-2` added."""
    if _YEAR.fullmatch(version):
        following = f"{day:%Y-%m}" if "-" in version else f"{day:%Y}"
        return following if following != version else f"{day:%Y-%m-%d}"
    if version.isdigit():
        return str(int(version) + 1)
    if re.fullmatch("[A-Ya-y]", version):
        return chr(ord(version) + 1)
    stem, dash, number = version.rpartition("-")
    return f"{stem}-{int(number) + 1}" if dash and number.isdigit() else f"{version}-2"
