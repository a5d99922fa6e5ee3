"""Findings in the studio name fields and pages, never keys of policy.yaml."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from site_src.bilingual import Bilingual
from site_src.check.meaning.messages import FINDING_MESSAGES
from site_src.languages import site_languages
from site_src.policy.finding import Finding, FindingCode
from site_src.studio.checking import check_draft
from site_src.studio.facts.finding_words import ClerkFinding, clerk_findings
from site_src.studio.files.draft_files import read_files
from tests.site_src.studio.conftest import Clerk

_YAML = re.compile(r"`|\{|\b(?:value|unit|when|party|clause): ")


def _shown(clerk: Clerk, facts: str, language: str = "zh-CN") -> tuple[ClerkFinding, ...]:
    """The findings of the draft once its policy.yaml says `facts`."""
    assert facts != clerk.facts
    (clerk.folder / "policy.yaml").write_text(facts, encoding="utf-8")
    files = read_files(clerk.policies, "city-library")
    tongue = next(each for each in site_languages("zh-CN") if each.language == language)
    return clerk_findings(
        check_draft(files, clerk.policies).findings, files.document.data, tongue, {}
    )


def test_wrong_length_names_the_fields(clerk: Clerk) -> None:
    """The remedy of a wrong length names the fields to change, and leads to the fact."""
    first = _shown(clerk, clerk.facts.replace("value: 5,", "value: 6,"))[0]
    assert first.remedy == (
        "该条写的是：5 个工作日。请改：“期限” → 5、“单位（时间）” → 个工作日；或者修改条文"
    )
    assert first.address == "?fact=limits.0"
    english = _shown(clerk, clerk.facts.replace("value: 6,", "value: 7,"), "en")[0]
    assert english.remedy.endswith(
        "Change “How long” → 5, “Unit” → working days, or correct the words"
    )


def test_missing_fact_leads_to_its_form(clerk: Clerk) -> None:
    """What the text says and no fact does is added on the page that the remedy leads to."""
    shown = _shown(clerk, clerk.facts.replace("value: 5,", "value: 6,"))
    missing = next(each for each in shown if each.address.startswith("add?"))
    assert missing.remedy.startswith("请添加一项：“时长”")
    assert "第三条" in clerk.get(missing.address)


@pytest.mark.parametrize("code", FINDING_MESSAGES)
@pytest.mark.parametrize("field", [None, "limits.0.value"])
def test_no_finding_asks_for_yaml(clerk: Clerk, code: FindingCode, field: str | None) -> None:
    """No remedy of a rule on meaning asks a clerk to write YAML, whatever it is about."""
    values: defaultdict[str, str] = defaultdict(lambda: "15 日")
    message, chinese, remedy, chinese_remedy = FINDING_MESSAGES[code]
    finding = Finding(
        code=code,
        file=Path("policy.yaml"),
        line=1,
        column=1,
        field=field,
        clause="第三条",
        message=Bilingual(message.format_map(values), chinese.format_map(values)),
        remedy=Bilingual(remedy.format_map(values), chinese_remedy.format_map(values)),
    )
    data = read_files(clerk.policies, "city-library").document.data
    for tongue in site_languages("zh-CN"):
        if tongue.language in ("zh-CN", "en"):
            (shown,) = clerk_findings((finding,), data, tongue, {})
            assert not _YAML.search(shown.remedy), shown.remedy


def test_doubt_of_an_import_in_words(clerk: Clerk) -> None:
    """What an import was unsure of names fields and values as the form does."""
    facts = clerk.facts.replace(
        "limits:\n", "limits:\n  # unsure: from 是 decision，还是 ruling？\n", 1
    )
    (clerk.folder / "policy.yaml").write_text(facts, encoding="utf-8")
    address = f"{clerk.first.replace('/en/', '/zh/')}city-library/?fact=limits.0"
    page = clerk.client.get(address).text
    assert "“从何时起算”是 作出决定或者通知之日，还是 作出裁定之日？" in page
