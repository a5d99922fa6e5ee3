"""Writes a publication to a target, so that it can be killed at any step.

1. The journal says what will be written.
2. What nothing of the old site leads to is written: contracts, assets, pages.
3. The record: from here on, the new site is the published one.
4. What leads to it is written: pointers, then the index. Then what is gone is removed.
5. The journal is removed.

Killed before the third step, the old site works, with single pages of the new one; afterwards the
new one does. Whoever publishes next takes the journal into the record and finishes.
"""

from collections.abc import Callable

from site_src.file_names import EARLIER, JOURNAL, PUBLISHED_RECORD, is_immutable
from site_src.progress import ShowProgress, show_nothing
from site_src.publish.options import Publication
from site_src.publish.record.journal import Journal
from site_src.publish.record.record import PublishedRecord, record_as_json
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.target import Writer
from site_src.publish.write_order import FIRST_RANKS, LEADING_RANKS


def commit(
    writer: Writer,
    publication: Publication,
    before: PublishedRecord,
    source: str,
    stage: StagedFiles,
    announced: Callable[[], None],
    progress: ShowProgress = show_nothing,
) -> None:
    """Writes everything; `announced` is called once the target knows of the new versions.

    Raises DeployRunning, and then nothing leads to what was written.
    """
    files, gone = publication.files, publication.gone
    if files or gone:
        journal = _journal(publication, before, source)
        writer.expect((*files, *gone, JOURNAL, PUBLISHED_RECORD))
        writer.put(JOURNAL, journal.as_json())
    announced()
    writer.place(stage, FIRST_RANKS, progress)
    writer.put(PUBLISHED_RECORD, record_as_json(publication.record))
    writer.place(stage, LEADING_RANKS, progress)
    for name in gone:
        writer.remove(name)
    if publication.adopted is not None:
        for name in EARLIER:
            writer.remove(name)
    writer.remove(JOURNAL)
    writer.finish((*files, *gone))


def _journal(publication: Publication, before: PublishedRecord, source: str) -> Journal:
    after = publication.record
    touched = {id for id, each in after.organisations.items() if _differs(id, before, after)}
    owners: dict[str, str] = {}
    # Files of one that is renamed are of two organisations: of that which has them afterwards.
    for record in (before, after):
        for id in {*touched, *(before.organisations.keys() - after.organisations.keys())}:
            if id in record.organisations:
                owners |= dict.fromkeys(record.organisations[id].files, id)
    files: dict[str, list[str]] = {}
    others: list[str] = []
    for name in (*publication.files, *publication.gone):
        if is_immutable(name):
            continue
        if name in owners:
            files.setdefault(owners[name], []).append(name)
        else:
            others.append(name)
    return Journal(
        source=source,
        versions={id: after.organisations[id].versions for id in sorted(touched)},
        files={id: tuple(names) for id, names in files.items()},
        others=tuple(others),
    )


def _differs(id: str, before: PublishedRecord, after: PublishedRecord) -> bool:
    return before.organisations.get(id) is not after.organisations[id]
