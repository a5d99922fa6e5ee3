"""Access that was revoked stays revoked: whatever is deployed, and whichever key is in use."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.desk.access import find_person
from functions.cases.desk.revocations import is_access_revoked, restore_access, revoke_access
from functions.cases.ports.ports import Ports
from functions.model.desk.staff import mark
from site_src.publish.targets.folder import FolderTarget
from tests.conftest import KEY, SITE_URL
from tests.helpers.publishing.checkouts import deploy
from tests.helpers.sample_policies import entry, staffed, write_staff

LIN, LU = "lin.yi@sample.example.com", "lu.min@sample.example.com"
NEW_KEY = bytes(reversed(range(32)))
DAY = date(2026, 3, 2)


@pytest.fixture
def target(tmp_path: Path) -> FolderTarget:
    """An empty folder to deploy to."""
    return FolderTarget(tmp_path / "www")


@pytest.fixture
def deployed(policies: Path, target: FolderTarget, ports: Ports, tmp_path: Path) -> Ports:
    """Ports over a deployed site with two people."""
    write_staff(policies / "sample", staffed(entry(LIN, "service"), entry(LU, "service")))
    deploy(policies, target, DAY, SITE_URL)
    return replace(ports, contracts=FolderContracts(str(tmp_path / "www" / "contracts")))


def logged_in(ports: Ports, address: str = LIN, key: bytes = KEY) -> bool:
    """Whether a session that was sealed under that key still finds its person."""
    sought = mark(key, "sample", address)
    return find_person("sample", sought, ports) is not None


def test_revocation_holds_at_once(deployed: Ports) -> None:
    """The next request of the person finds nobody; another person's does."""
    assert logged_in(deployed)
    revoke_access("sample", LIN.upper(), deployed)
    assert not logged_in(deployed)
    assert logged_in(deployed, LU)
    assert is_access_revoked("sample", LIN, deployed)
    assert not is_access_revoked("branch", LIN, deployed)


def test_stale_deploy_lifts_nothing(deployed: Ports, policies: Path, target: FolderTarget) -> None:
    """A deploy from a checkout that still lists the person lets them in no more."""
    revoke_access("sample", LIN, deployed)
    stale = (policies / "sample" / "staff.yaml").read_text(encoding="utf-8")
    write_staff(policies / "sample", staffed(entry(LU, "service")))
    deploy(policies, target, DAY, SITE_URL)
    assert not logged_in(deployed)
    write_staff(policies / "sample", stale)
    deploy(policies, target, DAY, SITE_URL, taken_back=("sample",))
    directory = deployed.contracts.directory("sample")
    assert directory is not None
    assert LIN in {member.address for member in directory.staff}
    assert not logged_in(deployed)


def test_revocation_can_be_taken_back(deployed: Ports) -> None:
    """Once it is taken back the person is found again; taking back nothing says so."""
    revoke_access("sample", LIN, deployed)
    assert restore_access("sample", LIN, deployed)
    assert logged_in(deployed)
    assert not restore_access("sample", LIN, deployed)


def test_new_key_lifts_nothing(deployed: Ports) -> None:
    """A revocation under the earlier key holds under the new one, and is taken back whole."""
    revoke_access("sample", LIN, deployed)
    rotated = replace(deployed, key=NEW_KEY, earlier_keys=(KEY,))
    assert not logged_in(rotated)
    assert not logged_in(rotated, key=NEW_KEY)
    assert logged_in(rotated, LU)
    assert restore_access("sample", LIN, rotated)
    assert logged_in(rotated)
    assert logged_in(deployed)


def test_revocation_outlives_the_earlier_key(deployed: Ports) -> None:
    """What is revoked while both keys are there holds when the earlier one is gone."""
    revoke_access("sample", LIN, replace(deployed, key=NEW_KEY, earlier_keys=(KEY,)))
    assert not logged_in(replace(deployed, key=NEW_KEY, earlier_keys=()), key=NEW_KEY)
