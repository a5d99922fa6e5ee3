"""Checks that no two organisations share the prefix of their references, or an id.

With one prefix, a reference would not tell whose case it is, and both would encrypt with one key.
An id that an organisation had before is its own for ever: its old addresses lead to it, and its
cases have the first of its ids.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from site_src.bilingual import Bilingual, enumeration
from site_src.policy.drafts.marks import is_draft
from site_src.policy.edition import Editions
from site_src.policy.finding import Finding
from site_src.policy.finding_place import at_place
from site_src.policy.folders import POLICY_FILE, RENAMED, REVISIONS, earlier_ids_of, folders
from site_src.policy.text_files import read_text
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml


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


def shared_ids(
    policies: Path, earlier: Mapping[str, Iterable[str]], drafts: Iterable[str] = ()
) -> Iterator[Finding]:
    """The findings for organisations with an id that another one has, or had before.

    `earlier` has the earlier ids of those read so far; of others, only what says theirs is read.
    `drafts` are those among the ones read. A draft takes no id from others.
    """
    unpublished, claims = set(drafts), dict[str, set[str]]()
    for folder in folders(policies):
        known = earlier.get(folder.name)
        for id in {folder.name, *(earlier_ids_of(folder) if known is None else known)}:
            claims.setdefault(id, set()).add(folder.name)
    for id, claimants in sorted(claims.items()):
        if len(claimants) == 1:
            continue
        unread = claimants - earlier.keys()
        unpublished |= {name for name in unread if _is_draft(policies / name)}
        for name in sorted(claimants & earlier.keys()):
            others = claimants - {name} - (set() if name in unpublished else unpublished)
            if others:
                yield from _id_finding(policies / name, id, others)


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


_ID_TAKEN = Bilingual(
    "the id {id} is also one that {others} has or had", "{others} 也用或者用过 {id} 这个 id"
)


def _id_finding(folder: Path, id: str, others: set[str]) -> Iterator[Finding]:
    reading = read_yaml(folder / POLICY_FILE)
    if isinstance(reading, YamlDocument):
        yield at_place(
            reading,
            ("id",) if id == folder.name else (RENAMED,),
            "id-taken",
            _ID_TAKEN.filled(id=id, others=enumeration(sorted(others))),
            Bilingual(
                "Give it to one of them: its pages, its old addresses and its cases are under it.",
                "一个 id 只能归一个单位：它的网页、旧网址和案件都在这个 id 之下。",
            ),
        )
