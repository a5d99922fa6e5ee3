"""Reads the instructions of a Dockerfile, by stage."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instruction:
    """One instruction, such as RUN, with what follows it on one line."""

    name: str
    value: str

    def words(self) -> list[str]:
        """The command of an instruction in exec form. Raises ValueError for any other form."""
        found = json.loads(self.value)
        if not isinstance(found, list):
            raise ValueError(f"{self.name} is not in exec form")
        return [str(word) for word in found]


def stages(file: Path) -> list[list[Instruction]]:
    """The instructions of each stage; a stage begins with its FROM."""
    lines = file.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    found: list[list[Instruction]] = []
    for line in re.sub(r" *\\\n *", " ", text).splitlines():
        if not line:
            continue
        name, _, value = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append(Instruction(name, value))
    return found


def values(stage: list[Instruction], name: str) -> list[str]:
    """What follows each instruction of a name."""
    return [one.value for one in stage if one.name == name]
