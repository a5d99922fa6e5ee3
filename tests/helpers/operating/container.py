"""Stands in for `docker`, of which no engine is there: does what its commands ask of one container.

It runs the image's command as another user on a root that cannot be written, with the options and
variables of `docker run`. Ports are free ones; volumes are the folders of a test.
"""

import os
import shlex
import signal
import subprocess
from pathlib import Path

from tests.helpers.operating.confined import confined
from tests.helpers.operating.dockerfile import Instruction, values
from tests.helpers.operating.unit_files import moved
from tests.helpers.servers.listening import free_port, wait_for

_WITH_VALUE = ("--name", "--restart", "--tmpfs", "-p", "-v", "-e")
_START_SECONDS = 180
_STOP_SECONDS = 45


class Container:
    """The container of the last stage of a Dockerfile, whose paths are `places`."""

    def __init__(self, stage: list[Instruction], places: dict[str, Path], log: Path) -> None:
        self._stage, self._places, self._log = stage, places, log
        self._port, self._writable = free_port(), places["/data"].parent
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            "PATH": f"{places['/opt/ombud'] / 'bin'}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
            "XDG_CACHE_HOME": str(self._writable),
            "TMPDIR": str(self._writable),
        }

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def docker(self, command: str) -> str:
        """Does what a command asks; what a program in the container says. Raises ValueError."""
        program, action, *words = shlex.split(command.replace("\\\n", " "))
        if program != "docker":
            raise ValueError(command)
        if action in ("build", "volume"):  # the stages run as scripts; volumes are folders
            return ""
        if action == "run":
            self._run(words)
        elif action == "exec":
            return self._exec(words[1:])
        elif action == "kill":
            assert self._process
            assert words[:2] == ["--signal", "HUP"]
            self._process.send_signal(signal.SIGHUP)
        elif action == "cp":
            assert Path(moved(words[0].partition(":")[2], self._places)).is_file()
        elif action == "stop":
            self._stop()
        else:
            raise ValueError(command)
        return ""

    def health(self) -> int:
        """The exit code of the image's health check."""
        (value,) = values(self._stage, "HEALTHCHECK")
        text = value.partition(" CMD ")[2].replace(":8000", f":{self._port}")
        command = Instruction("CMD", text).words()
        return subprocess.run(command, env=self._environment, capture_output=True).returncode

    def _run(self, words: list[str]) -> None:
        options: list[tuple[str, str]] = []
        while words[0].startswith("-"):
            name = words.pop(0)
            options.append((name, words.pop(0) if name in _WITH_VALUE else ""))
        assert ("--read-only", "") in options
        volumes = {value.split(":")[1] for name, value in options if name == "-v"}
        assert volumes == {"/policies", "/data", "/site"}
        (ports,) = (value for name, value in options if name == "-p")
        assert ports.rpartition(":")[2] == values(self._stage, "EXPOSE")[0]
        self._environment |= dict(value.split("=", 1) for name, value in options if name == "-e")
        (entry,) = (one for one in self._stage if one.name == "ENTRYPOINT")
        command = [moved(word, self._places) for word in entry.words()] + words[1:]
        command += ["--port", str(self._port), "--metrics", "none", "--workers", "1"]
        with self._log.open("wb") as file:
            self._process = subprocess.Popen(
                confined(self._writable, command),
                env=self._environment,
                stdout=file,
                stderr=file,
                cwd="/",
            )
        health = f"http://127.0.0.1:{self._port}/cases/health"
        wait_for(health, self._process, _START_SECONDS, "it did not start")

    def _exec(self, words: list[str]) -> str:
        command = confined(self._writable, [moved(word, self._places) for word in words])
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True)
        assert done.returncode == (1 if "doctor" in words else 0), done.stdout + done.stderr
        return done.stdout

    def _stop(self) -> None:
        if self._process and self.is_running:
            self._process.send_signal(signal.SIGTERM)
            assert self._process.wait(timeout=_STOP_SECONDS) == 0, self._log.read_text("utf-8")
