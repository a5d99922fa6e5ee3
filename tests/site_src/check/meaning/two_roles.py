"""Checks a policy of which one clause and the facts that cite it are given."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from site_src.check.rules import check_edition
from site_src.policy.finding import FindingCode
from tests.helpers.sample_policies import loaded, write

Facts = Mapping[str, list[dict[str, Any]]]
"""Facts by the name of their list; those without a `clause` cite clause 2.1."""

_WORDS = {
    "zh-CN": ("投诉", "客户", "客服部", "经理", "处理投诉"),
    "en": ("complaint", "client", "Officer", "Chief Officer", "handles complaints"),
}
_TEXTS = {
    "zh-CN": "# 投诉办法\n\n1.1 投诉，是指客户的意见。客服部、经理处理投诉。\n\n2.1 {clause}\n",
    "en": "# Complaints\n\n1.1 A client may make a complaint. The Officer and the Chief Officer "
    "handle complaints.\n\n2.1 {clause}\n",
}


def codes_of(policies: Path, clause: str, facts: Facts) -> set[FindingCode]:
    """The codes of the findings where clause 2.1 says this, in the language it is written in."""
    language = "en" if clause.isascii() else "zh-CN"
    kind, client, service, manager, duty = _WORDS[language]
    given: dict[str, list[dict[str, Any]]] = {
        "kinds": [{"id": "complaint", "name": kind, "clause": "1.1"}],
        "filers": [{"id": "client", "who": client, "clause": "1.1"}],
        "roles": [
            {"id": "service", "name": service, "duty": duty, "clause": "1.1"},
            {"id": "manager", "name": manager, "duty": duty, "clause": "1.1"},
        ],
        "steps": [{"id": "handle", "role": "service", "action": duty, "clause": "1.1"}],
    }
    for name, listed in facts.items():
        given[name] = [*given.get(name, ()), *({"clause": "2.1", **one} for one in listed)]
    text = yaml.safe_dump({"language": language, **given}, allow_unicode=True)
    folder = write(policies, "sample", text, _TEXTS[language].format(clause=clause))
    return {finding.code for finding in check_edition(loaded(folder))}
