"""What no clause says is marked as the organisation's own, wherever it stands."""

import json
from pathlib import Path

import pytest

from site_src.policy.edition import Edition
from tests.site_src.check.test_conformance import newest

MARK = {
    "": "（由该单位声明，不是程序的内容）",
    "en/": "(declared by the organisation, not taken from the procedure)",
}


@pytest.mark.parametrize("prefix", MARK)
@pytest.mark.parametrize("source", newest(), ids=lambda source: source.policy.id)
def test_declared_is_marked(built: Path, source: Edition, prefix: str) -> None:
    """The day of effect where no clause gives it, and how long filings are kept."""
    policy = source.policy
    home, kind = built / prefix / policy.id, policy.kinds[0].id
    dated = policy.effective_clause is None
    for name in ("procedure/", f"versions/{policy.version}/"):
        page = (home / name / "index.html").read_text("utf-8")
        day = page.split("<time datetime=", 1)[1].split("</p>", 1)[0]
        history = page.split('<section id="history"', 1)[1]
        assert (MARK[prefix] in day, MARK[prefix] in history) == (dated, dated)
    start = (home / "index.html").read_text("utf-8").rpartition("#history")[2]
    assert (MARK[prefix] in start) is dated
    for name in (f"{kind}/", f"{kind}/print/"):
        assert (home / name / "index.html").read_text("utf-8").count(MARK[prefix]) == 1
    text = "".join((home / "procedure.txt").read_text("utf-8").split())
    assert ("".join(MARK[prefix].split()) in text) is dated
    declared = json.loads((home / "policy.json").read_text("utf-8"))["declared"]
    figures = ["statistics"] if policy.publishes and policy.publishes.clause is None else []
    assert declared == [
        *(["effective_from"] if dated else []),
        "privacy.retention_years",
        *figures,
    ]
