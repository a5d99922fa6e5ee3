"""Shows on a terminal how far long work is."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.progress import LongWork, ShowProgress

_Item = TypeVar("_Item")

_SHOWN_AFTER = 2.0
"""Seconds of work before anything is shown."""

_PAUSE = 0.1
"""Seconds between two looks of the bar."""

_WORDS: dict[LongWork, Bilingual] = {
    "checking": Bilingual("Checking organisations", "正在检查各组织"),
    "drawing": Bilingual("Drawing organisations", "正在生成各组织的页面"),
    "uploading": Bilingual("Uploading files", "正在上传文件"),
}


def progress_on_terminal(language: AuthorLanguage) -> ShowProgress:
    """Shows a bar on the terminal of standard error, of work that takes longer than two seconds.

    Where that is no terminal, such as a log, it shows nothing. It starts no thread, because
    processes are forked meanwhile.
    """

    def shown(work: LongWork, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        if not sys.stderr.isatty():
            yield from items
            return
        yield from _with_bar(_WORDS[work].words(language), items, total)

    return shown


def _with_bar(words: str, items: Iterable[_Item], total: int) -> Iterator[_Item]:
    begun, bar, looked = monotonic(), None, 0.0
    try:
        for done, item in enumerate(items, 1):
            now = monotonic()
            if bar is None and now - begun > _SHOWN_AFTER:
                # Imported here: most work is done before anything is shown.
                from rich.console import Console
                from rich.progress import (
                    BarColumn,
                    MofNCompleteColumn,
                    Progress,
                    TextColumn,
                    TimeRemainingColumn,
                )

                columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
                bar = Progress(
                    *(*columns, TimeRemainingColumn()),
                    console=Console(stderr=True),
                    auto_refresh=False,
                    transient=True,
                )
                bar.add_task(words, total=total)
                bar.start()
            if bar is not None and now - looked > _PAUSE:
                looked = now
                bar.update(bar.task_ids[0], completed=done, refresh=True)
            yield item
    finally:
        if bar is not None:
            bar.stop()
