"""Fixtures of this folder: a folder of policies, and a public server over it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_src.places import POLICIES
from tests.helpers.servers.public_server import PublicServer, public_server


@pytest.fixture(scope="module")
def two_policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two policies and a site.yaml, as a repository of policies has it."""
    folder = tmp_path_factory.mktemp("repository") / "policies"
    folder.mkdir()
    for name in ("securities-brokerage", "car-dealer"):
        shutil.copytree(POLICIES / name, folder / name)
    shutil.copy(POLICIES / "site.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def public(two_policies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublicServer]:
    """A public server over them."""
    folder = tmp_path_factory.mktemp("public")
    with public_server(folder, two_policies, "--workers", "1") as server:
        yield server
