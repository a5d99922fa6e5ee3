"""Loads the examples of every component, which feed the gallery page, the docs and the tests.

Each folder of `templates/components/` has an `examples.yaml`. An example names a macro of the
folder and its arguments; its `policy` lists the parts of `components/policy.yaml` to replace.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from functions.model.attachment import AttachmentRules
from functions.model.contract.form import FormField
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.text import Text
from site_src.errors import ExampleFailed
from site_src.places import COMPONENTS
from site_src.policy.model.policy import Policy
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml

_FILE = "examples.yaml"


class ProofRow(Frozen):
    """A line of a receipt's proof; `code` means monospaced type."""

    term: Text
    words: Text
    code: bool = False


class Arguments(Frozen):
    """All arguments of macros; an example gives those that its macro takes."""

    policy: Policy | None = None
    kind: KindId | None = None
    field: FormField | None = None
    hints: Annotated[dict[str, Text | Literal[""]], Field(default_factory=dict)]
    autocomplete: Annotated[dict[str, str], Field(default_factory=dict)]
    limits: tuple[Limit, ...] = ()
    columns: tuple[Text, ...] = ()
    rows: tuple[ProofRow, ...] = ()
    readers: tuple[Text, ...] = ()
    more: tuple[Text, ...] = ()
    rules: AttachmentRules | None = None
    address: str = ""
    legend: Text | None = None
    name: str = ""
    question: Text | None = None
    number: str = ""
    standing: str = ""
    tone: str = ""


class Filling(Frozen):
    """A fragment that the functions put into a slot; `values` are text, `attributes` are HTML."""

    fragment: str
    values: dict[str, Text]
    attributes: Annotated[dict[str, str], Field(default_factory=dict)]


class Example(Frozen):
    """One use of a macro; `inside` is the body of its `call`, `filled` the content of its slots."""

    name: str
    shows: Text
    macro: str
    arguments: Arguments
    inside: Text | None = None
    filled: Annotated[dict[str, str | tuple[Filling, ...]], Field(default_factory=dict)]


class Component(Frozen):
    """A component, its purpose and its examples."""

    name: str
    about: str
    examples: tuple[Example, ...]

    @property
    def file(self) -> Path:
        """The file of its examples."""
        return COMPONENTS / self.name / _FILE


def components() -> tuple[Component, ...]:
    """Every component with examples, in alphabetical order; paper has its own tests.

    Raises ExampleFailed.
    """
    base = _mapping(COMPONENTS / "policy.yaml")
    return tuple(_component(file.parent, base) for file in sorted(COMPONENTS.glob(f"*/{_FILE}")))


def _component(folder: Path, base: dict[str, Any]) -> Component:
    file = folder / _FILE
    data = _mapping(file)
    for example in data.get("examples", ()):
        arguments = example.get("arguments", {})
        if "policy" in arguments:
            example["arguments"] = arguments | {"policy": base | arguments["policy"]}
    try:
        return Component.model_validate(data | {"name": folder.name})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ExampleFailed(f"{file}: {place}: {first['msg']}") from error


def _mapping(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise ExampleFailed(f"{file} is missing: each component needs examples of its use")
    reading = read_yaml(file)
    if not isinstance(reading, YamlDocument):
        raise ExampleFailed(f"{file}:{reading[0].line}: {reading[0].message}")
    return reading.data
