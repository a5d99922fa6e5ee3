"""Keeps texts that take long to find: the words of templates, calendars."""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256

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
    digest = sha256(templates_version().encode())
    for text in depends_on:
        digest.update(f"{text}\0".encode())
    file = _FOLDER / f"{variant}.json"
    kept = read_kept(file, digest.digest())
    if kept is None:
        texts = find()
        keep(file, digest.digest(), json.dumps(texts).encode())
        return texts
    known: dict[str, str] = json.loads(kept)
    return known
