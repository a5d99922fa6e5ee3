"""Findings beside the words: of the draft as it would be published."""

import yaml

from site_src.studio.checking import check_draft
from site_src.studio.files.draft_files import read_files
from tests.site_src.studio.conftest import Clerk
from tests.site_src.studio.sample_draft import VALUES


def test_missing_values_hide_no_findings(clerk: Clerk) -> None:
    """With values still to do, facts are held against the text all the same."""
    wrong = clerk.facts.replace("value: 5,", "value: 6,")
    (clerk.folder / "policy.yaml").write_text(wrong, encoding="utf-8")
    found = check_draft(read_files(clerk.policies, "city-library"), clerk.policies)
    assert [each.code for each in found.of_fact("limits.0")] == ["limit-not-in-text"]
    assert [each.code for each in found.of_clause("第三条")] == ["duration-unclaimed"]


def test_wrong_fact_hides_no_findings(clerk: Clerk) -> None:
    """A fact with a value that cannot be read is put aside; each finding is at its own fact."""
    wrong = clerk.facts.replace("value: 5,", "value: five,").replace("value: 15\n", "value: 16\n")
    (clerk.folder / "policy.yaml").write_text(wrong, encoding="utf-8")
    found = check_draft(read_files(clerk.policies, "city-library"), clerk.policies)
    assert found.aside == {"limits.0"}
    assert [each.code for each in found.of_fact("limits.0")] == ["wrong-value"]
    assert "limit-not-in-text" in [each.code for each in found.of_fact("limits.1")]


def test_organisation_that_nobody_has_described_yet(clerk: Clerk) -> None:
    """An English import, with time zone, calendar and law to do, opens, and no fact is blamed."""
    todo = "mailbox: TODO\n  timezone: TODO # TODO: zone\n  calendar: TODO # TODO: holidays"
    facts = clerk.facts.replace("mailbox: TODO", todo)
    facts = facts.replace("privacy:\n", "privacy:\n  law: TODO  # TODO: the law\n")
    (clerk.folder / "policy.yaml").write_text(facts, encoding="utf-8")
    assert 'value="limits.0"' in clerk.get("?fact=limits.0")
    found = check_draft(read_files(clerk.policies, "city-library"), clerk.policies)
    assert found.of_fact("limits.0") == ()


def test_check_while_typing_saves_nothing(clerk: Clerk) -> None:
    """The answer has the findings on what is typed, and the files stay as they are."""
    before = clerk.facts, clerk.text
    answer = clerk.post("check", fact="limits.0", value="7", unit="working_day", action="答复")
    assert "does not say 7 working days" in answer.text or "7" in answer.text
    fine = clerk.post("check", fact="limits.0", nature="organisation")
    assert "Text and fact agree" in fine.text
    words = "第三条 读者服务部收到投诉后，在 8 个工作日内答复。"
    changed = clerk.post("check", clause_source="第三条", words=words)
    assert "8" in changed.text
    assert (clerk.facts, clerk.text) == before


def test_findings_in_the_language_of_the_page(clerk: Clerk) -> None:
    """A Chinese page has Chinese findings."""
    address = f"{clerk.first.replace('/en/', '/zh/')}city-library/check"
    fields = {"fact": "limits.0", "value": "7", "unit": "working_day", "action": "答复"}
    answer = clerk.client.post(address, data=fields)
    assert "条款" in answer.text or "条文" in answer.text


def test_clause_is_edited_alone(clerk: Clerk) -> None:
    """The other lines of procedure.md stay byte for byte."""
    before = clerk.text
    clerk.post(
        "text", clause_source="第四条", words="第四条 不满意的，可以在十日内请馆长复核。\r\n"
    )
    old = "第四条 对答复不满意的，可以在十五日内请馆长复核。"
    assert clerk.text == before.replace(old, "第四条 不满意的，可以在十日内请馆长复核。")


def test_text_that_changed_meanwhile(clerk: Clerk) -> None:
    """The words that were typed are shown beside those of the file; nothing is overwritten."""
    digest = clerk.digest()
    clerk.post("text", clause_source="第五条", words="第五条 投诉记录保存 4 年。")
    typed = "第五条 记录保存 3 年。"
    answer = clerk.post("text", digest=digest, clause_source="第五条", words=typed)
    assert answer.status_code == 409
    assert typed in answer.text
    assert "第五条 投诉记录保存 4 年。" in answer.text
    assert "保存 4 年" in clerk.text


def test_whole_text(clerk: Clerk) -> None:
    """The whole text can be edited at once."""
    clerk.post("text", clause_source="", words=clerk.text.replace("馆长", "馆长室"))
    assert "请馆长室复核" in clerk.text


def test_values_of_the_organisation(clerk: Clerk) -> None:
    """The short form asks for what is missing, explains it, and writes it into policy.yaml."""
    page = clerk.get("organisation")
    assert page.count('<span class="tag">missing</span>') == 8
    assert "save them only if they are true" in page
    assert clerk.post("organisation", **VALUES).status_code == 303
    data = yaml.safe_load(clerk.facts)
    assert data["organisation"]["prefix"] == "CTB"
    assert data["privacy"]["retention_years"] == 3
    assert str(data["effective_from"]) == "2026-01-01"
    assert "missing</span>" not in clerk.get("organisation")


def test_prefix_of_another(clerk: Clerk) -> None:
    """A beginning that another organisation has is said at once."""
    clerk.post("organisation", **(VALUES | {"organisation.prefix": "SM"}))
    assert "sample has the same beginning" in clerk.get("organisation")


def test_english_draft(clerk: Clerk) -> None:
    """A draft in English asks for zone, calendar and law; a wrong zone hides nothing."""
    english = clerk.facts.replace("version:", "language: en\nversion:", 1).replace(
        "organisation:\n", "organisation:\n  timezone: TODO\n  calendar: TODO\n", 1
    )
    (clerk.folder / "policy.yaml").write_text(english, encoding="utf-8")
    assert "Time zone" in clerk.get("organisation")
    assert "Still missing: 11 values" in clerk.get()
    values = {
        "organisation.timezone": "Europe/Londn",
        "organisation.calendar": "GB-ENG",
        "privacy.law": "uk-gdpr",
    }
    clerk.post("organisation", **(VALUES | values))
    page = clerk.get("organisation")
    assert "is not an IANA time zone" in page
    assert "Legal basis" in page
    found = check_draft(read_files(clerk.policies, "city-library"), clerk.policies)
    assert {"wrong-value", "limit-not-in-text"} <= {each.code for each in found.findings}


def test_broken_yaml_is_explained(clerk: Clerk) -> None:
    """A file that an editor broke gets a page with the line and what to do, not an error."""
    (clerk.folder / "policy.yaml").write_text("id: [\n", encoding="utf-8")
    answer = clerk.client.get(f"{clerk.first}city-library/")
    assert answer.status_code == 422
    assert "policy.yaml, line" in answer.text
    assert "city-library" in clerk.client.get(clerk.first).text
