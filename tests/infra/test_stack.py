"""The stack, deployed whole to an emulator of AWS: the functions and the commands on it."""

import json
import shlex
import urllib.request
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import boto3
import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.bootstrap import stack_settings
from functions.cases.ports.ports import Ports
from site_src import places
from site_src.places import POLICIES, ROOT
from tests.helpers.packaged import Packaged
from tests.helpers.sample_files import PDF
from tests.helpers.servers.deployed_stack import DeployedStack, filed_on

STACK = "ombud-prod"


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of a command."""
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.output


def test_functions_are_the_packages(stack: DeployedStack, packaged: Packaged) -> None:
    """Each function gets the very package."""
    code, desk_code = (
        b64encode(sha256(archive.read_bytes()).digest()).decode()
        for archive in (packaged.archive, packaged.desk_archive)
    )
    functions = boto3.client("lambda").list_functions()["Functions"]
    assert {one["FunctionName"]: one["CodeSha256"] for one in functions} == dict.fromkeys(
        (f"{STACK}-{name}" for name in ("intake", "notify", "sweep", "tidy", "feedback")), code
    ) | {f"{STACK}-desk": desk_code}


def test_stack_policy_is_set(stack: DeployedStack) -> None:
    """Each deployment sets the policy that keeps what holds data."""
    set_ = boto3.client("cloudformation").get_stack_policy(StackName=STACK)["StackPolicyBody"]
    policy = json.loads((ROOT / "infra" / "stack-policy.json").read_text(encoding="utf-8"))
    assert json.loads(set_) == policy


def test_stack_takes_a_filing(stack: DeployedStack, on_stack: Ports) -> None:
    """What the function's environment names takes a filing with its file and sends its mails."""
    filed_on(on_stack)
    (kept,) = on_stack.shelf.entries("waiting")
    assert on_stack.shelf.read(kept.key) == PDF
    with urllib.request.urlopen(f"{stack.address}/_ministack/ses/messages") as answer:
        (messages,) = json.load(answer)["messages"].values()
    assert {message["To"][0] for message in messages} == {
        "zhang@example.com",
        "office@accreditation.example.com",
    }


def test_settings_are_told(stack: DeployedStack) -> None:
    """`settings --stack` prints the environment of the functions, for a shell.

    The emulator gives the name of the secret where AWS gives its ARN.
    """
    code, printed = run("settings", "--stack", STACK)
    assert code == 0
    lines = [shlex.split(line) for line in printed.splitlines()]
    assert {word for word, _ in lines} == {"export"}
    settings = dict(assignment.split("=", 1) for _, assignment in lines)
    functions = {name: value for name, value in stack.environment.items() if "OMBUD_" in name}
    secret = settings["OMBUD_KEY"].removeprefix("secret:")
    assert secret in functions["OMBUD_KEY"]
    assert settings | {"OMBUD_KEY": functions["OMBUD_KEY"]} == functions


def test_stack_that_does_not_exist() -> None:
    """Its name is told with what AWS says, and the environment is to blame."""
    code, said = run("settings", "--stack", "ombud-prot")
    assert code == 3
    assert said.startswith("stack ombud-prot: ")
    assert "does not exist" in said


def test_commands_work_with_the_settings_of_the_stack(
    stack: DeployedStack, on_stack: Ports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands on cases and keys need nothing but what `settings --stack` prints."""
    reference = filed_on(on_stack, account="XYZZY", email="li@example.com")
    monkeypatch.setattr(places, "POLICIES", copytree(POLICIES, tmp_path / "policies"))
    for name, value in stack.environment.items():
        monkeypatch.setenv(name, value)
    code, printed = run("attachments", reference, "--to", str(tmp_path / "files"))
    assert code == 0, printed
    (file,) = (tmp_path / "files").iterdir()
    assert file.read_bytes() == PDF
    code, printed = run("export", "--person", "li@example.com")
    assert (code, "XYZZY" in printed) == (0, True)
    code, printed = run("keys")
    assert (code, "accreditation-body" in printed) == (0, True)
    code, printed = run("staff", "list", "car-dealer")
    assert (code, "lin.yi@dealer.example.com" in printed) == (0, True)
    code, printed = run("erase", "--person", "li@example.com", "--yes")
    assert (code, f"erased {reference}" in printed) == (0, True)
    assert run("expire")[0] == 0
    assert run("rekey")[0] == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"OMBUD_KEY": None}, "OMBUD_KEY must be set too; `build.py settings --stack NAME` prints"),
        (
            {"OMBUD_ATTACHMENTS": None, "OMBUD_CONTRACTS": None},
            "OMBUD_ATTACHMENTS and OMBUD_CONTRACTS must be set too",
        ),
        ({"OMBUD_DATA_KEY": None}, "is one of KMS, and OMBUD_DATA_KEY is not set"),
        ({"OMBUD_ATTACHMENTS": "s3://nowhere"}, "S3 NoSuchBucket: what OMBUD_ATTACHMENTS names"),
        ({"OMBUD_STORE": "dynamodb:nothing"}, "what OMBUD_STORE names does not exist"),
        ({"OMBUD_KEY": "secret:arn:aws:secretsmanager:x:1:secret:y"}, "ResourceNotFound"),
    ],
)
def test_wrong_setting_is_named(
    changed: dict[str, str | None],
    words: str,
    stack: DeployedStack,
    on_stack: Ports,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is missing or wrong is what the one line on stderr says, and nothing else."""
    reference = filed_on(on_stack, email="wang@example.com", account=words)
    for name, value in (stack.environment | changed).items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    code, said = run("attachments", reference, "--to", str(tmp_path))
    assert (code, words in said, said.count("\n")) == (3, True, 1), said


def test_doctor_examines_the_stack(
    stack: DeployedStack, on_stack: Ports, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`doctor --stack` tries table, key, buckets and mail with the settings of the stack.

    The emulator gives the name of the secret where AWS gives its ARN.
    """
    on_stack.store.check_key()
    named = {"OMBUD_KEY": stack.environment["OMBUD_KEY"]}
    monkeypatch.setattr(
        "cli.doctor.installation.stack_settings", lambda name: stack_settings(name) | named
    )
    code, printed = run("doctor", "--stack", STACK, "--json", "--data", str(tmp_path / "none"))
    assert code == 1
    found = {check["subject"]: check for check in json.loads(printed)["checks"]}
    assert found["settings"]["says"] == f"the stack {STACK} tells all of them"
    assert found["store"]["state"] == "good", found["store"]
    assert found["contracts"]["state"] == "good", found["contracts"]
    assert found["files"]["state"] == "good", found["files"]
    assert not (tmp_path / "none").exists()
