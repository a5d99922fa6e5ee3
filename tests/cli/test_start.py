"""How much the program loads before it knows which command it runs."""

import subprocess
import sys

from site_src.places import ROOT

_OF_SOME_COMMANDS = {
    "babel",
    "botocore",
    "jinja2",
    "markdown",
    "site_src.check",
    "starlette",
    "yaml",
}


def test_commands_import_what_they_need_themselves() -> None:
    """The program starts without what only some commands need: a build without changes is short."""
    asked = f"import sys, cli.app; print(sorted({_OF_SOME_COMMANDS!r} & set(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"
