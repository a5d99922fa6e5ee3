"""The command on the settings of a stack: settings."""

# Each command imports its own modules: the imports take longer than a build without changes.

from shlex import quote
from typing import Annotated

import typer

Stack = Annotated[
    str, typer.Option("--stack", metavar="NAME", help="The stack on AWS, such as ombud-prod.")
]


def settings_command(stack: Stack) -> None:
    """Print the settings of a stack on AWS as lines that a shell evaluates."""
    from functions.bootstrap import stack_settings

    for name, value in stack_settings(stack).items():
        typer.echo(f"export {name}={quote(value)}")
