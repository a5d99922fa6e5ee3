"""Each policy.json says what the sheet of procedures states, and nothing else.

`sheet.yaml` is the sheet as a table, written by hand.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_src.places import POLICIES
from site_src.policy.facts import LISTS

Row = dict[str, Any]

SHEET: dict[str, Row] = yaml.safe_load((Path(__file__).parent / "sheet.yaml").read_text("utf-8"))
COMPARED = (*LISTS, "about", "records", "revisions")
"""Every list of facts, and what kinds and steps hold besides."""


def published(built: Path, organisation: str) -> Row:
    """The machine-readable policy in English, the language of the sheet."""
    file = built / "en" / organisation / "policy.json"
    content: Row = json.loads(file.read_text(encoding="utf-8"))
    return content


def row(**cells: object) -> str:
    """A row for comparison that is readable in a failing test; empty cells are left out."""
    said = {key: value for key, value in cells.items() if value not in (None, False, [], ())}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)


def of_sheet(organisation: str, key: str) -> list[str]:
    """The sheet's rows of one list."""
    rows = SHEET[organisation].get(key, [])
    if key == "steps":
        return [row(who=who, clause=clause) for who, clauses in rows.items() for clause in clauses]
    if key == "categories":
        return [line for category in rows for line in _sheet_category(category, category)]
    return [row(**cells) for cells in rows]


def _sheet_category(group: Row, category: Row | str, above: str | None = None) -> list[str]:
    shared = {key: group[key] for key in ("clause", "kind", "level") if key in group}
    own: Row = {"name": category} if isinstance(category, str) else category
    cells = shared | {key: value for key, value in own.items() if key != "items"}
    items: list[Row | str] = own.get("items", [])
    return [
        row(**cells, above=above),
        *(line for item in items for line in _sheet_category(group, item, own["name"])),
    ]


def of_policy(policy: Row, key: str) -> list[str]:
    """The policy's rows of one list, with the columns of the sheet."""
    roles = {role["id"]: role["name"] for role in policy["roles"]}
    channels = {channel["id"]: channel["name"] for channel in policy["channels"]}
    levels = {level["id"]: level["name"] for level in policy["levels"]}
    categories = {
        one["id"]: one["name"]
        for group in policy["categories"]
        for one in (group, *group["children"])
    }

    def cells(fact: Row) -> Row:
        """The values by which a fact of this list is compared, besides clause and kind."""
        when = fact.get("when") or {}
        level = levels.get(fact.get("level") or when.get("level") or "")
        match key:
            case "kinds" | "roles":
                return {"name": fact["name"]}
            case "about":
                return {"name": fact["text"]}
            case "filers":
                return {"name": fact["who"], "to": roles.get(fact["route"] or "")}
            case "formalities":
                return {"type": fact["type"]}
            case "asks":
                return {"field": fact["field"], "required": fact["required"]}
            case "channels":
                value = fact["value"] is not None
                return {"type": fact["type"], "name": fact["name"], "value": value}
            case "levels":
                return {key: fact[key] for key in ("name", "signs", "for_staff")}
            case "routes":
                return {
                    "to": roles[fact["role"]],
                    "category": categories.get(fact["category"] or ""),
                    "level": level,
                    "condition": fact["condition"] is not None,
                }
            case "limits":
                return {
                    "value": fact["value"],
                    "unit": fact["unit"],
                    "from": fact["from"],
                    "who": "filer" if fact["party"] == "filer" else roles.get(fact["role"]),
                    "level": level,
                    "channel": channels.get(when.get("channel") or ""),
                    "condition": when.get("condition") is not None,
                    "recurring": fact["recurring"],
                    "note": fact["note"] is not None,
                }
            case "reviews":
                return {"name": fact["body"], "inside": fact["inside"]}
            case "records":
                return {"name": fact["record"]}
            case "provisions":
                return {"topic": fact["topic"]}
            case "steps":
                return {"who": roles[fact["role"]]}
            case _:
                return {"version": fact["version"], "date": fact["date"]}

    def category(fact: Row, above: str | None = None) -> list[str]:
        """A category and its nested categories."""
        own = row(
            name=fact["name"],
            clause=fact["clause"],
            kind=fact["kind"],
            level=levels.get(fact["level"] or ""),
            above=above,
        )
        return [
            own,
            *(line for child in fact["children"] for line in category(child, fact["name"])),
        ]

    if key == "categories":
        return [line for group in policy[key] for line in category(group)]
    if key == "about":
        listed = [ground for kind in policy["kinds"] for ground in kind["grounds"]]
    elif key == "records":
        listed = [step for step in policy["steps"] if step["record"]]
    else:
        listed = policy[key]
    whole = key in ("steps", "records")
    return [
        row(**cells(fact), clause=fact.get("clause"), kind=None if whole else fact.get("kind"))
        for fact in listed
    ]


def test_every_organisation_of_the_sheet_has_a_policy() -> None:
    """The sheet and policies/ have the same seventeen organisations."""
    assert len(SHEET) == 17
    assert SHEET.keys() == {path.name for path in POLICIES.iterdir() if path.is_dir()}


@pytest.mark.parametrize("organisation", SHEET)
@pytest.mark.parametrize("key", COMPARED)
def test_what_the_sheet_fixes_is_published_and_nothing_else(
    built: Path, organisation: str, key: str
) -> None:
    """Each row is in policy.json with its clause, and policy.json has no other row."""
    policy = published(built, organisation)
    expected = Counter(of_sheet(organisation, key))
    assert Counter(of_policy(policy, key)) == expected


@pytest.mark.parametrize("organisation", SHEET)
def test_identity(built: Path, organisation: str) -> None:
    """Each names its source by title, and its number and version where the document has them."""
    policy, sheet = published(built, organisation), SHEET[organisation]
    assert policy["id"] == organisation
    assert policy["source"] == sheet["source"]
    assert policy["version"] == sheet.get("version", "1")
    assert policy["document"] == sheet.get("document")


@pytest.mark.parametrize("organisation", SHEET)
def test_what_no_clause_says_is_declared(built: Path, organisation: str) -> None:
    """The day of effect where no clause gives it; how long filings are kept, everywhere."""
    policy, effective = published(built, organisation), SHEET[organisation].get("effective")
    declared = ["privacy.retention_years"]
    if effective is None:
        assert policy["effective_clause"] is None
        assert policy["declared"] == ["effective_from", *declared]
    else:
        assert policy["effective_clause"] == effective["clause"]
        assert policy["effective_from"] == effective["date"].isoformat()
        assert policy["declared"] == declared


@pytest.mark.parametrize("organisation", SHEET)
def test_languages_say_the_same(built: Path, organisation: str) -> None:
    """Both languages have the same facts in the same order, with the same numbers and clauses."""
    english = published(built, organisation)
    own = json.loads((built / organisation / "policy.json").read_text(encoding="utf-8"))
    assert (own["language"], english["language"]) == ("zh-CN", "en")
    for key in ("channels", "categories", "limits", "reviews", "levels", "roles", "kinds"):
        for mine, theirs in zip(own[key], english[key], strict=True):
            for cell in ("id", "clause", "kind", "value", "unit", "from", "role", "level"):
                assert mine.get(cell) == theirs.get(cell)
