"""The very packages on the runtime's Python and processor: their bytecode and machine code.

pytest collects this module where it is named only: an emulated processor takes minutes.
"""

import json
from pathlib import Path
from sysconfig import get_path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.commands.arm64 import emulated
from tests.conftest import KEY
from tests.helpers.lambdas import event
from tests.helpers.packaged import Packaged

OF_THE_RUNTIME = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3")
"""Packages that Lambda's Python has; all of them are pure Python."""

INTAKE = """
import functions.notify, functions.sweep, functions.tidy, functions.feedback
import functions.adapters.dynamodb.store, functions.adapters.dynamodb.kms
import functions.adapters.contracts.s3, functions.adapters.files.s3, functions.adapters.mail.ses
from functions.intake import handler
"""
DESK = "from functions.desk import handler"

CALLED = """
import json, os, platform, sys
assert sys.version_info[:2] == (3, 13), sys.version
assert platform.machine() == "aarch64", platform.machine()
import functions, pydantic_core._pydantic_core as machine_code
for each in (functions, machine_code):
    assert each.__file__.startswith(os.environ["TASK"]), each.__file__
print(json.dumps([handler(event, None) for event in json.loads(os.environ["EVENTS"])]))
"""


@pytest.fixture(scope="module")
def settings(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of a function over a store on disk and the built contracts."""
    data = tmp_path_factory.mktemp("data")
    return {
        "OMBUD_STORE": f"sqlite:{data / 'ombud.db'}",
        "OMBUD_CONTRACTS": str(built / "contracts"),
        "OMBUD_MAIL": f"maildir:{data / 'mail'}",
        "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
        "OMBUD_ATTACHMENTS": str(data / "files"),
        "OMBUD_SITE_URL": "https://ombud.example.com",
        "OMBUD_KEY": KEY.hex(),
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
    }


def answers(
    imports: str, events: list[Any], archive: Path, folder: Path, settings: dict[str, str]
) -> list[dict[str, Any]]:
    """What a function of a package answers to these events."""
    task, front = folder / "task", folder / "runtime"
    with ZipFile(archive) as package:
        package.extractall(task)
    front.mkdir()
    installed = Path(get_path("purelib"))
    for name in OF_THE_RUNTIME:
        (front / name).symlink_to(installed / name)
    done = emulated.run(
        imports + CALLED,
        (task, front),
        settings | {"EVENTS": json.dumps(events), "TASK": str(task)},
    )
    assert done.returncode == 0, done.stderr
    # What the function logs stands before.
    given: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return given


def test_intake_takes_a_filing(
    packaged: Packaged, settings: dict[str, str], tmp_path: Path
) -> None:
    """All functions but the desk start, and a filing is validated, encrypted and stored."""
    asked = [event("health"), event("json_plain"), {"key1": "a test event of the console"}]
    health, filed, nothing = answers(INTAKE, asked, packaged.archive, tmp_path, settings)
    assert (health["statusCode"], filed["statusCode"], nothing["statusCode"]) == (200, 201, 204)


def test_desk_shows_its_login(packaged: Packaged, settings: dict[str, str], tmp_path: Path) -> None:
    """The desk starts from its own package and fills a template."""
    asked = event("health") | {"rawPath": "/cases/desk/login"}
    asked["requestContext"]["http"]["path"] = "/cases/desk/login"
    (page,) = answers(DESK, [asked], packaged.desk_archive, tmp_path, settings)
    assert page["statusCode"] == 200
    assert "<h1>登录</h1>" in page["body"]
