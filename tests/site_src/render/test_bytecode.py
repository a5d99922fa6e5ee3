"""Compiled templates are kept, and used also where nothing can be kept."""

import os
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.bccache import FileSystemBytecodeCache

from site_src.render import bytecode


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates."""
    monkeypatch.setattr(bytecode, "_FOLDER", tmp_path / "templates")
    bytecode.compiled_templates.cache_clear()
    return tmp_path / "templates"


def compiled(name: str, text: str) -> FileSystemBytecodeCache:
    """Compiles a template through the cache, and returns that."""
    bytecode.compiled_templates.cache_clear()
    kept = bytecode.compiled_templates("variant")
    assert kept is not None
    env = Environment(loader=DictLoader({name: text}), bytecode_cache=kept, autoescape=True)
    assert env.get_template(name).render() == text
    return kept


def test_what_is_compiled_is_kept(folder: Path) -> None:
    """A template that was compiled once is a file, which another environment reads."""
    compiled("a", "A")
    (kept,) = folder.iterdir()
    written = kept.stat().st_mtime_ns
    compiled("a", "A")
    assert kept.stat().st_mtime_ns == written


def test_image_uses_what_it_has(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the folder cannot be written, what was compiled before is used and nothing is added."""
    compiled("a", "A")
    before = set(folder.iterdir())
    monkeypatch.setattr(os, "access", lambda *_: False)
    kept = compiled("a", "A")
    compiled("b", "B")
    assert set(folder.iterdir()) == before
    env = Environment(loader=DictLoader({"a": "A"}), bytecode_cache=kept, autoescape=True)
    bucket = kept.get_bucket(env, "a", None, "A")
    assert bucket.code is not None


def test_what_cannot_be_removed_stays(folder: Path) -> None:
    """What an earlier version left, and another user owns or made a folder of, stops no build."""
    (folder / "of another").mkdir(parents=True)
    (folder / "earlier").write_bytes(b"")
    compiled("a", "A")
    assert (folder / "of another").is_dir()
    assert not (folder / "earlier").exists()


def test_words_are_found_once(folder: Path) -> None:
    """Words of templates are found again only if something that they depend on differs."""
    folder.mkdir()
    found: list[str] = []

    def find(word: str) -> dict[str, str]:
        found.append(word)
        return {"piece": word}

    assert bytecode.kept_texts("en", ("a",), lambda: find("first")) == {"piece": "first"}
    assert bytecode.kept_texts("en", ("a",), lambda: find("again")) == {"piece": "first"}
    assert bytecode.kept_texts("en", ("b",), lambda: find("other")) == {"piece": "other"}
    assert found == ["first", "other"]


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"state": 1}', b"\xff"])
def test_damaged_words_are_found_again(folder: Path, damaged: bytes) -> None:
    """A file that cannot be read is as none."""
    folder.mkdir()
    bytecode.kept_texts("en", (), lambda: {"piece": "word"})
    (folder / "words-en.json").write_bytes(damaged)
    assert bytecode.kept_texts("en", (), lambda: {"piece": "new"}) == {"piece": "new"}
