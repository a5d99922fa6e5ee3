"""What the public will see differently: two published policies compared, in words."""

import json
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, ValidationError

from functions.contract import Frozen
from site_src.document import document
from site_src.errors import NothingToCompare
from site_src.language import tongues
from site_src.load import Editions, Source
from site_src.target import FolderTarget
from site_src.vocabulary import words

Entry = dict[str, Any]
"""One fact as `policy.json` has it."""

_TIMEOUT_SECONDS = 20
_TEMPLATES = Path(__file__).parent / "templates" / "reports"

_NOUNS = {
    "kinds": "kind",
    "filers": "filer",
    "formalities": "formality",
    "asks": "question",
    "channels": "channel",
    "roles": "role",
    "levels": "level",
    "categories": "category",
    "routes": "route",
    "steps": "step",
    "limits": "limit",
    "reviews": "review level",
    "provisions": "provision",
}


class Document(BaseModel):
    """What `diff` reads of a `policy.json`; keys that it does not compare are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    title: str
    version: str
    effective_from: str
    clauses: dict[str, str]
    kinds: tuple[Entry, ...]
    filers: tuple[Entry, ...]
    formalities: tuple[Entry, ...]
    asks: tuple[Entry, ...]
    channels: tuple[Entry, ...]
    roles: tuple[Entry, ...]
    levels: tuple[Entry, ...]
    categories: tuple[Entry, ...]
    routes: tuple[Entry, ...]
    steps: tuple[Entry, ...]
    limits: tuple[Entry, ...]
    reviews: tuple[Entry, ...]
    provisions: tuple[Entry, ...]


class Change(Frozen):
    """One difference: what it concerns, the clause, and both sides in words."""

    organisation: str
    what: str
    how: Literal["added", "removed", "changed"]
    clause: str | None
    old: str | None
    new: str | None

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


Read = Callable[[str], bytes | None]
"""Reads a published file by its name, None where there is no such file."""


def diff_against(read: Read, all_editions: tuple[Editions, ...]) -> tuple[Change, ...]:
    """The changes from what `read` finds published. Raises NothingToCompare."""
    changes: list[Change] = []
    for editions in all_editions:
        newest = editions.editions[-1]
        content = read(_name_of(editions.id))
        if content is None:
            name = newest.policy.organisation.name.words("en")
            changes.append(_change(editions.id, "organisation", "added", None, None, name))
        else:
            changes.extend(diff(_read(content, editions.id), _of(newest)))
    return tuple(changes)


def diff_versions(all_editions: tuple[Editions, ...]) -> tuple[Change, ...]:
    """The changes from the edition before the newest one, of those that have two."""
    return tuple(
        change
        for editions in all_editions
        if len(editions.editions) > 1
        for change in diff(_of(editions.editions[-2]), _of(editions.editions[-1]))
    )


def reader(place: str) -> Read:
    """Reads from a published site, a folder or an address. Raises NothingToCompare."""
    if place.startswith(("http://", "https://")):
        return lambda name: _download(f"{place.rstrip('/')}/{name}")
    folder = Path(place)
    if not folder.is_dir():
        raise NothingToCompare(f"there is no folder {place}")
    return FolderTarget(folder).read


def diff(old: Document, new: Document) -> tuple[Change, ...]:
    """Every difference between two documents of one organisation."""
    return tuple(_diff(old, new))


def _diff(old: Document, new: Document) -> Iterator[Change]:
    for key, what in (
        ("version", "version"),
        ("effective_from", "in force from"),
        ("title", "title"),
    ):
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield _change(new.id, what, "changed", None, before, after)
    for key, noun in _NOUNS.items():
        before = dict(_keyed(getattr(old, key)))
        after = dict(_keyed(getattr(new, key)))
        for name in dict.fromkeys([*before, *after]):
            if name not in after:
                entry = before[name]
                yield _change(new.id, noun, "removed", entry["clause"], _said(entry), None)
            elif name not in before:
                entry = after[name]
                yield _change(new.id, noun, "added", entry["clause"], None, _said(entry))
            else:
                yield from _changed(new.id, noun, before[name], after[name])
    for clause in dict.fromkeys([*old.clauses, *new.clauses]):
        before_text, after_text = old.clauses.get(clause), new.clauses.get(clause)
        if before_text != after_text:
            how: Literal["added", "removed", "changed"] = (
                "added" if before_text is None else "removed" if after_text is None else "changed"
            )
            yield _change(new.id, f"text of {clause}", how, None, before_text, after_text)


def _changed(organisation: str, noun: str, old: Entry, new: Entry) -> Iterator[Change]:
    """What differs in one fact: a limit's length in its own words, anything else key by key."""
    what = f"{noun} “{_name(new)}”"
    clause = new["clause"]
    keys = [key for key in dict.fromkeys([*old, *new]) if key not in ("children", "grounds")]
    differing = [key for key in keys if old.get(key) != new.get(key)]
    if "unit" in new and not {"value", "unit"}.isdisjoint(differing):
        yield _change(organisation, what, "changed", clause, _length(old), _length(new))
        differing = [key for key in differing if key not in ("value", "unit")]
    for key in differing:
        before, after = str(old.get(key) or "none"), str(new.get(key) or "none")
        yield _change(organisation, f"{what}, {key}", "changed", clause, before, after)


