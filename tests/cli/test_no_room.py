"""A full disk: the message says which file could not be written."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EFBIG
from pathlib import Path

import pytest

from cli.exits import failure_of
from functions.model.durable_files import write_whole
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.folder import FolderTarget

CONTENT = bytes(5000)


@contextmanager
def no_room() -> Iterator[None]:
    """Lets no file of this process grow over 4,000 bytes, which fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_has_no_room_is_named(tmp_path: Path) -> None:
    """A file, one on the stage and one at a target: the line says which, and nothing is left."""
    stage, target = StagedFiles(tmp_path / "stage"), FolderTarget(tmp_path / "www")
    with target.writer("test", lambda _: None) as writer:
        for write, path in (
            (lambda: write_whole(tmp_path / "keys.json", CONTENT), tmp_path / "keys.json"),
            (lambda: stage.add({"a.html": CONTENT}, {}), tmp_path / "stage" / "3" / "a.html"),
            (lambda: writer.put("b.html", CONTENT), tmp_path / "www" / "b.html"),
        ):
            with no_room(), pytest.raises(OSError, match="File too large") as failed:
                write()
            assert failed.value.errno == EFBIG
            assert failure_of(failed.value).line == f"{path}: File too large"
    assert not (tmp_path / "keys.json").exists()
    assert not (tmp_path / "www" / "b.html").exists()
