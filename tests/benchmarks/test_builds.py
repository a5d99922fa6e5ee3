"""The benchmarks of builds and publications run, over two organisations or with one round."""

import shutil
from pathlib import Path

import pytest

from benchmarks import build, generators, publishing, regression, samples, tables

COUNT = 2


def test_build_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All sources are written, Ombud's are built three times, and the page takes the table."""

    def ombud(folder: Path, count: int) -> tuple[generators.Generator, ...]:
        return generators.generators(folder, count)[:1]

    monkeypatch.setattr(build, "generators", ombud)
    place = tmp_path / "place"
    place.mkdir()
    figures = build.measure(COUNT, 1, 60, place)
    assert figures["Ombud"]["pages"] >= 12 * COUNT
    assert all(figures["Ombud"][case] > 0 for case in ("cold", "same", "one", "memory", "bytes"))
    page = tmp_path / "performance.md"
    shutil.copy(tables.DOCUMENT, page)
    monkeypatch.setattr(tables, "DOCUMENT", page)
    measured = {"machine": "Measured 2026-11-30.", "limit": 60, "rounds": 1, "figures": figures}
    written = tables.write_table({str(COUNT): measured})
    assert f"**{COUNT} organisations**, one round. Measured 2026-11-30." in written
    assert page.read_text("utf-8").count(written) == 1
    assert page.read_text("utf-8").startswith("# ")


def test_samples_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole build of the samples takes longer than its imports."""
    monkeypatch.setattr(samples, "_ROUNDS", 1)
    whole, imports, difference = samples.measure(tmp_path)
    assert whole.value == pytest.approx(imports.value + difference.value)
    assert difference.value > 0


def test_publishing_is_measured(tmp_path: Path) -> None:
    """Both commands run from nothing, again, and after a change; each has its memory."""
    figures = {figure.key: figure.value for figure in publishing.measure(tmp_path, COUNT)}
    assert len(figures) == 14
    assert all(value > 0 for value in figures.values())


def test_regression_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of build is a multiple of the calibration."""
    monkeypatch.setattr(regression, "_ROUNDS", 1)
    monkeypatch.setattr(regression, "_COUNT", COUNT)
    ratios = regression.ratios(tmp_path)
    assert list(ratios) == ["build, cold", "build, same", "build, one"]
    assert all(ratio > 0 for ratio in ratios.values())
