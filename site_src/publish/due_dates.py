"""Tells by which day a published site must be published again: it does not change by itself."""

from collections.abc import Iterator
from datetime import date

from site_src.file_names import SECURITY_FILE
from site_src.publish.record.record import PublishedRecord


def due_dates(record: PublishedRecord, source: str, day: date) -> Iterator[tuple[str, str]]:
    """Each ISO day after `day` on which the site as of `day` is wrong, and why, in sentences.

    Of organisations, those of the source are told.
    """
    for id, organisation in record.of(source).items():
        if organisation.closes > day.isoformat():
            yield (
                organisation.closes,
                f"{id}: takes no more filings from {organisation.closes}; deploy again on that "
                "day, or its pages go on offering forms whose filings are given back",
            )
        for name, version in organisation.versions.items():
            if version.begins is not None and version.begins > day.isoformat():
                yield (
                    version.begins,
                    f"{id}: version {name} takes effect on {version.begins}; deploy again on that "
                    "day, or the site goes on with the version before",
                )
    if record.expires is not None:
        yield (
            record.expires,
            f"{SECURITY_FILE} expires on {record.expires}; deploy again before that day",
        )
