"""Every command that operators are told to give is run by a test, which is named here.

A command that is new on a page fails here until a test runs it, or it ends with `# not tried`.
"""

import ast
import re

import pytest

from site_src.places import ROOT
from tests.helpers.operating.pages import PageCommand, page_commands

PATH = "tests/operating/test_operations_page.py::test_one_machine_behind_caddy"
DAY = "tests/operating/test_operations_page.py::test_commands_of_every_day"
IMAGE = "tests/operating/test_image.py::test_image_is_built_and_serves"
STACK = "tests/infra/test_stack_page.py::test_commands_of_the_page"
CHECKLIST = "tests/infra/test_stack_page.py::test_commands_of_the_checklist"

FOLLOWED = {
    "One machine behind Caddy": PATH,
    "A new release on the machine": PATH,
    "A container": IMAGE,
    "One machine": DAY,
    "A policy changes": DAY,
    "Several repositories publish into one site": DAY,
    "An organisation is renamed": DAY,
    "Somebody leaves": DAY,
    "What an update may not do": STACK,
    "Commands on the stack": STACK,
    "Attached files": STACK,
    "Restore": STACK,
    "Seeing": STACK,
    "China (aws-cn)": STACK,
}
"""Sections of docs/operations.md whose commands a test takes from the page and runs in order."""

BY_COMMAND = {
    "make run-aws": "tests/infra/test_stack.py::test_stack_takes_a_filing",
    "osls deploy": "tests/infra/test_stack_page.py::test_deployment_has_the_parameters_of_the_page",
    ".venv/bin/python build.py keys": STACK,
    ".venv/bin/python build.py deploy --to s3:": STACK,
    ".venv/bin/python build.py verify": DAY,
    "sed -n '/^Ombud-Receipt": "tests/functions/model/test_signature.py::test_openssl_checks_it",
    "sed -n 's/^Signature": "tests/functions/model/test_signature.py::test_openssl_checks_it",
    "{ printf": "tests/functions/model/test_signature.py::test_openssl_checks_it",
    "openssl pkeyutl": "tests/functions/model/test_signature.py::test_openssl_checks_it",
}
"""Commands of the other sections, by how they begin."""

NO_EMULATOR = {
    "curl -s $SITE/cases/ready": "tests/infra/test_runtime.py::test_other_events",
    "curl -si $SITE/nowhere/": "tests/infra/test_edge.py::test_missing_page_is_a_page_of_the_site",
    "curl -si $SITE/en/nowhere/": (
        "tests/infra/test_edge.py::test_missing_page_is_a_page_of_the_site"
    ),
    "curl -si -X POST $SITE/": (
        "tests/infra/test_site_template.py::test_pages_and_answers_share_one_origin"
    ),
    'curl -si "$SITE/cases/receipt': (
        "tests/infra/test_edge.py::test_answers_of_the_functions_arrive_unchanged"
    ),
    'curl -si -H "Origin:': (
        "tests/infra/test_edge.py::test_answers_of_the_functions_arrive_unchanged"
    ),
    "curl -si $SITE/cases/health": "tests/infra/test_edge.py::test_no_status_is_replaced",
    "curl -so /dev/null -D - --compressed": (
        "tests/infra/test_site_template.py::test_security_headers_are_the_functions"
    ),
    "aws logs tail": "tests/infra/test_template.py::test_function_has_its_own",
}
"""Commands of the checklist that no emulator answers, with the test that comes nearest."""


def commands(name: str) -> list[PageCommand]:
    """The commands of a page that are to be tried."""
    return [one for one in page_commands(ROOT / "docs" / name) if one.is_tried]


def runner_of(command: PageCommand) -> str | None:
    """The test that runs a command of docs/operations.md."""
    begins = (test for start, test in BY_COMMAND.items() if command.text.startswith(start))
    return FOLLOWED.get(command.heading) or next(begins, None)


def test_every_command_of_the_page_is_run() -> None:
    """Each is in a section that a test follows, or named with its test."""
    page = commands("operations.md")
    assert [one.text for one in page if runner_of(one) is None] == []
    assert FOLLOWED.keys() <= {one.heading for one in page}
    for start in BY_COMMAND:
        assert any(one.text.startswith(start) for one in page), start


def test_every_command_of_the_checklist_is_run() -> None:
    """What the emulator can is run; the curl and logs of a real stack name what comes nearest."""
    page = commands("first-deploy-checklist.md")
    lacking = ("curl ", "aws logs tail")
    left = [one.text for one in page if one.text.startswith(lacking)]
    assert [text for text in left if not text.startswith(tuple(NO_EMULATOR))] == []
    for start in NO_EMULATOR:
        assert any(text.startswith(start) for text in left), start


@pytest.mark.parametrize(
    "test",
    sorted({*FOLLOWED.values(), *BY_COMMAND.values(), *NO_EMULATOR.values(), CHECKLIST}),
)
def test_named_test_exists(test: str) -> None:
    """A test that runs commands is there under its name."""
    file, _, name = test.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_few_commands_are_not_tried() -> None:
    """They need what no test has: packages of Debian, a public name, and a firewall of AWS."""
    all_commands = [
        one for name in ("operations.md", "first-deploy-checklist.md") for one in _of(name)
    ]
    left = [one.text.split()[0:2] for one in all_commands if not one.is_tried]
    assert left == [
        ["apt-get", "install"],
        ["curl", "-fsS"],
        ["aws", "cloudformation"],
        ["aws", "cloudformation"],
    ]


def test_blocks_are_commands_or_fenced() -> None:
    """No indented line is configuration or code: each begins with a program or a shell's word."""
    for name in ("operations.md", "first-deploy-checklist.md"):
        for one in _of(name):
            assert re.match(r"[\w./{}-]+(\(\))?[ =]", one.text), one.text


def _of(name: str) -> list[PageCommand]:
    return page_commands(ROOT / "docs" / name)
