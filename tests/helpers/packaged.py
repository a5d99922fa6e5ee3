"""What `make package` and `osls package` leave behind, made once for all tests."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.package import NODE, ROOT, pack

_OSLS = ROOT / "node_modules" / ".bin" / "osls"

WHEELS = Path(sys.prefix) / "functions"
"""Where `make` installs the wheels that the package is made of."""

REGION = "eu-central-1"
PARAMETERS = {
    "domain": "ombud.example.com",
    "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/example",
    "mailFrom": "no-reply@ombud.example.com",
    "alarmMail": "operator@example.com",
}


@dataclass(frozen=True)
class Packaged:
    """The package of the functions and the template that names it, in osls's folder."""

    folder: Path
    archive: Path
    template: dict[str, Any]

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The template's resources by their logical names."""
        return self.template["Resources"]  # type: ignore[no-any-return]

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of each resource of a type, by logical name."""
        return {
            name: resource["Properties"]
            for name, resource in self.resources.items()
            if resource["Type"] == kind
        }


def package(folder: Path) -> Packaged:
    """Packs the functions and has osls write the template, with no way out to the network."""
    archive = ROOT / "build" / "functions.zip"
    pack(WHEELS, archive)
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    osls("package", folder, closed)
    text = (folder / "cloudformation-template-update-stack.json").read_text(encoding="utf-8")
    return Packaged(folder, archive, json.loads(text))


def osls(command: str, folder: Path, more: dict[str, str]) -> None:
    """Runs osls on the package in `folder`, with `more` in its environment and no real account."""
    words = [str(NODE), str(_OSLS), command, "--package", str(folder)]
    words += [f"--param={name}={value}" for name, value in PARAMETERS.items()]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    subprocess.run(words, cwd=ROOT, env=kept | {"AWS_REGION": REGION} | more, check=True)
