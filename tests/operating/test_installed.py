"""The wheel, installed: the command `ombud` works in an empty folder, without this checkout."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from functions.model.release import RELEASE
from site_src.file_names import PUBLISHED_RECORD
from site_src.places import ROOT
from tests.helpers.operating.installed import alone

ANSWERS = "en\nMy Shop\n\nMS\nshop@example.com\nManager\n\n5\nn\n"
"""The answers to the questions of `new`."""


def run(ombud: Path, cwd: Path, *arguments: str, answers: str = "") -> str:
    """The output of a command that ends well."""
    done = subprocess.run(
        [ombud, *arguments],
        cwd=cwd,
        env=alone() | {"OMBUD_SITE_URL": "https://ombud.example.com"},
        input=answers,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_has_everything_and_nothing_else(ombud: Path) -> None:
    """Each committed file of the three packages is in it: templates, assets, words, schemas."""
    (wheel,) = (ombud.parents[2] / "wheel").glob("*.whl")
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed += ["cli", "functions", "site_src"]
    committed = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True)
    own = {name for name in committed.stdout.splitlines() if (ROOT / name).is_file()}
    assert {name for name in names if ".dist-info/" not in name} == own
    assert wheel.name == f"ombud-{RELEASE}-py3-none-any.whl"


def test_from_an_empty_folder_to_a_site(ombud: Path, tmp_path: Path) -> None:
    """`new`, `check`, `build` and `deploy` work where there is nothing but what they make."""
    written = run(ombud, tmp_path, "new", "my-shop", answers=ANSWERS)
    assert "Written: policies/my-shop" in written
    assert "1 policies checked, 0 findings" in run(ombud, tmp_path, "check")
    run(ombud, tmp_path, "build")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "policies"]
    page = (tmp_path / "dist" / "my-shop" / "index.html").read_text(encoding="utf-8")
    assert "My Shop" in page
    run(ombud, tmp_path, "deploy", "--to", "www")
    policy = json.loads((tmp_path / "www" / "my-shop" / "policy.json").read_bytes())
    assert policy["id"] == "my-shop"
    assert list((tmp_path / "www" / "assets").glob("*.css"))


def test_same_pages_as_from_the_checkout(ombud: Path, built: Path, tmp_path: Path) -> None:
    """The installed program builds from our samples what the checkout builds, byte by byte."""
    policies = str(ROOT / "policies")
    run(ombud, tmp_path, "build", "--policies", policies, "--out", "dist")
    here, there = files(tmp_path / "dist"), files(built)
    assert here.keys() == there.keys()
    # The record also has the digest of the installed libraries, which are fewer here.
    differ = [name for name, content in here.items() if content != there[name]]
    assert differ == [PUBLISHED_RECORD]


def files(folder: Path) -> dict[str, bytes]:
    """The content of each file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_other_programs_see_none_of_it(ombud: Path, tmp_path: Path) -> None:
    """The environment of the tests, as any other, does not have the command or its packages."""
    code = "import importlib.metadata as m; m.version('ombud')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=alone(), capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"PackageNotFoundError" in done.stderr
