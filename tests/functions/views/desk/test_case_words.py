"""The small words of a case's page: how an account begins, and what can be done with a file."""

import pytest

from functions.model.attachment import FileType, ScanState
from functions.views.desk.case.evidence import file_access
from functions.views.desk.case.page import first_words


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("", ""),
        ("刹车异响，两次返修没有解决。要求查清。", "刹车异响，两次返修没有解决"),
        ("\n  \n等了三个小时！没有人理。", "等了三个小时"),
        ("他" * 40, "他" * 28 + "…"),
        (
            "The brakes squeal. Two repairs did not help.",
            "The brakes squeal. Two repairs did not help",
        ),
        ("One two three. " * 10, "One two three. One two three. One two three. One two…"),
        ("x" * 200, "x" * 56 + "…"),
        ("。。。", "。。。"),
    ],
)
def test_heading_repeats_how_an_account_begins(account: str, words: str) -> None:
    """The first sentence, or as much of it as two lines of a phone hold, in whole words."""
    assert first_words(account) == words


@pytest.mark.parametrize(
    ("type_", "state", "has_scanner", "access"),
    [
        ("pdf", "cleared", True, "open"),
        ("jpeg", "waiting", False, "open"),
        ("jpeg", "waiting", True, "waiting"),
        ("heic", "cleared", True, "download"),
        ("docx", "cleared", True, "download"),
        ("txt", "cleared", True, "download"),
        ("m4a", "cleared", True, "audio"),
        ("mov", "waiting", False, "video"),
        ("pdf", "infected", True, "infected"),
        ("pdf", "infected", False, "infected"),
    ],
)
def test_file_opens_by_its_type_and_its_scan(
    type_: FileType, state: ScanState, has_scanner: bool, access: str
) -> None:
    """Nothing before the scan where there is one, and never what is infected."""
    assert file_access(type_, state, has_scanner) == access
