"""Stands in for `systemctl` where no systemd runs: starts, reloads and stops what units say.

It runs their commands as their user with their environment. What confines a service, and when
timers elapse, it leaves out. Of units that are not installed as files it only knows their names.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.helpers.operating.unit_files import commands, environment, sections

UNITS = Path("/etc/systemd/system")
STATE = Path("/run/ombud-units")


def main(action: str, *words: str) -> None:
    """Does what is asked of each unit."""
    STATE.mkdir(exist_ok=True)
    for name in (word for word in words if not word.startswith("--")):
        unit = UNITS / name
        if unit.suffix == ".timer" or not unit.is_file():
            known = unit.is_file() or name == "caddy"
            if not known:
                sys.exit(f"Unit {name} not found.")
        elif action == "reload":
            for command in commands(unit, "ExecReload", {}):
                subprocess.run([word.replace("$MAINPID", _pid(name)) for word in command])
        elif action in ("enable", "start", "restart", "stop"):
            if action in ("restart", "stop"):
                _stop(name)
            if action != "stop":
                _start(unit)


def _start(unit: Path) -> None:
    """Starts a service in the background, or runs what ends by itself."""
    service = dict(sections(unit.read_text("utf-8"))["Service"])
    user = service["User"]
    for key, above in (("StateDirectory", "/var/lib"), ("CacheDirectory", "/var/cache")):
        if name := service.get(key):
            subprocess.run(["install", "-d", "-o", user, "-g", user, f"{above}/{name}"], check=True)
    variables = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    if file := service.get("EnvironmentFile"):
        variables |= environment(Path(file))
    variables |= dict([service["Environment"].split("=", 1)] if "Environment" in service else [])
    for command in commands(unit, "ExecStart", {}):
        as_user = ["/usr/sbin/runuser", "-u", user, "--", *command]
        place = service.get("WorkingDirectory", "/")
        if service["Type"] == "oneshot":
            subprocess.run(as_user, env=variables, cwd=place, check=True)
            continue
        with (STATE / f"{unit.name}.log").open("ab") as log:
            process = subprocess.Popen(
                as_user,
                env=variables,
                cwd=place,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        (STATE / unit.name).write_text(str(process.pid))


def _pid(name: str) -> str:
    """The process of a service: what `runuser` has started."""
    above = (STATE / name).read_text()
    found = Path(f"/proc/{above}/task/{above}/children").read_text().split()
    return found[0] if found else above


def _stop(name: str) -> None:
    os.kill(int(_pid(name)), signal.SIGTERM)
    while Path(f"/proc/{(STATE / name).read_text()}").exists():
        os.sched_yield()


if __name__ == "__main__":
    main(*sys.argv[1:])
