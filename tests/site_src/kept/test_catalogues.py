"""A catalogue is compiled once, and what is kept of it is used as long as the file is the same."""

from pathlib import Path

import pytest

from site_src.kept import catalogues

_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "form"\nmsgstr "{}"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue file, in whose surroundings nothing is kept yet."""
    monkeypatch.setattr(catalogues, "_FOLDER", tmp_path / "kept")
    file = tmp_path / "zh_CN" / "LC_MESSAGES" / "ombud.po"
    file.parent.mkdir(parents=True)
    file.write_text(_PO.format("表格"), encoding="utf-8")
    return file


def said(file: Path) -> str:
    """What the catalogue says as a new process reads it."""
    catalogues.read_catalogue.cache_clear()
    return catalogues.read_catalogue(file).gettext("form")


def test_catalogue_is_compiled_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process compiles nothing, and says the same."""
    assert said(file) == "表格"
    monkeypatch.delattr(catalogues, "_compiled")
    assert said(file) == "表格"


def test_changed_catalogue_is_compiled_again(file: Path, tmp_path: Path) -> None:
    """Another text is read at once, and takes the place of the one before."""
    assert said(file) == "表格"
    file.write_text(_PO.format("申诉书"), encoding="utf-8")
    assert said(file) == "申诉书"
    assert len(list((tmp_path / "kept").iterdir())) == 1


@pytest.mark.parametrize("at", [0, 50, 80, -1])
def test_damaged_catalogue_is_compiled_again(file: Path, tmp_path: Path, at: int) -> None:
    """A kept file in which one byte is another, or that was cut off, is as none."""
    assert said(file) == "表格"
    (kept,) = (tmp_path / "kept").iterdir()
    whole = kept.read_bytes()
    flipped = bytearray(whole)
    flipped[at] ^= 1
    for damaged in (bytes(flipped), whole[:at]):
        kept.write_bytes(damaged)
        assert said(file) == "表格"
        assert kept.read_bytes() == whole


def test_catalogue_is_read_where_nothing_can_be_kept(file: Path, tmp_path: Path) -> None:
    """A folder that cannot be made changes nothing."""
    (tmp_path / "kept").write_bytes(b"")
    assert said(file) == "表格"
