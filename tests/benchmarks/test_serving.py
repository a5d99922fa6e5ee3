"""The benchmarks of the servers run, with few filings and small stores.

Cold starts are left out: packing and compiling takes too long, and tests/infra starts the packages.
"""

from pathlib import Path

import pytest

from benchmarks.serving import desk, intake, invoked, lookup, memory
from benchmarks.serving.servers import ports_over
from tests.helpers.lambdas import event_loop


@pytest.fixture
def place(tmp_path: Path, built: Path) -> Path:
    """A folder with the built site in `dist`."""
    (tmp_path / "dist").symlink_to(built)
    return tmp_path


def test_intake_is_measured(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every server takes filings; each figure is there once."""
    monkeypatch.setattr(intake, "_ROUNDS", 1)
    monkeypatch.setattr(intake, "_FILINGS", intake.CONNECTIONS)
    figures = {figure.key: figure.value for figure in intake.measure(place)}
    assert len(figures) == 12
    assert figures["intake.rate"] > 0
    assert figures["intake.json.share_of_starlette"] > 0


def test_invocations_are_measured(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filing on Lambda's path and one on a bare Starlette take processor time."""
    monkeypatch.setattr(invoked, "_ROUNDS", 1)
    monkeypatch.setattr(invoked, "_FILINGS", 5)
    with event_loop():
        figures = {figure.key: figure.value for figure in invoked.measure(ports_over(place))}
    assert figures.keys() == {"lambda.form_cpu", "lambda.cpu", "lambda.times_starlette"}
    assert all(value > 0 for value in figures.values())


def test_memory_is_measured(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is compared after few filings and after more."""
    for name, filings in (("_STEP", 20), ("_EARLY", 20), ("_LATE", 40)):
        monkeypatch.setattr(memory, name, filings)
    (figure,) = memory.measure(place)
    assert figure.value > 0.5


def test_look_ups_are_measured(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look-ups and filings are answered in a small store and in a larger one."""
    monkeypatch.setattr(lookup, "_ROUNDS", 1)
    monkeypatch.setattr(lookup, "_REQUESTS", 20)
    monkeypatch.setattr(lookup, "SMALL", lookup.Scale(30, 2))
    monkeypatch.setattr(lookup, "LARGE", lookup.Scale(60, 4))
    assert [figure.key for figure in lookup.measure(place)] == ["lookup.growth", "filing.growth"]


def test_desk_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call of the desk runs on both stores, where DynamoDB Local is there."""
    monkeypatch.setattr(desk, "_ROUNDS", 1)
    figures = {figure.key: figure.value for figure in desk.measure(tmp_path, 400)}
    assert len(figures) in (7, 14)
    assert all(value > 0 for value in figures.values())
