"""Reads a policy folder: YAML with its positions, and the procedure's clauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from site_src.clauses import Clause, read_clauses
from site_src.errors import UnknownOrganisation
from site_src.finding import Code, Finding
from site_src.policy import Policy

POLICY_FILE = "policy.yaml"
PROCEDURE_FILE = "procedure.md"

Path_ = tuple[str | int, ...]
"""A place in a YAML document: keys and indexes from its root."""


@dataclass(frozen=True)
class Position:
    """Line and column, from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """A policy as read, with where everything stands."""

    folder: Path
    policy: Policy
    procedure: str
    clauses: tuple[Clause, ...]
    positions: dict[Path_, Position]

    @property
    def yaml_file(self) -> Path:
        """The file of the facts."""
        return self.folder / POLICY_FILE

    @property
    def procedure_file(self) -> Path:
        """The file of the text."""
        return self.folder / PROCEDURE_FILE

    def clause(self, id: str) -> Clause | None:
        """The clause of that number."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    def position(self, *path: str | int) -> Position:
        """Where `path` stands in the YAML, or the nearest thing around it."""
        return nearest(self.positions, path)


def folders(policies: Path, organisations: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """The policy folders of these organisations, or of all, in alphabetical order.

    Raises UnknownOrganisation.
    """
    known = {path.name: path for path in sorted(policies.iterdir()) if path.is_dir()}
    for organisation in organisations:
        if organisation not in known:
            raise UnknownOrganisation(
                f"there is no policies/{organisation}/; there are: {', '.join(known)}"
            )
    return tuple(known[name] for name in organisations or known)


def load(folder: Path) -> Source | tuple[Finding, ...]:
    """The policy in `folder`, or everything that keeps it from being read."""
    yaml_file, procedure_file = folder / POLICY_FILE, folder / PROCEDURE_FILE
    missing = tuple(
        Finding(
            code="file-missing",
            file=file,
            line=1,
            column=1,
            message=f"{file.name} is missing",
            remedy="Every policy folder holds policy.yaml and procedure.md.",
        )
        for file in (yaml_file, procedure_file)
        if not file.is_file()
    )
    if missing:
        return missing
    try:
        node = yaml.compose(yaml_file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        return (_unreadable(yaml_file, Position(1, 1), f"not UTF-8: {error.reason}"),)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        return (_unreadable(yaml_file, at, error.problem or "not YAML"),)
    if node is None:
        return (_unreadable(yaml_file, Position(1, 1), "the file is empty"),)
    positions: dict[Path_, Position] = {}
    repeated = tuple(_walk(node, (), positions, yaml_file))
    if repeated:
        return repeated
    data = _construct(node)
    try:
        policy = Policy.model_validate(data)
    except ValidationError as error:
        return tuple(_invalid(yaml_file, details, data, positions) for details in error.errors())
    procedure = procedure_file.read_text(encoding="utf-8")
    return Source(folder, policy, procedure, read_clauses(procedure), positions)


def nearest(positions: dict[Path_, Position], path: Path_) -> Position:
    """The position of the longest part of `path` that is known."""
    for length in range(len(path), -1, -1):
        if path[:length] in positions:
            return positions[path[:length]]
    return Position(1, 1)


def field_name(path: Path_) -> str:
    """A path as people write it: `limits[0].value`."""
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return name.removeprefix(".")


def _construct(node: yaml.Node) -> object:
    loader = yaml.CSafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _walk(
    node: yaml.Node, path: Path_, positions: dict[Path_, Position], file: Path
) -> Iterator[Finding]:
    """Notes where every value stands and finds keys given twice."""
    positions.setdefault(path, Position(node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index), positions, file)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            at = Position(key.start_mark.line + 1, key.start_mark.column + 1)
            if inner in positions:
                yield Finding(
                    code="yaml-duplicate",
                    file=file,
                    line=at.line,
                    column=at.column,
                    field=field_name(inner),
                    message=f"{key.value} is given twice",
                    remedy="Keep one of them.",
                )
            positions[inner] = at
            yield from _walk(value, inner, positions, file)


def _unreadable(file: Path, at: Position, problem: str) -> Finding:
    return Finding(
        code="yaml-syntax",
        file=file,
        line=at.line,
        column=at.column,
        message=f"cannot be read as YAML: {problem}",
        remedy="Mind the indent, a colon with a space after it, and quotes around ':' in text.",
    )


def _invalid(
    file: Path, details: ErrorDetails, data: object, positions: dict[Path_, Position]
) -> Finding:
    path: Path_ = details["loc"]
    at = nearest(positions, path)
    code, remedy = _advice(details)
    return Finding(
        code=code,
        file=file,
        line=at.line,
        column=at.column,
        field=field_name(path),
        clause=_clause(data, path),
        message=details["msg"].removeprefix("Value error, "),
        remedy=remedy,
    )


def _advice(details: ErrorDetails) -> tuple[Code, str]:
    kind: Literal["extra_forbidden", "missing"] | str = details["type"]
    if kind == "extra_forbidden":
        return "unknown-key", "Check the spelling against docs/policy-format.md, or remove it."
    if kind == "missing":
        return "missing-key", "Add it; docs/policy-format.md says what it takes."
    given = repr(details["input"])
    return "wrong-value", f"It says {given[:60]}; docs/policy-format.md says what it takes."


def _clause(data: object, path: Path_) -> str | None:
    """The clause of the fact that `path` leads into."""
    found: str | None = None
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            break
        if isinstance(data, dict) and isinstance(data.get("clause"), str):
            found = data["clause"]
    return found
