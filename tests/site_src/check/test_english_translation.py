"""A Chinese translation of an English procedure is compared like an English one of a Chinese."""

import shutil
from pathlib import Path

import pytest

from site_src.check.rules import check_edition
from site_src.policy.edition import Edition
from site_src.policy.load import load
from tests.helpers.english_site import LIBRARY


def edition(folder: Path, old: str = "", new: str = "") -> Edition:
    """The library, with these words of its translation exchanged."""
    policy = folder / "library"
    shutil.copytree(LIBRARY, policy)
    file = policy / "procedure.zh-CN.md"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    loaded = load(policy)
    assert isinstance(loaded, Edition), loaded
    return loaded


def test_whole_translation(tmp_path: Path) -> None:
    """The library and its translation have no finding."""
    assert check_edition(edition(tmp_path)) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2 个工作日", "3 个工作日", {"2 working days", "3 个工作日"}),
        ("10 个工作日内", "十五日内", {"10 working days", "十五日"}),
        ("020 7946 0100", "020 7946 0101", {"020 7946 0100", "020 7946 0101"}),
    ],
)
def test_other_number(tmp_path: Path, old: str, new: str, says: set[str]) -> None:
    """A number that only one of the two says is named, each as its text writes it."""
    found = check_edition(edition(tmp_path, old, new))
    assert {each.code for each in found} == {"translation-numbers"}
    assert all(any(words in each.message.en for each in found) for words in says)


def test_numerals_and_words(tmp_path: Path) -> None:
    """A length of time may be in numerals in one language and in digits in the other."""
    assert check_edition(edition(tmp_path, "10 个工作日", "十个工作日")) == ()


def test_clause_that_is_not_translated(tmp_path: Path) -> None:
    """A clause that the Chinese text lacks is a finding."""
    found = check_edition(edition(tmp_path, "3.2 馆长自收到投诉之日起 10 个工作日内答复。\n", ""))
    assert [each.code for each in found] == ["translation-clauses"]
