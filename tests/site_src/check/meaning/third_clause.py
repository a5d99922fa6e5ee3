"""Checks one clause with the facts that cite it, in a procedure that says hardly anything else."""

from pathlib import Path
from typing import Any

import yaml

from site_src.check.rules import check_edition
from site_src.policy.finding import Finding
from tests.helpers.sample_policies import loaded, write

_TEXT = """\
# 投诉办法

第一条 本办法所称投诉，是指客户反映问题的行为。

第二条 客服部设主任。

第三条 {clause}
"""

_FACTS = """\
kinds:
  - {id: complaint, name: 投诉, clause: 第一条}
filers:
  - {id: client, who: 客户, clause: 第一条}
roles:
  - {id: service, name: 客服部, duty: 设主任, clause: 第二条}
  - {id: head, name: 主任, duty: 客服部, clause: 第二条}
steps:
  - {id: own, role: service, action: 设主任, clause: 第二条}
"""


def clause_findings(folder: Path, clause: str, facts: str = "") -> list[Finding]:
    """The findings on `clause`, which is 第三条, and on `facts`, which are added to a few.

    There is a complaint 投诉 by a client 客户, and the roles `service` (客服部) and `head` (主任).
    """
    merged: dict[str, Any] = yaml.safe_load(_FACTS)
    for key, added in (yaml.safe_load(facts) or {}).items():
        merged[key] = [*merged.get(key, []), *added]
    written = yaml.safe_dump(merged, allow_unicode=True, sort_keys=False)
    folder = write(folder, "sample", written, _TEXT.replace("{clause}", clause))
    return list(check_edition(loaded(folder)))


def clause_codes(folder: Path, clause: str, facts: str = "") -> list[str]:
    """The codes of `clause_findings`."""
    return [finding.code for finding in clause_findings(folder, clause, facts)]
