"""The pages on AWS, followed to the letter on the emulator with the command line of AWS.

Left out is what version 1 of that command line lacks, and what needs CloudFront, which the
emulator has not: tests/infra/test_edge.py plays it. A function is called, but its package is for
arm64: what it answers is in tests/infra/test_runtime.py.
"""

import os
import re
import shlex
import shutil
from pathlib import Path

import boto3
import pytest

from functions.cases.ports.ports import Ports
from site_src.places import ROOT
from tests.helpers.operating.machine import checkout
from tests.helpers.operating.pages import Ran, below, page_commands, run_in_turn
from tests.helpers.packaged import PARAMETERS, REGION
from tests.helpers.servers.deployed_stack import DeployedStack, filed_on

PAGE = below(page_commands(ROOT / "docs" / "operations.md"))
CHECKLIST = below(page_commands(ROOT / "docs" / "first-deploy-checklist.md"))
SECTIONS = (
    "First deploy",
    "What an update may not do",
    "Commands on the stack",
    "Attached files",
    "Restore",
    "Seeing",
    "China (aws-cn)",
)
ELSEWHERE = ("osls deploy", "curl ", "aws logs tail")


class Follower:
    """Follows a page on the stack, with what the stack and this test have for its names."""

    def __init__(self, stack: DeployedStack, ports: Ports, folder: Path) -> None:
        if shutil.which("aws") is None:
            pytest.skip("the command line of AWS is not there")
        found = boto3.client("cloudformation").describe_stacks(StackName="ombud-prod")
        outputs = {row["OutputKey"]: row["OutputValue"] for row in found["Stacks"][0]["Outputs"]}
        self._key, self._folder = stack.environment["OMBUD_KEY"], folder
        self._names = {
            name: outputs[name] for name in ("SiteBucket", "ContractsBucket", "DistributionId")
        } | {
            "REFERENCE": filed_on(ports, account=folder.name),
            "TABLE": outputs["Table"],
            "KEY": stack.environment["OMBUD_DATA_KEY"].removeprefix("kms:"),
        }
        self._source = checkout(folder)

    def run(self, commands: list[str]) -> list[Ran]:
        """Runs what the emulator can."""
        (self._folder / "notes").mkdir()
        tried = [self._here(each) for each in commands if not each.startswith(ELSEWHERE)]
        return run_in_turn(tried, self._source, os.environ, work=self._folder / "notes")

    def _here(self, command: str) -> str:
        """The command with the names of the stack, below the folder of the test."""
        for name, value in self._names.items():
            command = re.sub(rf"(?<![\w-]){name}\b", value, command)
        command = command.replace("/srv/ombud", f"{self._folder}/srv")
        # The emulator gives the name of the secret where AWS gives its ARN.
        return f"{command}; export OMBUD_KEY={self._key}" if "eval" in command else command


def test_deployment_has_the_parameters_of_the_page() -> None:
    """The page deploys the stack as the tests do."""
    (command,) = (each for each in PAGE["First deploy"] if each.startswith("osls"))
    _, _, *words = shlex.split(command.replace("\\\n", " "))
    assert words[:2] == ["--region", REGION]
    given = dict(word.removeprefix("--param=").split("=", 1) for word in words[2:])
    assert given.keys() == PARAMETERS.keys()


def test_commands_of_the_page(stack: DeployedStack, on_stack: Ports, tmp_path: Path) -> None:
    """Keys, site, stack policy, settings, files, a restored table and logs, each as it says."""
    commands = [command for section in SECTIONS for command in PAGE[section]]
    keys = [command for command in commands if command.endswith("build.py keys")]
    settings = next(command for command in commands if command.startswith("eval"))
    ran = Follower(stack, on_stack, tmp_path).run([settings, *commands])
    assert [each for each in ran if each.code] == []
    assert len(keys) == 1
    assert (tmp_path / "checkout" / "policies" / "keys.json").is_file()
    assert (tmp_path / "srv" / "car-dealer" / "index.html").is_file()
    assert len(list((tmp_path / "checkout" / "files").iterdir())) == 1


def test_commands_of_the_checklist(stack: DeployedStack, on_stack: Ports, tmp_path: Path) -> None:
    """Each step's commands end well and print what must be seen, as far as the emulator has it."""
    commands = [command for step in CHECKLIST.values() for command in step]
    ran = Follower(stack, on_stack, tmp_path).run(commands)
    assert [each for each in ran if each.code] == []
    printed = "\n".join(each.output for each in ran)
    for words in ("_COMPLETE", "Update:Replace", "erased ACB-"):
        assert words in printed, words
    assert list((tmp_path / "checkout" / "trial").iterdir())
