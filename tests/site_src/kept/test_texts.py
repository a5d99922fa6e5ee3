"""Texts that take long to find are found once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from site_src.kept import texts


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of texts."""
    monkeypatch.setattr(texts, "_FOLDER", tmp_path / "texts")
    return tmp_path / "texts"


def test_words_are_found_once() -> None:
    """Words of templates are found again only if something that they depend on differs."""
    found: list[str] = []

    def find(word: str) -> dict[str, str]:
        found.append(word)
        return {"piece": word}

    assert texts.kept_texts("en", ("a",), lambda: find("first")) == {"piece": "first"}
    assert texts.kept_texts("en", ("a",), lambda: find("again")) == {"piece": "first"}
    assert texts.kept_texts("en", ("b",), lambda: find("other")) == {"piece": "other"}
    assert found == ["first", "other"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-1],
        lambda whole: whole[:-4] + b"t" + whole[-3:],
        lambda whole: whole[32:],
        lambda whole: whole[:32] + b"{}",
    ],
    ids=["empty", "cut", "another word", "no digest", "no words"],
)
def test_damaged_words_are_found_again(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    """A file that is not as it was written is as none."""
    texts.kept_texts("en", (), lambda: {"piece": "word"})
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert texts.kept_texts("en", (), lambda: {"piece": "new"}) == {"piece": "new"}
