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

PARAMETERS = {
    "domain": "ombud.example.com",
    "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/example",
    "mailFrom": "no-reply@ombud.example.com",
    "alarmMail": "operator@example.com",
}


@dataclass(frozen=True)
class Packaged:
    """The package of the functions and the template that names it."""

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
    pack(Path(sys.prefix) / "functions", archive)
    command = [str(NODE), str(_OSLS), "package", "--package", str(folder)]
    command += [f"--param={name}={value}" for name, value in PARAMETERS.items()]
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    subprocess.run(
        command, cwd=ROOT, env=kept | closed | {"AWS_REGION": "eu-central-1"}, check=True
    )
    text = (folder / "cloudformation-template-update-stack.json").read_text(encoding="utf-8")
    return Packaged(archive, json.loads(text))
