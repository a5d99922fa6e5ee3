"""Defines a change that the public sees, and prints changes as text, JSON or HTML."""

import json
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import Field

from functions.model.frozen import Frozen
from site_src.places import TEMPLATES

How = Literal["added", "removed", "changed"]


class Subject(Frozen):
    """What a change concerns, in parts: a noun, its name, and the key that differs."""

    noun: str
    called: str | None = None
    key: str | None = None


class Change(Frozen):
    """One change: its subject, the clause, and the old and new side in words.

    `what` is the subject in English words.
    """

    organisation: str
    what: str
    subject: Subject = Field(exclude=True)
    how: How
    clause: str | None = None
    old: str | None = None
    new: str | None = None

    @property
    def words(self) -> str:
        """The change as a sentence."""
        clause = f", clause {self.clause}" if self.clause else ""
        match self.how:
            case "added":
                return f"{self.what} added: {self.new}{clause}"
            case "removed":
                return f"{self.what} removed: {self.old}{clause}"
            case "changed":
                return f"{self.what}: {self.old} → {self.new}{clause}"


def changes_as_text(changes: tuple[Change, ...]) -> str:
    """One line for each change, under the name of its organisation."""
    lines: list[str] = []
    for change in changes:
        heading = f"{change.organisation}:"
        if heading not in lines:
            lines.append(heading)
        lines.append(f"  {change.words}")
    return "\n".join(lines) or "The public will see no difference."


def changes_as_json(changes: tuple[Change, ...]) -> str:
    """The changes as a JSON list."""
    content = [change.model_dump(mode="json") | {"words": change.words} for change in changes]
    return json.dumps(content, ensure_ascii=False, indent=1)


def changes_as_html(changes: tuple[Change, ...]) -> str:
    """The changes as an HTML page with old and new side by side."""
    template = Environment(
        loader=FileSystemLoader(TEMPLATES / "reports"), autoescape=True, undefined=StrictUndefined
    ).get_template("diff.html")
    return template.render(changes=changes)
