"""Keeps texts that take long to find: the words of templates, calendars."""

import json
from collections.abc import Callable, Iterable

from site_src.kept.files import KEPT_FILES, keep, read_kept
from site_src.kept.templates import templates_version

_FOLDER = KEPT_FILES / "texts"


def kept_texts(
    variant: str, depends_on: Iterable[str], find: Callable[[], dict[str, str]]
) -> dict[str, str]:
    """What `find` finds for a variant, kept for the next process.

    It is found again where anything in `depends_on` differs, or the options of templates or the
    catalogues do.
    """
    made_of = "\0".join((templates_version(), *depends_on)).encode()
    file = _FOLDER / f"{variant}.json"
    kept = read_kept(file, made_of)
    if kept is None:
        texts = find()
        keep(file, made_of, json.dumps(texts).encode())
        return texts
    known: dict[str, str] = json.loads(kept)
    return known
