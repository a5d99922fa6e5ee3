"""Compiled templates are kept, and used also where nothing can be kept."""

import os
from pathlib import Path

import pytest
from jinja2 import BytecodeCache, DictLoader, Environment

from site_src.kept import files, templates


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates."""
    monkeypatch.setattr(templates, "_FOLDER", tmp_path / "templates")
    templates.compiled_templates.cache_clear()
    return tmp_path / "templates"


def compiled(name: str, text: str) -> BytecodeCache:
    """Compiles a template through the cache, and returns that."""
    templates.compiled_templates.cache_clear()
    kept = templates.compiled_templates("variant")
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

    def refuses(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(files, "write_whole", refuses)
    kept = compiled("a", "A")
    compiled("b", "B")
    assert set(folder.iterdir()) == before
    env = Environment(loader=DictLoader({"a": "A"}), bytecode_cache=kept, autoescape=True)
    bucket = kept.get_bucket(env, "a", None, "A")
    assert bucket.code is not None


def test_folder_that_nobody_may_look_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder below one that only another user may open stops no build."""
    stat = Path.stat

    def refuses(path: Path, **named: bool) -> os.stat_result:
        if path == folder:
            raise PermissionError
        return stat(path, **named)

    monkeypatch.setattr(Path, "stat", refuses)
    compiled("a", "A")


def test_what_cannot_be_removed_stays(folder: Path) -> None:
    """What an earlier version left, and another user owns or made a folder of, stops no build."""
    (folder / "of another").mkdir(parents=True)
    (folder / "earlier").write_bytes(b"")
    compiled("a", "A")
    assert (folder / "of another").is_dir()
    assert not (folder / "earlier").exists()


@pytest.mark.parametrize("at", [0, 40, -1])
def test_damaged_template_is_compiled_again(folder: Path, at: int) -> None:
    """A kept file in which one byte is another, or that was cut off, is as none."""
    compiled("a", "A")
    (kept,) = folder.iterdir()
    whole = kept.read_bytes()
    flipped = bytearray(whole)
    flipped[at] ^= 1
    for damaged in (bytes(flipped), whole[:at]):
        kept.write_bytes(damaged)
        compiled("a", "A")
        assert kept.read_bytes() == whole
