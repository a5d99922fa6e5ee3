"""Archives the current version of a policy and starts the next one."""

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from functions.model.durable_files import write_whole
from site_src.authoring.yaml_edits import with_ids, with_new_values
from site_src.errors import NothingRevised, PoliciesRejected, UnknownVersion, VersionTaken
from site_src.policy.edition import Edition
from site_src.policy.editions import read_published
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE, RENAMED, REVISIONS
from site_src.policy.load import load
from site_src.policy.translation import FILES

_SCHEMA = re.compile(rb"\$schema=\.\./")
_SCHEMA_ABOVE = re.compile(rb"\$schema=\.\./\.\./\.\./")
_YEAR = re.compile(r"(19|20)\d\d(-\d\d){0,2}")


def revise(folder: Path, day: date, back_to: str | None = None) -> str:
    """Archives the version in `folder`, starts the next one as of `day`, returns its name.

    The next version says what `back_to` said, an archived version, else what this one says. The
    policy is changed only after the whole archive is in place. Raises VersionTaken,
    UnknownVersion, NothingRevised if the open version is still a copy of an archived one, and
    PoliciesRejected if it cannot be read.
    """
    earlier = None if back_to is None else _archived(folder, back_to)
    source = load(folder)
    if not isinstance(source, Edition):
        raise PoliciesRejected(source)
    policy = source.policy
    archive = folder / REVISIONS / policy.version
    if archive.exists():
        raise VersionTaken(f"{archive} already exists; give {POLICY_FILE} another version")
    published = read_published(folder.parent).digest(policy.ids, policy.version)
    if published is None and _is_copy(source):
        raise NothingRevised(
            f"version {policy.version} is already open and has no changes yet: "
            f"edit {POLICY_FILE} and {PROCEDURE_FILE}"
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
    if earlier is not None:
        content = _SCHEMA_ABOVE.sub(b"$schema=../", (earlier / POLICY_FILE).read_bytes(), count=1)
        renamed = with_ids(content.decode("utf-8"), policy.id, RENAMED, policy.renamed_from)
        content = renamed.encode("utf-8")
        for text in folder.glob(FILES):
            text.unlink()
        for text in (earlier / PROCEDURE_FILE, *earlier.glob(FILES)):
            write_whole(folder / text.name, text.read_bytes())
    values = {"version": f'"{version}"', "effective_from": begins.isoformat()}
    edited = with_new_values(content.decode("utf-8"), values)
    write_whole(folder / POLICY_FILE, edited.encode("utf-8"))
    return version


def next_version(version: str, day: date) -> str:
    """The name of the next version: `2` → `3`, `B` → `C`, `2009-02` → the month of `day`.

    If that month is the version's own, it is the whole date; any other name gets `-2` added.
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


def _archived(folder: Path, version: str) -> Path:
    """The folder of an archived version. Raises UnknownVersion."""
    names = sorted(path.name for path in (folder / REVISIONS).glob("[!.]*"))
    if version not in names:
        raise UnknownVersion(
            f"{folder.name} has no archived version {version}; archived are: "
            f"{', '.join(names) or 'none'}"
        )
    return folder / REVISIONS / version


def _is_copy(source: Edition) -> bool:
    """Whether an archived version equals this one except for its name and day."""
    archived = [load(path) for path in (source.folder / REVISIONS).glob("[!.]*")]
    return any(
        _substance(source) == _substance(edition)
        for edition in archived
        if isinstance(edition, Edition)
    )


def _substance(source: Edition) -> tuple[object, ...]:
    ignored = {"id", RENAMED, "version", "effective_from"}
    facts = {key: value for key, value in source.reading.data.items() if key not in ignored}
    return facts, source.procedure
