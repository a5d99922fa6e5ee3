"""Checks an organisation's editions against each other and against what is published."""

import json
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import RootModel, ValidationError

from functions.model.durable_files import write_whole
from site_src.bilingual import Bilingual
from site_src.errors import PoliciesRejected
from site_src.file_names import PUBLISHED_FILE
from site_src.policy.edition import Edition, Editions
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_key
from site_src.policy.folders import REVISIONS
from site_src.policy.mistakes.refusals import refusal


class Published(RootModel[dict[str, dict[str, str]]]):
    """The content digest of every version ever published, by organisation and version."""

    def of(self, ids: Iterable[str]) -> Mapping[str, str]:
        """The versions of an organisation that has and had these ids, the id of today first."""
        return ChainMap(*(self.root.get(id, {}) for id in ids))

    def digest(self, ids: Iterable[str], version: str) -> str | None:
        """The digest published under that version, or None; `ids` as in `of`."""
        return self.of(ids).get(version)


def read_published(policies: Path) -> Published:
    """The content of published.json; empty if the file does not exist yet.

    Raises PoliciesRejected if the file cannot be read, for example after a failed merge.
    """
    file = policies / PUBLISHED_FILE
    if not file.is_file():
        return Published({})
    try:
        return Published.model_validate_json(file.read_bytes())
    except ValidationError as error:
        finding = Finding(
            code="wrong-value",
            file=file,
            line=1,
            column=1,
            message=Bilingual(
                f"{PUBLISHED_FILE} cannot be read: {{problem}}",
                f"无法读取 {PUBLISHED_FILE}：{{problem}}",
            ).filled(problem=refusal(error.errors()[0])),
            remedy=Bilingual(
                "Restore it from version control; only `build.py deploy` writes this file.",
                "请从版本库恢复；这个文件只由 `build.py deploy` 写入。",
            ),
        )
        raise PoliciesRejected((finding,)) from error


def record_published(
    policies: Path,
    organisations: Mapping[str, Mapping[str, str]],
    removed: tuple[str, ...] = (),
    renamed: Mapping[str, Iterable[str]] | None = None,
) -> None:
    """Adds the digests of versions that are published now; never changes a recorded one.

    Leaves out organisations that are `removed`: the target goes on knowing their versions. Those
    of `renamed` have the versions of their earlier ids, too.
    """
    published, earlier = read_published(policies), renamed or {}
    known = {name: dict(versions) for name, versions in published.root.items()}
    for name, digests in organisations.items():
        ids = (name, *earlier.get(name, ()))
        for id in ids:
            known.pop(id, None)
        known[name] = dict(digests) | dict(published.of(ids))
    kept = {name: versions for name, versions in known.items() if name not in removed}
    content = json.dumps(kept, indent=1, sort_keys=True) + "\n"
    write_whole(policies / PUBLISHED_FILE, content.encode())


def check_editions(organisation: Editions, published: Published) -> tuple[Finding, ...]:
    """The findings on versions with the same name or day, or changed or lost once published."""
    return (
        *_find_repeated(organisation),
        *_find_changed(organisation, published),
        *_find_missing(organisation, published),
    )


def _find_repeated(organisation: Editions) -> Iterator[Finding]:
    for earlier, later in zip(organisation.editions, organisation.editions[1:], strict=False):
        if earlier.policy.effective_from == later.policy.effective_from:
            both = earlier.policy.version, later.policy.version
            message = Bilingual(
                f"versions {both[0]} and {both[1]} take effect on the same day",
                f"版本 {both[0]} 和 {both[1]} 在同一天施行",
            )
            remedy = Bilingual(
                "Give each version its own `effective_from`.",
                "请给每个版本写各自的 `effective_from`。",
            )
            yield at_key(later, "version-repeated", message, remedy, "effective_from")
    seen: dict[str, Edition] = {}
    for edition in organisation.editions:
        version = edition.policy.version
        if version in seen:
            folder = seen[version].folder.name
            message = Bilingual(
                f"version {version} is also in {folder}/", f"版本 {version} 在 {folder}/ 里也有"
            )
            remedy = Bilingual("Give each version its own name.", "请给每个版本不同的版本号。")
            yield at_key(edition, "version-repeated", message, remedy, "version")
        seen[version] = edition


def _find_changed(organisation: Editions, published: Published) -> Iterator[Finding]:
    for edition in organisation.editions:
        digest = published.digest(organisation.ids, edition.policy.version)
        if digest is not None and digest not in (edition.digest, edition.earlier_digest):
            version = edition.policy.version
            message = Bilingual(
                f"version {version} is published, but its content has changed",
                f"版本 {version} 已经公布，内容却改动了",
            )
            remedy = Bilingual(
                f"Undo the change, run `build.py revise {organisation.id}`, then change the new "
                "version: cases stay under the version they were filed under.",
                f"请撤销改动，运行 `build.py revise {organisation.id}`，再在新版本中修改："
                "已提交的案件一直适用提交时的版本。",
            )
            yield at_key(edition, "published-changed", message, remedy, "version")


def _find_missing(organisation: Editions, published: Published) -> Iterator[Finding]:
    """A published version must stay: its cases always need its page and its contract."""
    kept = {edition.policy.version for edition in organisation.editions}
    latest = organisation.editions[-1]
    for version in sorted(published.of(organisation.ids).keys() - kept):
        message = Bilingual(
            f"version {version} is published, but no edition here has it",
            f"版本 {version} 已经公布，这里却找不到",
        )
        remedy = Bilingual(
            f"Put it back into {REVISIONS}/{version}/, or undo the change of `version`; "
            f"`build.py revise {organisation.id}` starts the next version.",
            f"请把它放回 {REVISIONS}/{version}/，或者改回 `version`；"
            f"要开始下一版本，请运行 `build.py revise {organisation.id}`。",
        )
        yield at_key(latest, "published-missing", message, remedy, "version")