def _keyed(entries: Iterable[Entry], above: str = "") -> Iterator[tuple[str, Entry]]:
    """Facts by what makes each the same in both versions: its id, else what it says."""
    for entry in entries:
        own = entry.get("id") or entry.get("field") or f"{entry.get('role', '')}{_said(entry)}"
        name = f"{above}/{entry.get('kind') or ''}/{own}"
        yield name, entry
        for nested in ("children", "grounds"):
            yield from _keyed(entry.get(nested) or (), name)


def _name(entry: Entry) -> str:
    for key in ("name", "who", "body", "action", "text", "condition", "field"):
        if entry.get(key):
            return str(entry[key])
    return str(entry.get("category") or entry.get("level") or entry.get("role"))


def _said(entry: Entry) -> str:
    if "unit" in entry:
        return f"{_name(entry)}, {_length(entry)}"
    value = entry.get("value")
    return f"{_name(entry)} {value}" if value else _name(entry)


def _length(entry: Entry) -> str:
    english = next(words(tongue) for tongue in tongues() if tongue.language == "en")
    return english.length(entry["value"], entry["unit"], entry.get("recurring", False))


def _of(source: Source) -> Document:
    return Document.model_validate_json(document(source, "en", ""))


def _name_of(organisation: str) -> str:
    """The file of the English policy: this program's reports are in English."""
    prefix = next(tongue.prefix for tongue in tongues() if tongue.language == "en")
    return f"{prefix}/{organisation}/policy.json".lstrip("/")


def _download(address: str) -> bytes | None:
    try:
        with urlopen(address, timeout=_TIMEOUT_SECONDS) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return None
        raise NothingToCompare(f"{address} answers {error.code}") from error
    except URLError as error:
        raise NothingToCompare(f"{address} does not answer: {error.reason}") from error


def _read(content: bytes, organisation: str) -> Document:
    try:
        return Document.model_validate_json(content)
    except ValidationError as error:
        message = f"the published policy of {organisation} cannot be read by this program"
        raise NothingToCompare(message) from error


def _change(
    organisation: str,
    what: str,
    how: Literal["added", "removed", "changed"],
    clause: str | None,
    old: str | None,
    new: str | None,
) -> Change:
    return Change(organisation=organisation, what=what, how=how, clause=clause, old=old, new=new)


def as_text(changes: tuple[Change, ...]) -> str:
    """One line a change, under the name of its organisation."""
    lines: list[str] = []
    for change in changes:
        heading = f"{change.organisation}:"
        if heading not in lines:
            lines.append(heading)
        lines.append(f"  {change.words}")
    return "\n".join(lines) or "The public will see no difference."


def as_json(changes: tuple[Change, ...]) -> str:
    """The changes as a JSON list."""
    content = [change.model_dump(mode="json") | {"words": change.words} for change in changes]
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_html(changes: tuple[Change, ...]) -> str:
    """The changes as a page of its own, both sides beside each other."""
    template = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    ).get_template("diff.html")
    return template.render(changes=changes)
