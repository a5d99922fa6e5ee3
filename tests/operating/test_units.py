"""The systemd units of the example: verified, and each of their commands run."""

import os
import re
import shutil
import signal
import subprocess
import tarfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from site_src.places import ROOT
from tests.helpers.operating.confined import confined
from tests.helpers.operating.unit_files import UNITS, commands, environment, moved, sections
from tests.helpers.servers.listening import free_port, wait_for
from tests.helpers.servers.waiting import eventually

FOLDER = ROOT / "examples" / "one-machine"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".service", ".timer"))


@pytest.fixture
def machine(ombud: Path, two_policies: Path) -> Iterator[dict[str, Path]]:
    """A folder for each path that the units name."""
    with TemporaryDirectory(prefix="ombud-machine-") as name:
        folder = Path(name)
        places = {
            "/opt/ombud": ombud.parent.parent,
            "/etc/ombud": FOLDER,
            "/srv/policies": folder / "policies",
            "/var/lib/ombud": folder / "lib",
            "/var/cache/ombud": folder / "cache",
            "/var/backups/ombud": folder / "backups",
        }
        shutil.copytree(two_policies, folder / "policies")
        for place in ("lib", "cache", "backups", "tmp"):
            (folder / place).mkdir()
        yield places


def verified(folder: Path) -> "subprocess.CompletedProcess[str]":
    """What systemd says of the units in a folder."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not there")
    units = [path for path in folder.iterdir() if path.suffix in (".service", ".timer")]
    command = ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no"]
    command += map(str, units)
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_systemd_finds_nothing_wrong(machine: dict[str, Path], tmp_path: Path) -> None:
    """Each unit is verified with the command where it is installed; a broken twin is told."""
    for name in FILES:
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(moved(text, machine), encoding="utf-8")
    done = verified(tmp_path)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    broken = tmp_path / "ombud.service"
    text = broken.read_text("utf-8").replace("KillMode=", "KilMode=")
    broken.write_text(text.replace("bin/ombud serve", "bin/ombudd serve"), encoding="utf-8")
    told = verified(tmp_path).stderr
    assert "Unknown key 'KilMode'" in told
    assert "bin/ombudd is not executable" in told


def test_every_unit_is_confined() -> None:
    """No unit may gain rights or write outside the folders that it names."""
    for name in UNITS:
        service = dict(sections((FOLDER / name).read_text("utf-8"))["Service"])
        assert service["ProtectSystem"] == "strict"
        assert service["NoNewPrivileges"] == service["PrivateTmp"] == "true"
        assert (service["User"], service["Group"]) == ("ombud", "ombud")


def test_service_runs_reloads_and_ends(machine: dict[str, Path], tmp_path: Path) -> None:
    """ExecStart serves, as another user and on a read-only root; ExecReload publishes a change."""
    ((*command,),) = commands(FOLDER / "ombud.service", "ExecStart", machine)
    port, metrics = free_port(), free_port()
    command += ["--port", str(port), "--metrics", f"127.0.0.1:{metrics}"]
    lib = machine["/var/lib/ombud"]
    variables = environment(FOLDER / "ombud.env")
    assert variables.keys() == {"OMBUD_SITE_URL", "OMBUD_MAIL", "OMBUD_MAIL_FROM"}
    variables |= {"XDG_CACHE_HOME": str(machine["/var/cache/ombud"]), "TMPDIR": f"{lib}/../tmp"}
    log = tmp_path / "server.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            confined(lib.parent, command),
            env={"PATH": os.environ["PATH"]} | variables,
            cwd="/",
            stdout=file,
            stderr=file,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/cases/health", process, 120, log.read_text("utf-8"))
        with urllib.request.urlopen(f"{address}/car-dealer/") as page:
            assert page.status == 200
        assert (lib / "data" / "ombud.db").stat().st_uid != 0
        security = machine["/srv/policies"] / "site.yaml"
        text = security.read_text(encoding="utf-8")
        security.write_text(text.replace("security@", "safety@"), encoding="utf-8")
        ((program, *arguments),) = commands(FOLDER / "ombud.service", "ExecReload", machine)
        reload = [word.replace("$MAINPID", str(process.pid)) for word in arguments]
        subprocess.run([program, *reload], check=True)
        published = lib / "site" / ".well-known" / "security.txt"
        eventually(lambda: "safety@" in published.read_text(encoding="utf-8"))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=45) == 0, log.read_text("utf-8")
    assert "Traceback" not in log.read_text(encoding="utf-8")
    back_up(machine)


def back_up(machine: dict[str, Path]) -> None:
    """The lines of the nightly unit write a backup and delete those that are older than 35 days."""
    backups = machine["/var/backups/ombud"]
    old = backups / "cases-2026-01-01-020000.tar"
    old.touch()
    os.utime(old, (0, 0))
    for command in commands(FOLDER / "ombud-backup.service", "ExecStart", machine):
        subprocess.run(command, check=True, timeout=120)
    (backup,) = backups.iterdir()
    assert backup.stat().st_mode & 0o077 == 0
    with tarfile.open(backup) as archive:
        assert "ombud.db" in archive.getnames()


def test_backups_of_one_second_have_two_names() -> None:
    """A backup by hand right after another one, as in a release, is not refused."""
    unit = (FOLDER / "ombud-backup.service").read_text(encoding="utf-8").replace("%%", "%")
    (name,) = re.findall(r"cases-\$\([^)]*\)\.tar", unit)
    twice = ["/bin/sh", "-c", f"echo {name}; sleep 0.002; echo {name}"]
    first, second = subprocess.run(twice, check=True, capture_output=True, text=True).stdout.split()
    assert re.fullmatch(r"cases-\d{4}-\d\d-\d\d-\d{6}-\d{3}\.tar", first)
    assert first < second


def test_policies_are_fetched_and_checked(machine: dict[str, Path], tmp_path: Path) -> None:
    """The unit pulls and checks; with findings it stops before the service is told to publish."""
    origin, checkout = tmp_path / "origin", machine["/srv/policies"]
    checkout.rename(origin)
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "First")
    git(tmp_path, "clone", "-q", str(origin), str(checkout))
    fetch, check, reload = commands(FOLDER / "ombud-policies.service", "ExecStart", machine)
    assert reload == ["/bin/systemctl", "reload", "ombud.service"]  # needs a running systemd
    page = origin / "car-dealer" / "policy.yaml"
    page.write_text(page.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    git(origin, "commit", "-q", "-a", "-m", "Break it")
    subprocess.run(check, check=True, capture_output=True, timeout=120)
    subprocess.run(fetch, check=True, timeout=60)
    assert (checkout / "car-dealer" / "policy.yaml").read_bytes() == page.read_bytes()
    assert subprocess.run(check, check=False, capture_output=True, timeout=120).returncode == 1


def git(folder: Path, *arguments: str) -> None:
    """A command of git, with an author of its own."""
    author = ["-c", "user.name=Clerk", "-c", "user.email=clerk@example.com"]
    subprocess.run(["git", *author, *arguments], cwd=folder, check=True, timeout=60)
