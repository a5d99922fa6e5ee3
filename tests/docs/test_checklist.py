"""The checklist of the first deploy: ten steps, each with its command and what must be seen."""

import re

import pytest
from typer.main import get_command

from cli.app import app
from site_src.places import ROOT

PAGE = (ROOT / "docs" / "first-deploy-checklist.md").read_text(encoding="utf-8")
STEPS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]


def test_there_are_ten() -> None:
    """They are numbered from 1 to 10."""
    assert [step.partition(".")[0] for step in STEPS] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.partition("\n")[0])
def test_step_says_what_to_do_and_to_see(step: str) -> None:
    """A step has a command, then what must be seen; commands of ours exist."""
    command, see = step.index("\n    "), step.index("\n**See** ")
    assert command < see
    named = re.findall(r"build\.py (\w+)", step)
    assert set(named) <= set(get_command(app).commands)  # type: ignore[attr-defined]
