"""Fixtures for the dates that are watched."""

from pathlib import Path

import pytest

from functions.cases.ports.ports import Ports
from tests.conftest import Mailbox, StoppedClock
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.desk.staff_directory import with_staff


@pytest.fixture
def watched(
    ports: Ports, built: Path, tmp_path: Path, clock: StoppedClock, mailbox: Mailbox
) -> WatchedCases:
    """No cases yet, under the samples' contracts, with the staff of the tests."""
    return WatchedCases(with_staff(ports, built, tmp_path / "contracts"), clock, mailbox)
