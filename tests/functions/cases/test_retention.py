"""Cases that end go with their files, and nobody reads the files of the others for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.file_storage import UPLOADS, StoredFile
from functions.cases.ports.ports import Ports
from functions.cases.ports.store import Store
from functions.cases.retention import expire_cases, keep_files, remove_orphans, remove_unclaimed
from functions.cases.subject_rights import erase_case
from functions.model.attachment import Attachment
from functions.model.case import Case
from functions.model.errors import FilesUnavailable
from functions.tidy import tidy
from tests.conftest import MORNING, StoppedClock, codec, on_store
from tests.functions.adapters.test_store import DAY, case, key
from tests.helpers.servers.dynamodb_local import client_at

FILE = Attachment(id="0a" * 16, name="a.pdf", type="pdf", size=4, sha256="0" * 64)


class Shelf(FolderFileStorage):
    """A folder that notes what is listed, and may be away."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.listed: list[str] = []
        self.away = False

    def entries(self, place: str) -> Iterator[StoredFile]:
        """See FileStorage."""
        self.listed.append(place)
        return super().entries(place)

    def remove_all(self, reference: str) -> None:
        """See FileStorage."""
        if self.away:
            raise FilesUnavailable("away")
        super().remove_all(reference)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty folder."""
    return Shelf(str(tmp_path / "shelf"))


@pytest.fixture(params=["sqlite", "dynamodb"])
def kept(
    request: pytest.FixtureRequest, ports: Ports, shelf: Shelf, tmp_path: Path, clock: StoppedClock
) -> Iterator[Ports]:
    """The ports over each store, with five cases of three years and two of one day."""
    store: Store
    if request.param == "dynamodb":
        address, table = map(request.getfixturevalue, ("dynamodb", "table"))
        store = DynamoStore(table, client_at(address), codec(clock))
    else:
        store = SqliteStore(str(tmp_path / "kept.db"), codec(clock))
    here = replace(on_store(ports, store), shelf=shelf)
    for number in range(7):
        end = MORNING + (1 if number > 4 else 1096) * DAY - timedelta(seconds=1)
        file(here, f"SEC-22222-2222{number}", end)
    yield here
    store.close()


def file(ports: Ports, reference: str, retained_until: datetime) -> Case:
    """A case with a file, which the sweep has seen."""
    changes = {"attachments": (FILE,), "retained_until": retained_until}
    filed = case(reference).model_copy(update=changes)
    ports.store.accept(filed, (), key(reference, reference))
    ports.lists.put_off(reference, None)
    ports.shelf.put(f"cleared/{reference}/{FILE.id}", b"%PDF")
    return filed


def files(ports: Ports) -> list[str]:
    """The references of the cases that have files."""
    return [entry.key.split("/")[1] for entry in FolderFileStorage.entries(ports.shelf, "cleared")]  # type: ignore[arg-type]


def test_sweep_deletes_what_ended_alone(kept: Ports, shelf: Shelf, clock: StoppedClock) -> None:
    """Cases with their files, a second time nothing; of files it lists the uploads only."""

    class Context:
        def get_remaining_time_in_millis(self) -> int:
            return 280_000

    clock.at = MORNING + DAY
    assert tidy(Context(), kept) == {"expired": 2, "removed": 0}
    assert tidy(Context(), kept) == {"expired": 0, "removed": 0}
    assert files(kept) == [f"SEC-22222-2222{number}" for number in range(5)]
    assert set(shelf.listed) == {UPLOADS}


def test_files_go_first(kept: Ports, shelf: Shelf, clock: StoppedClock) -> None:
    """While the storage is away no case goes either, so it is found again."""
    clock.at = MORNING + DAY
    shelf.away = True
    with pytest.raises(FilesUnavailable):
        expire_cases(kept)
    assert len(kept.store.ended(clock.at)) == 2
    shelf.away = False
    assert expire_cases(kept) == 2
    assert len(files(kept)) == 5


def test_notice_that_is_sent_while_a_case_is_erased_keeps_no_file(kept: Ports) -> None:
    """Whichever comes first, no copy of an erased case's file stays."""
    filed = kept.store.case("SEC-22222-22220")
    assert filed is not None
    kept.shelf.put(f"{UPLOADS}/{FILE.id}", b"%PDF")
    erase_case(filed, kept)
    kept.shelf.put(f"{UPLOADS}/{FILE.id}", b"%PDF")
    keep_files(filed, (), kept)
    assert list(kept.shelf.entries("waiting")) == []
    assert "SEC-22222-22220" not in files(kept)


def test_restored_store_loses_the_files_of_later_cases(kept: Ports) -> None:
    """What no case of the store has is found by reading every name."""
    kept.shelf.put(f"infected/SEC-77777-77777/{FILE.id}", b"later")
    assert remove_unclaimed(kept) == 0
    assert remove_orphans(kept) == 1
    assert len(files(kept)) == 7
