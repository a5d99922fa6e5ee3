"""Each policy.json says what the sheets of procedures state, and nothing else.

`sheet.yaml` has the seventeen procedures of the sheet, `more_procedures.yaml` those of other kinds
of organisation; both are tables written by hand.
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

_FOLDER = Path(__file__).parent
MORE: dict[str, Row] = yaml.safe_load((_FOLDER / "more_procedures.yaml").read_text("utf-8"))
SHEET: dict[str, Row] = yaml.safe_load((_FOLDER / "sheet.yaml").read_text("utf-8")) | MORE
COMPARED = (*LISTS, "about", "records", "order", "revisions")
"""Every list of facts, and what kinds and steps hold besides: grounds, records, who after whom."""


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
    roles, channels, levels, branches, events = (
        {fact["id"]: fact["name"] for fact in policy[list]}
        for list in ("roles", "channels", "levels", "branches", "events")
    )
    filers = {filer["id"]: filer["who"] for filer in policy["filers"]}
    clauses = {fact["id"]: fact["clause"] for fact in (*policy["limits"], *policy["steps"])}
    exact = policy["id"] in MORE
    categories = {
        one["id"]: one["name"]
        for group in policy["categories"]
        for one in (group, *group["children"])
    }

    def event(id: str | None) -> str | None:
        """An event by the name that the policy gives it; the built-in ones by their id."""
        return events.get(id or "", id)

    def contacts(fact: Row) -> list[str]:
        """How a branch or review body is reached, and when."""
        return [" / ".join(filter(None, (c["value"], c["hours"]))) for c in fact["contacts"]]

    def cells(fact: Row) -> Row:
        """The values by which a fact of this list is compared, besides clause and kind."""
        when = fact.get("when") or {}
        level = levels.get(fact.get("level") or when.get("level") or "")
        special = {
            "filer": filers.get(when.get("filer") or ""),
            "category": categories.get(when.get("category") or fact.get("category") or ""),
            "branch": branches.get(when.get("branch") or ""),
        }
        match key:
            case "kinds" | "roles":
                return {"name": fact["name"]}
            case "about":
                return {"name": fact["text"]}
            case "filers":
                return {"name": fact["who"], "to": roles.get(fact["route"] or "")}
            case "representatives":
                return {"name": fact["who"], **{k: fact[k] for k in ("requires", "at_most")}}
            case "branches":
                to = roles.get(fact["route"] or "")
                return {"name": fact["name"], "to": to, "contacts": contacts(fact)}
            case "formalities":
                return {"type": fact["type"]}
            case "asks":
                return {"field": fact["field"], "required": fact["required"]}
            case "channels":
                value, hours = fact["value"], fact["hours"]
                shown = {"value": value} if exact else {"value": value is not None}
                return {"type": fact["type"], "name": fact["name"], "hours": hours, **shown}
            case "levels":
                return {key: fact[key] for key in ("name", "signs", "for_staff")}
            case "routes":
                return {
                    "to": roles[fact["role"]],
                    "category": special["category"],
                    "level": level,
                    "condition": fact["condition"] is not None,
                }
            case "limits":
                start, own = fact["from"], fact["party"] == "organisation"
                later = isinstance(start, dict) and [event(id) for id in start["later_of"]]
                return special | {
                    **{k: fact[k] for k in ("value", "unit", "by", "not_before", "recurring")},
                    "every": fact["every"] if fact["every"] > 1 else None,
                    "within_hours": fact["within_hours"],
                    "from": later or event(start),
                    "before": event(fact["before"]),
                    "brings": event(fact["brings"]),
                    "extends": clauses.get(fact["extends"] or ""),
                    "who": roles.get(fact["role"]) if own else fact["party"],
                    "level": level,
                    "channel": channels.get(when.get("channel") or ""),
                    "condition": when.get("condition") is not None,
                    "note": fact["note"] is not None,
                }
            case "events":
                return {k: fact[k] for k in ("name", "recorded_by", "matter")}
            case "suspensions":
                return {
                    "limits": sorted({clauses[id] for id in fact["limits"]}),
                    "from": event(fact["from"]),
                    "until": event(fact["until"]),
                    "restarts": fact["restarts"],
                }
            case "durations":
                return {"says": fact["says"], "of": fact["of"]}
            case "reviews":
                return {
                    **{k: fact[k] for k in ("inside", "any_time")},
                    "name": fact["body"],
                    "filers": [filers[id] for id in fact["filers"]],
                    "contacts": contacts(fact),
                    "limits": sorted({clauses[id] for id in fact["limits"]}) if exact else None,
                }
            case "fees":
                return {"name": fact["text"], "refund": fact["refund"]}
            case "order":
                return special | {
                    "after": [clauses[id] for id in fact["after"]],
                    "instead_of": clauses.get(fact["instead_of"] or ""),
                    "tells": [roles[id] for id in fact["tells"]],
                    "approved_by": roles.get(fact["approved_by"] or ""),
                    "level": level,
                    "channel": channels.get(when.get("channel") or ""),
                    "condition": when.get("condition") is not None,
                }
            case "records":
                return {"name": fact["record"]}
            case "provisions":
                return {"topic": fact["topic"]}
            case "steps":
                return {"who": ", ".join(roles[id] for id in fact["roles"] or [fact["role"]])}
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
    elif key == "order":
        listed = [step for step in policy["steps"] if any(map(bool, cells(step).values()))]
    else:
        listed = policy[key]
    if key in ("steps", "records"):
        return [row(**cells(fact), clause=fact["clause"]) for fact in listed]
    kinds = [fact.get("kind") or (fact.get("when") or {}).get("kind") for fact in listed]
    return [
        row(**cells(fact), clause=fact.get("clause"), kind=kind)
        for fact, kind in zip(listed, kinds, strict=True)
    ]


def test_every_organisation_of_the_sheet_has_a_policy() -> None:
    """The sheets and policies/ have the same organisations."""
    assert len(SHEET) == 20
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


@pytest.mark.parametrize("organisation", MORE)
def test_languages_and_laws(built: Path, organisation: str) -> None:
    """The language that decides, the law and calendar of its dates, and the law of the notice."""
    policy, law = published(built, organisation), MORE[organisation]["law"]
    own = json.loads((built / organisation / "policy.json").read_text(encoding="utf-8"))
    assert {
        "language": own["language"],
        "timezone": policy["organisation"]["timezone"],
        "privacy": policy["privacy"]["law"],
        **{key: policy[key] for key in ("calendar", "counting", "prevails") if policy[key]},
    } == law


@pytest.mark.parametrize("organisation", SHEET)
def test_what_no_clause_says_is_declared(built: Path, organisation: str) -> None:
    """The day of effect where no clause gives it, how long filings are kept, published figures."""
    policy, effective = published(built, organisation), SHEET[organisation].get("effective")
    figures = SHEET[organisation].get("figures")
    declared = ["privacy.retention_years", *(["statistics"] if figures == "declared" else [])]
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
    language = SHEET[organisation].get("law", {}).get("language", "zh-CN")
    assert (own["language"], english["language"]) == (language, "en")
    for key in ("channels", "categories", "limits", "reviews", "levels", "roles", "kinds"):
        for mine, theirs in zip(own[key], english[key], strict=True):
            for cell in ("id", "clause", "kind", "value", "unit", "from", "role", "level"):
                assert mine.get(cell) == theirs.get(cell)
