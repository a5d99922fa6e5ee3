"""Long work is shown on a terminal, and nowhere else."""

import os
import pty
import sys
import threading
from contextlib import suppress

import pytest

from cli.publishing import progress_bar
from cli.publishing.progress_bar import progress_on_terminal
from site_src.bilingual import AuthorLanguage


def shown_on_terminal(language: AuthorLanguage, monkeypatch: pytest.MonkeyPatch) -> str:
    """What somebody sees who does the work with a terminal as standard error."""
    reading, writing = pty.openpty()
    with monkeypatch.context() as patched, os.fdopen(writing, "w") as terminal:
        patched.setattr(sys, "stderr", terminal)
        patched.setenv("TERM", "xterm")
        assert work(language) == [0, 1, 2]
    shown = b""
    with suppress(OSError):  # Linux ends a terminal that nobody writes to any more with EIO
        while part := os.read(reading, 10_000):
            shown += part
    os.close(reading)
    return shown.decode()


def work(language: AuthorLanguage) -> list[int]:
    """Draws three organisations."""
    return list(progress_on_terminal(language)("drawing", iter(range(3)), 3))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Drawing organisations"), ("zh-CN", "正在生成各组织的页面")]
)
def test_long_work_is_shown(
    monkeypatch: pytest.MonkeyPatch, language: AuthorLanguage, words: str
) -> None:
    """Work that lasts is shown with what is done, how much of it, and no thread is started."""
    monkeypatch.setattr(progress_bar, "_SHOWN_AFTER", -1.0)
    monkeypatch.setattr(progress_bar, "_PAUSE", -1.0)
    threads = threading.active_count()
    shown = shown_on_terminal(language, monkeypatch)
    assert threading.active_count() == threads
    assert words in shown
    assert "1/3" in shown
    assert "3/3" in shown


def test_short_work_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at once shows nothing."""
    assert shown_on_terminal("en", monkeypatch) == ""


def test_log_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where standard error is no terminal, nothing is written there."""
    monkeypatch.setattr(progress_bar, "_SHOWN_AFTER", -1.0)
    assert work("en") == [0, 1, 2]
    assert capsys.readouterr().err == ""
