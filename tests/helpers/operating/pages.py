"""Reads the commands of a page of the docs, and runs them as somebody would who follows it."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

NOT_TRIED = "# not tried"
"""Ends a command that no test can run."""


@dataclass(frozen=True)
class PageCommand:
    """A command of a page, with the heading that it stands below; continued lines are one."""

    heading: str
    text: str

    @property
    def is_tried(self) -> bool:
        """Whether a test must run it."""
        return not self.text.endswith(NOT_TRIED)


@dataclass(frozen=True)
class Ran:
    """What came of a command: its exit code, and what it wrote to both outputs."""

    command: str
    code: int
    output: str


def page_commands(page: Path) -> list[PageCommand]:
    """Each command of each indented block of a page, in order; other blocks are fenced.

    A list may indent its text: a block is what is indented by four spaces more.
    """
    found: list[PageCommand] = []
    heading, text = "", re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.M | re.S)
    margin, in_block, above = 0, False, ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if line.startswith("#"):
            heading, margin, in_block = line.lstrip("# "), 0, False
        elif item := re.match(r"(- |\d+\. )", line):
            margin, in_block = len(item[0]), False
        elif line and depth < margin:
            margin, in_block = 0, False
        elif line and (in_block or not above) and depth >= margin + 4:
            if in_block and found[-1].text.endswith("\\"):
                found[-1] = PageCommand(heading, f"{found[-1].text}\n{line.strip()}")
            else:
                found.append(PageCommand(heading, line.strip()))
            in_block = True
        elif line:
            in_block = False
        above = line
    return found


def below(commands: Iterable[PageCommand]) -> dict[str, list[str]]:
    """The commands to try, by heading."""
    return {
        heading: [command.text for command in group if command.is_tried]
        for heading, group in groupby(commands, lambda command: command.heading)
    }


def run_in_turn(
    commands: Iterable[str],
    folder: Path,
    environment: Mapping[str, str],
    answers: Mapping[str, str] | None = None,
    within: tuple[str, ...] = (),
    work: Path | None = None,
    seconds: int = 300,
) -> list[Ran]:
    """Runs the commands in one shell that begins in `folder`: a change of folder stays.

    `answers` are typed into the commands that contain their key, `within` is a program that runs
    the shell, and `work` a folder for what they write.
    """
    notes = work or folder
    script = [f"cd '{folder}'"]
    for number, command in enumerate(commands):
        typed = next((text for part, text in (answers or {}).items() if part in command), "")
        (notes / f"{number}.in").write_text(typed, encoding="utf-8")
        (notes / f"{number}.command").write_text(command, encoding="utf-8")
        script.append(f"{{ {command}\n}} <'{notes}/{number}.in' >'{notes}/{number}.out' 2>&1")
        script.append(f"echo $? >'{notes}/{number}.code'")
    shell = [*within, "bash", "-c", "\n".join(script)]
    subprocess.run(shell, env=dict(environment), check=True, timeout=seconds)
    return [_ran(file) for file in sorted(notes.glob("*.command"), key=lambda file: int(file.stem))]


def _ran(file: Path) -> Ran:
    code, output = (file.with_suffix(end).read_text("utf-8") for end in (".code", ".out"))
    command = file.read_text("utf-8")
    for end in (".command", ".code", ".out", ".in"):
        os.unlink(file.with_suffix(end))
    return Ran(command, int(code), output)
