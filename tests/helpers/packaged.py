"""Runs `make package` and `osls package` for the tests."""

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.package import NODE, PACKAGES, ROOT, pack

_OSLS = ROOT / "node_modules" / ".bin" / "osls"

WHEELS = Path(sys.prefix) / "functions"
"""The folder in which `make` installs the wheels for the package."""

REGION = "eu-central-1"
PARAMETERS = {
    "domain": "ombud.example.com",
    "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/example",
    "mailFrom": "no-reply@ombud.example.com",
    "alarmMail": "operator@example.com",
}


@dataclass(frozen=True)
class Packaged:
    """The package of the functions, that of the desk and the template, in osls's folder."""

    folder: Path
    archive: Path
    desk_archive: Path
    template: dict[str, Any]

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The template's resources by their logical names."""
        return self.template["Resources"]  # type: ignore[no-any-return]

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Returns the properties of each resource of a type, by logical name."""
        return {
            name: resource["Properties"]
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }


def package(folder: Path) -> Packaged:
    """Packs the functions and lets osls write the template, without access to the network."""
    archive, desk_archive = (ROOT / "build" / name for name in PACKAGES)
    pack(WHEELS, archive)
    pack(WHEELS, desk_archive, desk=True)
    no_network = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    osls("package", folder, no_network)
    text = (folder / "cloudformation-template-update-stack.json").read_text(encoding="utf-8")
    return Packaged(folder, archive, desk_archive, json.loads(text))


def osls(command: str, folder: Path, more: dict[str, str]) -> None:
    """Runs osls on the package in `folder`, with `more` in its environment and no AWS account.

    Other processes of the tests wait: each run clears and writes `.serverless` of this checkout.
    """
    arguments = [str(NODE), str(_OSLS), command, "--package", str(folder)]
    arguments += [f"--param={name}={value}" for name, value in PARAMETERS.items()]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = inherited | {"AWS_REGION": REGION} | more
    with (ROOT / "build" / "osls.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
