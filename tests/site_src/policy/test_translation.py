"""Translations of a procedure must have the same clauses and the same numbers."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from site_src.authoring.revise import revise
from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.policy.editions import read_published
from site_src.publish.build import build
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import loaded, mend, tree

ENGLISH_TEXT = """\
# Complaints procedure of the sample organisation

## 1 General

1.1 A complaint is an opinion that a client gives because a service did not satisfy.

## 2 Handling

2.1 Clients may call 400-000-0000 or write to help@sample.example.com.

2.2 The service department answers within five working days of receiving the complaint.

2.3 Whoever is not satisfied with the answer may ask the manager for a review within 15 days.
"""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder with one policy and its translation."""
    folder = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", folder)
    (folder / "sample" / "procedure.en.md").write_text(ENGLISH_TEXT, encoding="utf-8")
    return folder


def test_good_translation_has_no_findings(policies: Path) -> None:
    """A translation with the same clauses and numbers, in any notation, has no findings."""
    assert read_all(policies)[1] == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("15 days", "50 days", "translation-numbers"),
        ("15 days", "15 working days", "translation-numbers"),
        ("five working days", "a few days", "translation-numbers"),
        ("400-000-0000 or write to", "us or write to", "translation-numbers"),
        ("help@sample", "kelp@sample", "translation-numbers"),
        ("a client gives", "3 clients give", "translation-numbers"),
        ("2.3 Whoever", "Whoever", "translation-clauses"),
        ("2.3 Whoever", "2.2 Whoever", "translation-clauses"),
    ],
)
def test_change_in_a_translation_is_found(policies: Path, old: str, new: str, code: str) -> None:
    """A changed, missing or added number or clause is a finding in the translation's file."""
    mend(policies / "sample" / "procedure.en.md", old, new)
    findings = read_all(policies)[1]
    assert code in {finding.code for finding in findings}
    assert {finding.file.name for finding in findings} == {"procedure.en.md"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("procedure.fr.md", ENGLISH_TEXT.encode(), "language-unknown"),
        ("procedure.zh-CN.md", ENGLISH_TEXT.encode(), "language-unknown"),
        ("procedure.en.md", b"\xff", "file-encoding"),
    ],
)
def test_file_that_is_no_translation(policies: Path, name: str, content: bytes, code: str) -> None:
    """An unknown language, the first language, and a file that is not UTF-8 are findings."""
    (policies / "sample" / name).write_bytes(content)
    assert [(one.code, one.file.name) for one in read_all(policies)[1]] == [(code, name)]


@pytest.mark.parametrize(
    ("chinese", "english", "found"),
    [
        ("工作日8:30至17:00", "on working days from 8.30am to 5pm", 0),
        ("工作日8:30至17:00", "on working days from 8.30am to 6pm", 2),
        ("赔偿 750 欧元", "EUR 750 are paid", 0),
        ("赔偿 750 欧元", "GBP 750 are paid", 2),
        ("退还百分之十", "ten per cent are returned", 0),
        ("退还百分之十", "12% are returned", 2),
        ("每四周告知进展", "news is given every four weeks", 0),
        ("每四周告知进展", "news is given every four months", 2),
    ],
)
def test_times_and_money(policies: Path, chinese: str, english: str, found: int) -> None:
    """Times of day, money, percentages and frequencies are compared between the languages."""
    folder = policies / "sample"
    for name, words in (("procedure.md", chinese), ("procedure.en.md", english)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"\n2.9 {words}\n")
    codes = [one.code for one in read_all(policies)[1] if one.file.name == "procedure.en.md"]
    assert codes == ["translation-numbers"] * found


def test_page_shows_the_translation(policies: Path, tmp_path: Path) -> None:
    """The English page has the English text and links to the authoritative Chinese one."""
    build(policies, tmp_path / "out", date(2026, 3, 2))
    english = (tmp_path / "out/en/sample/procedure/index.html").read_text(encoding="utf-8")
    assert '<div class="procedure" lang="en">' in english
    assert ">2.2</a> The service department answers within five working days" in english
    assert "This page translates it; the Chinese text takes precedence." in english
    assert '<a href="/sample/procedure/#text" hreflang="zh-CN">' in english
    chinese = (tmp_path / "out/sample/procedure/index.html").read_text(encoding="utf-8")
    assert '<div class="procedure" lang="zh-CN">' in chinese
    assert "The service department" not in chinese


def test_page_without_translation_says_so(built: Path) -> None:
    """Without a translation, the English page shows the Chinese text and says so."""
    page = (built / "en/securities-brokerage/procedure/index.html").read_text(encoding="utf-8")
    assert '<div class="procedure" lang="zh-CN">' in page
    assert "The procedure is published in Chinese only." in page


def test_sample_policy_is_translated(built: Path) -> None:
    """One of the seventeen policies has every clause in English."""
    page = (built / "en/accreditation-body/procedure/index.html").read_text(encoding="utf-8")
    procedure = page.partition('<div class="procedure" lang="en">')[2].partition("</section>")[0]
    source = loaded(POLICIES / "accreditation-body")
    assert re.findall(r'id="clause-([\d.]+)"', procedure) == [one.id for one in source.clauses]
    assert "Within 3 days from the day on which it receives the written appeal" in procedure


def test_translation_is_no_part_of_the_version(policies: Path) -> None:
    """A translation can be added to a published version and corrected without a new version."""
    folder = policies / "sample"
    with_it = loaded(folder).digest
    (folder / "procedure.en.md").unlink()
    assert loaded(folder).digest == with_it
    source = loaded(POLICIES / "accreditation-body")
    published = read_published(POLICIES).digest(["accreditation-body"], "1")
    assert published in (source.digest, source.earlier_digest)


def test_archived_version_keeps_its_translation(policies: Path, tmp_path: Path) -> None:
    """`revise` archives the translation with the text, and the old version's page shows it."""
    build(policies, tmp_path / "out", date(2026, 3, 2))
    revise(policies / "sample", date(2026, 4, 1))
    archive = policies / "sample" / "revisions" / "1"
    assert tree(archive)["procedure.en.md"] == ENGLISH_TEXT.encode()
    mend(policies / "sample" / "procedure.md", "十五日", "二十日")
    mend(policies / "sample" / "policy.yaml", "value: 15, unit: day", "value: 20, unit: day")
    assert {finding.code for finding in read_all(policies)[1]} == {"translation-numbers"}
    mend(policies / "sample" / "procedure.en.md", "15 days", "20 days")
    build(policies, tmp_path / "out", date(2026, 4, 2))
    old = (tmp_path / "out/en/sample/versions/1/index.html").read_text(encoding="utf-8")
    assert "a review within 15 days" in old
    new = (tmp_path / "out/en/sample/procedure/index.html").read_text(encoding="utf-8")
    assert "a review within 20 days" in new
