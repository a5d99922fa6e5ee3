"""The container image: its build and its command, run here without a container engine.

What is not run, since there is no engine: fetching the base image, `apt-get` in it, and the
isolation itself. A mount namespace with a root that cannot be written stands in for the latter.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from site_src.places import ROOT
from tests.conftest import SITE_URL
from tests.helpers.operating.container import Container
from tests.helpers.operating.dockerfile import stages, values
from tests.helpers.operating.pages import below, page_commands
from tests.helpers.operating.unit_files import moved

BUILD, FINAL = stages(ROOT / "Dockerfile")


@pytest.fixture(scope="module")
def places(two_policies: Path) -> Iterator[dict[str, Path]]:
    """A folder for each path that the Dockerfile names."""
    with TemporaryDirectory(prefix="ombud-image-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)
        (folder / "source").mkdir()
        copied = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for path in (Path(os.fsdecode(one)) for one in copied.stdout.split(b"\0") if one):
            if is_sent(path) and (ROOT / path).is_file():
                (folder / "source" / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / path, folder / "source" / path)
        shutil.rmtree(folder / "source" / "policies")
        shutil.copytree(two_policies, folder / "source" / "policies")
        shutil.copytree(two_policies, folder / "policies")
        yield {
            "/src": folder / "source",
            "/opt/ombud": folder / "ombud",
            "/policies": folder / "policies",
            "/data": folder / "writable" / "data",
            "/site": folder / "writable" / "site",
        }


def is_sent(path: Path) -> bool:
    """Whether .dockerignore lets a file into the build."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line.removeprefix("!") for line in lines if line.startswith("!")]
    return any(path == Path(name) or Path(name) in path.parents for name in kept)


def test_image_gives_away_no_rights() -> None:
    """One base for both stages, by version; a user by number who is not root; a health check."""
    assert values(BUILD, "FROM")[0].removesuffix(" AS build") == values(FINAL, "FROM")[0]
    assert ":latest" not in values(FINAL, "FROM")[0]
    assert not values(BUILD, "ADD") + values(FINAL, "ADD")
    assert values(FINAL, "USER") == ["10001:10001"]
    assert values(FINAL, "VOLUME") == ['["/data", "/site"]']
    made = next(run for run in values(FINAL, "RUN") if "install -d" in run)
    assert made == "install -d -o 10001 -g 10001 /policies /data /site"
    (healthy,) = values(FINAL, "HEALTHCHECK")
    assert "/cases/ready" in healthy


def test_nothing_secret_is_sent_to_the_build() -> None:
    """Data, keys and the folder of version control stay outside the image."""
    for name in ("data/key", ".git/config", "build/x", "dist/index.html", "tests/conftest.py"):
        assert not is_sent(Path(name)), name
    for name in ("site_src/templates/pages/start.html", "functions/notify.py", "locks/run.txt"):
        assert is_sent(Path(name)), name


def built(places: dict[str, Path]) -> None:
    """Runs the lines of the build one after the other."""
    first, *lines = values(BUILD, "RUN")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    version = first.removeprefix("python -m pip install --no-cache-dir uv==")
    assert f"UV_VERSION := {version}\n" in makefile  # so the tests' own is the same
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    plain = os.environ | {"PATH": path, "OMBUD_SITE_URL": SITE_URL}
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    for line in lines:
        here = moved(line, places | {"python3": Path(sys.executable)})
        subprocess.run(["sh", "-ec", here], cwd=places["/src"], env=plain, check=True, timeout=300)
    assert list(places["/opt/ombud"].glob("lib/*/site-packages/site_src/__pycache__/templates/*"))
    for place in ("/data", "/site"):
        places[place].mkdir(parents=True)


def test_image_is_built_and_serves(places: dict[str, Path], tmp_path: Path) -> None:
    """What the Dockerfile makes does on a read-only root what docs/operations.md asks of it."""
    built(places)
    container = Container(FINAL, places, tmp_path / "server.log")
    done: dict[str, str] = {}
    try:
        for command in below(page_commands(ROOT / "docs" / "operations.md"))["A container"]:
            done[command] = container.docker(command)
            if container.is_running:
                assert container.health() == 0
        assert not container.is_running
        assert container.health() != 0
    finally:
        container.docker("docker stop ombud")
    doctor = next(output for command, output in done.items() if " doctor " in command)
    faults = [line.split()[1] for line in doctor.splitlines() if line.startswith("fault")]
    assert faults == ["mail", "site"], doctor  # there is no mail.example.com
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert not list(places["/data"].glob("*.tar"))  # it was copied out and removed
    assert (places["/data"] / "ombud.db").stat().st_uid != 0
    assert (places["/site"] / "www" / "car-dealer" / "index.html").is_file()
