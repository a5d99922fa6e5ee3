"""An installation on this machine that is as it should be, for tests to break."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.doctor.examine import examine_installation
from cli.doctor.installation import Installation, installation
from cli.doctor.result import CheckResult
from cli.local_settings import settings_of
from functions.bootstrap import bootstrap
from site_src.publish.build import build
from tests.helpers.places import EXAMPLES
from tests.helpers.servers.listening import free_port

_CONTACT = "security_contact: a@b.example.com\n"
Examine = Callable[..., list[CheckResult]]


@dataclass(frozen=True)
class BuiltHere:
    """A site that was built once, and the address that nobody serves it at."""

    out: Path
    address: str


@pytest.fixture(scope="session")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> BuiltHere:
    """The site of the good example."""
    folder = tmp_path_factory.mktemp("doctor")
    shutil.copytree(EXAMPLES / "good", folder / "policies")
    (folder / "policies" / "site.yaml").write_text(_CONTACT, "utf-8")
    address = f"http://127.0.0.1:{free_port()}"
    build(folder / "policies", folder / "dist", site_url=address)
    return BuiltHere(folder / "dist", address)


@pytest.fixture
def home(
    policies: Path, tmp_path: Path, built_here: BuiltHere, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder with policies, a site in `dist` and a store in `data`, of which nobody serves."""
    for name in [name for name in os.environ if name.startswith("OMBUD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OMBUD_SITE_URL", built_here.address)
    (policies / "site.yaml").write_text(_CONTACT, "utf-8")
    shutil.copytree(built_here.out, tmp_path / "dist")
    ports = bootstrap(settings_of(8000, tmp_path / "dist", tmp_path / "data"))
    ports.store.check_key()
    ports.store.close()
    return tmp_path


@pytest.fixture
def looked_at(home: Path) -> Callable[..., Installation]:
    """Reads the installation as its settings are now."""

    def look(stack: str | None = None, mail_to: str | None = None) -> Installation:
        return installation(home / "data", home / "dist", home / "policies", stack, mail_to)

    return look


@pytest.fixture
def examined(looked_at: Callable[..., Installation]) -> Examine:
    """Examines the installation; what is only of this machine and this season is left out."""

    def all_results(**options: str) -> list[CheckResult]:
        results = examine_installation(looked_at(**options))
        return [result for result in results if result.subject not in ("calendar", "clock", "pdf")]

    return all_results


def wrong(results: list[CheckResult]) -> list[tuple[str, str, str]]:
    """What of it is a warning or a fault."""
    return [
        (result.state, result.subject, result.says)
        for result in results
        if result.state in ("warning", "fault")
    ]
