"""Reads the figures that the functions counted and `build.py statistics` exported."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from functions.model.statistics.published import PublishedStatistics
from site_src.errors import StatisticsUnreadable
from site_src.file_names import statistics_file


def read_statistics(folder: Path | None, organisation: str) -> PublishedStatistics | None:
    """The figures of an organisation; None if there are none. Raises StatisticsUnreadable."""
    if folder is None:
        return None
    file = statistics_file(folder, organisation)
    try:
        found = PublishedStatistics.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise StatisticsUnreadable(
            f"{file} is not what `build.py statistics` writes; export it again, or remove it"
        ) from error
    if found.organisation != organisation:
        raise StatisticsUnreadable(f"{file} has the figures of {found.organisation}; remove it")
    return found


def all_statistics(
    folder: Path | None, organisations: Iterable[str]
) -> dict[str, PublishedStatistics]:
    """The figures of each of these organisations that has any. Raises StatisticsUnreadable."""
    found = ((id, read_statistics(folder, id)) for id in organisations)
    return {id: statistics for id, statistics in found if statistics is not None}
