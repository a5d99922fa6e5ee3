"""Archives the current version of a policy and opens the next one."""

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import yaml

from functions.model.durable_files import write_whole
from site_src.errors import NothingRevised, PoliciesRejected, VersionTaken
from site_src.policy.editions import read_published
from site_src.policy.load import POLICY_FILE, PROCEDURE_FILE, REVISIONS, Edition, load
from site_src.policy.translation import FILES

_SCHEMA = re.compile(rb"\$schema=\.\./")
_YEAR = re.compile(r"(19|20)\d\d(-\d\d){0,2}")


def revise(folder: Path, day: date) -> str:
    """Archives the version in `folder`, opens the next one as of `day`, returns its name.

    Nothing is changed unless the whole archive is in place. Raises VersionTaken,
    NothingRevised where the open version is still a copy of an archived one, and
    PoliciesRejected where it cannot be read.
    """
    source = load(folder)
    if not isinstance(source, Edition):
        raise PoliciesRejected(source)
    policy = source.policy
    archive = folder / REVISIONS / policy.version
    if archive.exists():
        raise VersionTaken(f"{archive} is there already; give {POLICY_FILE} another version")
    published = read_published(folder.parent).digest(policy.id, policy.version)
    if published is None and _copied(source):
        raise NothingRevised(
            f"version {policy.version} is open already and says nothing new: "
            f"change {POLICY_FILE} and {PROCEDURE_FILE}"
        )
    content = (folder / POLICY_FILE).read_bytes()
    draft = folder / REVISIONS / f".{policy.version}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    (draft / POLICY_FILE).write_bytes(_SCHEMA.sub(b"$schema=../../../", content, count=1))
    for text in (folder / PROCEDURE_FILE, *folder.glob(FILES)):
        shutil.copyfile(text, draft / text.name)
    os.replace(draft, archive)
    begins = max(day, policy.effective_from + timedelta(days=1))
    version = next_version(policy.version, begins)
    opened = {"version": f'"{version}"', "effective_from": begins.isoformat()}
    write_whole(folder / POLICY_FILE, _replaced(content.decode("utf-8"), opened).encode("utf-8"))
    return version


def next_version(version: str, day: date) -> str:
    """The name that comes next: `2` → `3`, `B` → `C`, `2009-02` → the month of `day`.

    Where the month is taken already it is the day, and anything else gets `-2` added.
    """
    if _YEAR.fullmatch(version):
        names = (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}")
        later = [name for name in names if len(name) >= len(version) and name != version]
        return later[0] if later else f"{version}-2"
    if version.isdigit():
        return str(int(version) + 1)
    if re.fullmatch("[A-Ya-y]", version):
        return chr(ord(version) + 1)
    stem, dash, number = version.rpartition("-")
    return f"{stem}-{int(number) + 1}" if dash and number.isdigit() else f"{version}-2"


def _copied(source: Edition) -> bool:
    """Whether an archived version says the same, its name and its day apart."""
    archived = [load(path) for path in (source.folder / REVISIONS).glob("[!.]*")]
    return any(_said(source) == _said(one) for one in archived if isinstance(one, Edition))


def _said(source: Edition) -> tuple[object, ...]:
    opened = {"version", "effective_from"}
    facts = {key: value for key, value in source.reading.data.items() if key not in opened}
    return facts, source.procedure


def _replaced(text: str, values: dict[str, str]) -> str:
    """The YAML with other values for these keys; everything else stays as it was typed."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode), "load has read it as one"
    found = [(key.value, value) for key, value in node.value if key.value in values]
    for name, value in reversed(found):
        text = text[: value.start_mark.index] + values[name] + text[value.end_mark.index :]
    return text
