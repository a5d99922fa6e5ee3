"""The package under Lambda's own runtime client, with real events."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from mailbox import Maildir
from pathlib import Path

import pytest

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.ports.ports import Ports
from tests.conftest import KEY, codec
from tests.helpers.lambdas import FILER, OFFICE, REFERENCE, event, store_filing
from tests.helpers.servers.runtime_api import RuntimeApi, Unpacked, running


@pytest.fixture(scope="module")
def settings(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings with a store on disk and the built contracts."""
    data = tmp_path_factory.mktemp("data")
    return {
        "OMBUD_STORE": f"sqlite:{data / 'ombud.db'}",
        "OMBUD_CONTRACTS": str(built / "contracts"),
        "OMBUD_MAIL": f"maildir:{data / 'mail'}",
        "OMBUD_MAIL_FROM": "no-reply@ombud.example.com",
        "OMBUD_ATTACHMENTS": str(data / "files"),
        "OMBUD_SITE_URL": "https://ombud.example.com",
        "OMBUD_KEY": KEY.hex(),
    }


@pytest.fixture(scope="module")
def intake(unpacked: Unpacked, settings: dict[str, str]) -> Iterator[RuntimeApi]:
    """The intake function's process."""
    with running("functions.intake.handler", unpacked, settings) as api:
        yield api


@pytest.mark.parametrize("name", ["form_base64", "multipart_base64"])
def test_form_is_stored(name: str, intake: RuntimeApi, settings: dict[str, str]) -> None:
    """A form of a page leads to its receipt, and the case lies in the store."""
    answer = intake.invoke(event(name))
    assert answer["statusCode"] == 303
    location = answer["headers"]["location"]
    assert location.startswith("/cases/receipt?token=ACB-")
    store = SqliteStore(settings["OMBUD_STORE"].removeprefix("sqlite:"), codec())
    case = store.case(location.partition("=")[2].partition(".")[0])
    store.close()
    assert case is not None
    assert case.submission.name == "张三"
    for path in ("/cases/receipt", "/cases/receipt.txt", "/cases/receipt.ics"):
        shown = event("receipt_forged") | {"rawPath": path}
        shown["requestContext"]["http"]["path"] = path
        shown["rawQueryString"] = location.partition("?")[2]
        assert case.reference in intake.invoke(shown)["body"]


def test_program_gets_its_receipt(intake: RuntimeApi) -> None:
    """A JSON filing is answered with reference, code and dates."""
    answer = intake.invoke(event("json_plain"))
    assert answer["statusCode"] == 201
    receipt = json.loads(answer["body"])
    assert receipt["reference"].startswith("ACB-")
    assert receipt["milestones"]


def test_empty_form_comes_back(intake: RuntimeApi) -> None:
    """What cannot be taken comes back as the form, with the function's headers."""
    answer = intake.invoke(event("form_empty"))
    assert answer["statusCode"] == 422
    assert "<form" in answer["body"]
    assert answer["headers"]["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(("name", "status"), [("health", 200), ("receipt_forged", 410)])
def test_other_events(name: str, status: int, intake: RuntimeApi) -> None:
    """Health and a forged receipt are answered."""
    assert intake.invoke(event(name))["statusCode"] == status


def test_address_in_any_script(intake: RuntimeApi) -> None:
    """Nothing that only some addresses need was left out of the package."""
    filing = event("json_plain")
    filing["body"] = json.dumps(json.loads(filing["body"]) | {"email": "张@例子.中国"})
    assert intake.invoke(filing)["statusCode"] == 201


def test_missing_setting_is_reported(unpacked: Unpacked, settings: dict[str, str]) -> None:
    """A function that cannot start says which variable it lacks, in one line, and ends with 3."""
    less = {name: value for name, value in settings.items() if name != "OMBUD_KEY"}
    ended = subprocess.run(
        [sys.executable, "-S", "-m", "awslambdaric", "functions.intake.handler"],
        cwd=unpacked[0],
        env=less
        | {
            "PYTHONPATH": ":".join(map(str, unpacked)),
            "LAMBDA_TASK_ROOT": str(unpacked[1]),
            "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 3
    (line,) = (ended.stdout + ended.stderr).splitlines()
    assert "this function cannot start: OMBUD_KEY is not set; it takes file:PATH" in line


_IMPORT_EACH = """
import importlib, sys
for name in sys.argv[1:]:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != "jinja2":
            raise
        print(name)
"""


def without_jinja(unpacked: Unpacked, settings: dict[str, str]) -> list[str]:
    """Imports each module of the functions in a package; those that lack nothing but Jinja2."""
    task = unpacked[1]
    names = [
        ".".join(path.relative_to(task).with_suffix("").parts)
        for path in sorted((task / "functions").rglob("*.py"))
    ]
    result = subprocess.run(
        [sys.executable, "-S", "-c", _IMPORT_EACH, *names],
        cwd=unpacked[0],
        env=settings | {"PYTHONPATH": ":".join(map(str, unpacked))},
        capture_output=True,
        text=True,
    )
    assert result.stderr == ""
    return result.stdout.split()


def test_every_module_starts(
    unpacked: Unpacked, unpacked_desk: Unpacked, settings: dict[str, str]
) -> None:
    """Each module finds in its package all that it imports: the desk's in that of the desk."""
    assert without_jinja(unpacked_desk, settings) == []
    assert without_jinja(unpacked, settings) == []


def test_desk_is_served_from_its_package(unpacked_desk: Unpacked, settings: dict[str, str]) -> None:
    """Templates, words and style sheet are there: the page of the login loads nothing else."""
    asked = event("health")
    asked["headers"]["accept-language"] = "zh-CN"
    with running("functions.desk.handler", unpacked_desk, settings) as desk:
        asked["rawPath"] = asked["requestContext"]["http"]["path"] = "/cases/desk/login"
        page = desk.invoke(asked)
        assert page["statusCode"] == 200
        assert "<h1>登录</h1>" in page["body"]
        (sheet,) = re.findall(r'href="(/cases/desk/style/[^"]+)"', page["body"])
        asked["rawPath"] = asked["requestContext"]["http"]["path"] = sheet
        style = desk.invoke(asked)
        assert style["statusCode"] == 200
        assert style["headers"]["content-type"].startswith("text/css")


def test_mails_are_sent_and_come_back(unpacked: Unpacked, ports: Ports, wired: Path) -> None:
    """The stream's records send a filing's mails, the sweep finds none left, a bounce is kept."""
    store_filing(ports)
    settings = {name: value for name, value in os.environ.items() if name.startswith("OMBUD_")}
    with running("functions.notify.handler", unpacked, settings) as notify:
        assert notify.invoke(event("stream_filing")) == {"batchItemFailures": []}
    assert {str(mail["To"]) for mail in Maildir(wired)} == {FILER, OFFICE}
    with running("functions.sweep.handler", unpacked, settings) as sweep:
        assert sweep.invoke({}) == {"tried": 0, "scanned": 0, "reminded": 0}
    with running("functions.feedback.handler", unpacked, settings) as feedback:
        assert feedback.invoke(event("ses_bounce")) is None
    assert ports.store.events(REFERENCE)[-1].type == "mail_bounced"
