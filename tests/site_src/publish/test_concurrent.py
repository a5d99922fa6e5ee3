"""Many publish into one site at the same moment, and nothing of any of them is lost.

`python -m tests.commands.concurrent_publications` does the same as often as one likes.
"""

from pathlib import Path

import pytest

from tests.helpers.publishing.checkouts import record_at
from tests.helpers.publishing.concurrent import Site, checkouts, losses, publish_all


def test_processes_publish_into_a_folder(tmp_path: Path) -> None:
    """Eight processes, each with an organisation of its own; some publications are killed."""
    site, made = Site(str(tmp_path / "www")), checkouts(tmp_path, 8, times=3)
    publish_all(site, made, kill_every=3)
    assert losses(site, made) == []


def test_fifty_repositories_publish_into_a_folder(tmp_path: Path) -> None:
    """Fifty at the same moment, each with an organisation of its own: the site has all of them."""
    site, made = Site(str(tmp_path / "www")), checkouts(tmp_path, 50, times=1)
    publish_all(site, made)
    assert losses(site, made) == []
    assert record_at(site.target()).number == 50


@pytest.mark.usefixtures("s3_target")
def test_processes_publish_to_s3(tmp_path: Path) -> None:
    """The same over the emulator: each waits for its turn."""
    site, made = Site("s3://site", "s3://contracts"), checkouts(tmp_path, 4, times=2)
    publish_all(site, made)
    assert losses(site, made) == []
    assert record_at(site.target()).number == 8


def test_loss_is_seen(tmp_path: Path) -> None:
    """A publication that is lost, and a file that is not as the record says, are reported."""
    site, made = Site(str(tmp_path / "www")), checkouts(tmp_path, 2, times=1)
    publish_all(site, made)
    (tmp_path / "www" / "source-0" / "index.html").write_text("changed")
    (tmp_path / "www" / "stranger.html").write_text("x")
    made[1].change(1)
    first, second, *_ = losses(site, made)
    assert first == "not as the record says: ['source-0/index.html', 'stranger.html']"
    assert second == "source-0 is not published whole"
