"""Checks that no two organisations share the prefix of their references.

With one prefix, a reference would not tell whose case it is, and both would encrypt with one key.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from site_src.bilingual import Bilingual, enumeration
from site_src.policy.drafts.marks import is_draft
from site_src.policy.finding import Finding
from site_src.policy.load import POLICY_FILE, REVISIONS, Editions, folders
from site_src.policy.text_files import read_text
from site_src.policy.yaml_reading import YamlDocument, read_yaml


def prefixes_of(editions: Editions) -> tuple[str, ...]:
    """The prefixes of all editions of an organisation, sorted."""
    return tuple(sorted({edition.policy.organisation.prefix for edition in editions.editions}))


def shared_prefixes(
    policies: Path, prefixes: Mapping[str, Iterable[str]], drafts: Iterable[str] = ()
) -> Iterator[Finding]:
    """The findings for organisations with a prefix of another; `prefixes` are those read so far.

    Of organisations that were not read, only files that contain one of the prefixes are read.
    `drafts` are those among the ones read. A draft takes no prefix from others: only the draft
    itself has a finding.
    """
    unpublished = set(drafts)
    owners: dict[str, set[str]] = {}
    for id, own in prefixes.items():
        for prefix in own:
            owners.setdefault(prefix, set()).add(id)
    for folder in folders(policies):
        if folder.name not in prefixes:
            for prefix in _declared(folder, owners):
                owners[prefix].add(folder.name)
                if _is_draft(folder):
                    unpublished.add(folder.name)
    for prefix, ids in sorted(owners.items()):
        for id in sorted(ids & prefixes.keys()):
            others = ids - {id} if id in unpublished else ids - {id} - unpublished
            if others:
                yield from _finding(policies / id, prefix, others)


def owners(policies: Path, prefix: str) -> tuple[str, ...]:
    """The organisations with that prefix."""
    return tuple(folder.name for folder in folders(policies) if [*_declared(folder, (prefix,))])


def _declared(folder: Path, wanted: Iterable[str]) -> Iterator[str]:
    """Those of the prefixes that a folder's policies declare."""
    for file in (folder / POLICY_FILE, *folder.glob(f"{REVISIONS}/*/{POLICY_FILE}")):
        text = read_text(file) if file.is_file() else ""
        if isinstance(text, Finding) or not any(prefix in text for prefix in wanted):
            continue
        prefix = _prefix(read_yaml(file))
        if prefix in wanted:
            yield prefix


def _is_draft(folder: Path) -> bool:
    reading = read_yaml(folder / POLICY_FILE)
    return isinstance(reading, YamlDocument) and is_draft(reading.data)


def _prefix(reading: YamlDocument | tuple[Finding, ...]) -> str:
    organisation = reading.data.get("organisation") if isinstance(reading, YamlDocument) else None
    return str(organisation.get("prefix")) if isinstance(organisation, dict) else ""


_TAKEN = Bilingual("{others} has the prefix {prefix}, too", "{others} 也用前缀 {prefix}")


def _finding(folder: Path, prefix: str, others: set[str]) -> Iterator[Finding]:
    reading = read_yaml(folder / POLICY_FILE)
    if not isinstance(reading, YamlDocument):
        return
    at = reading.nearest(("organisation", "prefix"))
    yield Finding(
        code="prefix-taken",
        file=at.file,
        line=at.line,
        column=at.column,
        field="organisation.prefix",
        message=_TAKEN.filled(others=enumeration(sorted(others)), prefix=prefix),
        remedy=Bilingual(
            "Choose another: a reference must tell whose case it is.",
            "请换一个：凭编号要能认出是哪个单位的案件。",
        ),
    )
