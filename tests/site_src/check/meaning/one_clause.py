"""Checks one clause against facts: what the checker finds of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from site_src.check.rules import check_edition
from site_src.policy.finding import Finding
from tests.helpers.sample_policies import loaded, write

Facts = Mapping[str, list[dict[str, Any]]]
"""Lists of facts; those without a clause cite the clause under test."""

ENGLISH: Facts = {
    "kinds": [{"id": "complaint", "name": "complaint", "clause": "1"}],
    "filers": [{"id": "customer", "who": "customer", "clause": "1"}],
    "roles": [
        {"id": "manager", "name": "Case Manager", "duty": "Handle complaints", "clause": "1"}
    ],
    "steps": [{"id": "handle", "role": "manager", "action": "Handle complaints", "clause": "1"}],
}
_CHINESE: Facts = {
    "kinds": [{"id": "complaint", "name": "投诉", "clause": "1"}],
    "filers": [{"id": "customer", "who": "客户", "clause": "1"}],
    "roles": [{"id": "manager", "name": "投诉专员", "duty": "处理投诉", "clause": "1"}],
    "steps": [{"id": "handle", "role": "manager", "action": "处理投诉", "clause": "1"}],
}
_FIRST = {
    "en": "1. A customer may make a complaint. The Case Manager handles complaints.",
    "zh-CN": "1. 客户可以投诉，由投诉专员处理。",
}


def findings_on(
    folder: Path, text: str, facts: Facts, *, language: str = "en", more: str = ""
) -> list[Finding]:
    """The findings on a clause with this text, and on its facts; `more` are further clauses."""
    base = ENGLISH if language == "en" else _CHINESE
    lists = {name: list(items) for name, items in base.items()}
    for name, items in facts.items():
        own = [{"clause": "2", **item} for item in items]
        lists[name] = own if name == "filers" else [*lists.get(name, []), *own]
    procedure = f"# Procedure\n\n{_FIRST[language]}\n\n2. {text}\n\n{more}\n"
    written = yaml.safe_dump({"language": language, **lists}, allow_unicode=True)
    edition = loaded(write(folder, "one-clause", written, procedure))
    found = check_edition(edition)
    return [one for one in found if one.clause == "2"]


def codes_on(folder: Path, text: str, facts: Facts, **more: str) -> set[str]:
    """The codes of what the rules find."""
    return {one.code for one in findings_on(folder, text, facts, **more)}
