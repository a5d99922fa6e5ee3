"""The disclosure page shows published figures, and says which promise each is about."""

import re
from datetime import date
from pathlib import Path

import pytest

from cli.reporting.statistics import export_published
from functions.cases.ports.ports import Ports
from functions.model.statistics.published import PublishedStatistics
from site_src.check.conformance import Met, conformance
from site_src.check.organisation import read_all
from site_src.errors import StatisticsUnreadable
from site_src.file_names import statistics_file
from site_src.places import POLICIES
from site_src.policy.edition import Edition
from site_src.policy.load import load
from site_src.publish.build import build
from tests.conftest import SITE_URL, StoppedClock
from tests.helpers.desk.counted_year import fill_year
from tests.helpers.sample_policies import copied, mend

DAY = date(2026, 3, 2)
LIMIT = {
    "id": "answer",
    "version": "1",
    "clause": "2.1",
    "action": {"zh-CN": "书面答复"},
    "value": 5,
    "unit": "working_day",
    "measured": ">=20",
    "kept_share": 0.95,
    "median": 3,
    "percentile_90": 4,
    "timing_unit": "working_day",
}
FIGURES = {
    "organisation": "sample",
    "since": "2025-04-01",
    "as_of": "2026-03-02T02:05:00+08:00",
    "timezone": "Asia/Shanghai",
    "received": 41,
    "answered": ">=37",
    "open": "<5",
    "overdue": "<5",
    "results": {"upheld": 20, "not_upheld": None, "settled": "<5"},
    "reviews": 6,
    "changed": "<5",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where figures are exported to."""
    path = tmp_path / "statistics"
    path.mkdir()
    return path


@pytest.fixture
def publishing(policies: Path) -> Path:
    """The sample policy, which publishes its figures of its own accord."""
    switch(policies, "{publish: true}")
    return policies


def switch(policies: Path, value: str) -> None:
    """Sets `statistics` of the sample policy."""
    mend(policies / "sample" / "policy.yaml", "\nkinds:", f"\nstatistics: {value}\nkinds:")


def export(folder: Path, *limits: dict[str, object], **more: object) -> None:
    """Writes figures as `build.py statistics` does."""
    content = FIGURES | {"limits": limits or (LIMIT,)} | more
    found = PublishedStatistics.model_validate(content)
    statistics_file(folder, "sample").write_text(found.model_dump_json(), encoding="utf-8")


def page(policies: Path, folder: Path | None, tmp_path: Path) -> str:
    """The section of figures on the Chinese page of the procedure; empty if there is none."""
    build(policies, tmp_path / "dist", DAY, SITE_URL, statistics=folder)
    html = (tmp_path / "dist" / "sample" / "procedure" / "index.html").read_text("utf-8")
    return html.partition('<section id="figures"')[2].partition("</section>")[0]


def text(html: str) -> str:
    """The words of a page, without white space."""
    return "".join(re.sub(r"<[^>]+>", "", html).split())


def test_nothing_is_shown_unasked(policies: Path, folder: Path, tmp_path: Path) -> None:
    """Without the key there is no section, whatever was exported."""
    export(folder)
    assert page(policies, folder, tmp_path) == ""


def test_key_may_say_no(policies: Path, folder: Path, tmp_path: Path) -> None:
    """`publish: false` is as if the key were not there."""
    switch(policies, "{publish: false}")
    export(folder)
    assert page(policies, folder, tmp_path) == ""


def test_page_without_figures_says_so(publishing: Path, folder: Path, tmp_path: Path) -> None:
    """Until something was counted, one sentence says that figures will come."""
    found = page(publishing, folder, tmp_path)
    assert found.count("<p>") == 1
    assert "<dl" not in found


def test_figures_are_shown(publishing: Path, folder: Path, tmp_path: Path) -> None:
    """The numbers, the share beside promise and clause, times, and small numbers as such."""
    export(folder)
    found = page(publishing, folder, tmp_path)
    said = text(found)
    assert "<dd>41</dd>" in found
    assert "37" in said
    assert "&lt;5" in found
    assert "<b>95%</b>" in found
    assert 'href="#clause-2.1"' in found
    assert "3个工作日" in said
    assert "4个工作日" in said
    assert "/cases/sample/statistics.json" in found
    assert "（由该单位声明，不是程序的内容）" in found


def test_first_page_has_one_sentence(publishing: Path, folder: Path, tmp_path: Path) -> None:
    """It says how many were received, answered and are overdue, and leads to the rest."""
    export(folder)
    page(publishing, folder, tmp_path)
    html = (tmp_path / "dist" / "en" / "sample" / "index.html").read_text("utf-8")
    brief = html.partition('<section id="figures"')[2].partition("</section>")[0]
    said = re.sub(r"<[^>]+>", "", brief)
    assert "41 received, 37 or more answered, &lt;5 overdue now." in said
    assert 'href="/en/sample/procedure/#figures"' in brief


def test_first_page_is_silent_on_small_numbers(
    publishing: Path, folder: Path, tmp_path: Path
) -> None:
    """Where fewer than five were received, or nothing was counted, the first page says nothing."""
    for received in (None, "<5"):
        if received:
            export(folder, received=received, answered=None)
        page(publishing, folder, tmp_path)
        html = (tmp_path / "dist" / "sample" / "index.html").read_text("utf-8")
        assert 'id="figures"' not in html


def test_limit_with_few_cases_is_only_named(publishing: Path, folder: Path, tmp_path: Path) -> None:
    """Below ten there is no share, and the page says of which limits."""
    few = {"measured": ">=5", "kept_share": None, "median": None, "percentile_90": None}
    export(folder, LIMIT | few)
    found = page(publishing, folder, tmp_path)
    assert "%" not in text(found).replace("“<5”", "")
    assert 'href="#clause-2.1"' in found


def test_limit_of_an_earlier_version_is_named_as_such(
    publishing: Path, folder: Path, tmp_path: Path
) -> None:
    """A promise of an earlier version stands with its version, its words and its clause there."""
    export(folder, LIMIT | {"version": "0", "value": 3, "action": {"zh-CN": "口头答复"}})
    found = page(publishing, folder, tmp_path)
    assert "口头答复" in found
    assert "/sample/versions/0/#clause-2.1" in found
    assert "3个工作日" in text(found)


def test_clause_stands_instead_of_the_mark(policies: Path, folder: Path, tmp_path: Path) -> None:
    """Where a clause wants the figures published, it is cited, and nothing is declared."""
    with (policies / "sample" / "procedure.md").open("a", encoding="utf-8") as file:
        file.write("\n2.9 本单位每年公布投诉处理的数据。\n")
    switch(policies, '{publish: true, clause: "2.9"}')
    export(folder)
    found = page(policies, folder, tmp_path)
    assert 'href="#clause-2.9"' in found
    assert "声明" not in found


@pytest.mark.parametrize(
    ("clause", "code"), [("9.9", "clause-unknown"), ("2.1", "words-not-in-text")]
)
def test_cited_clause_speaks_of_publishing(policies: Path, clause: str, code: str) -> None:
    """A clause that does not exist, or says nothing of publishing, is a finding."""
    switch(policies, f'{{publish: true, clause: "{clause}"}}')
    assert [finding.code for finding in read_all(policies)[1]] == [code]


@pytest.mark.parametrize("broken", ["{", '{"organisation": "sample"}', "[]"])
def test_damaged_figures_stop_the_build(
    publishing: Path, folder: Path, tmp_path: Path, broken: str
) -> None:
    """What was not written by the export is told by its name, and nothing is written."""
    statistics_file(folder, "sample").write_text(broken, encoding="utf-8")
    with pytest.raises(StatisticsUnreadable, match=r"sample\.json"):
        page(publishing, folder, tmp_path)


def test_figures_of_another_organisation_are_refused(
    publishing: Path, folder: Path, tmp_path: Path
) -> None:
    """A file in the place of another is no figure of this organisation."""
    export(folder, organisation="branch")
    with pytest.raises(StatisticsUnreadable, match="branch"):
        page(publishing, folder, tmp_path)


def test_switch_changes_no_published_version(policies: Path) -> None:
    """It is no promise of the procedure: the version's digest is the same."""
    before = load(policies / "sample")
    switch(policies, "{publish: true}")
    after = load(policies / "sample")
    assert isinstance(before, Edition)
    assert isinstance(after, Edition)
    assert before.digest == after.digest


def test_new_figures_rebuild_one_organisation(
    publishing: Path, folder: Path, tmp_path: Path
) -> None:
    """A new file rebuilds the pages of its organisation alone; without it they are as before."""
    copied(publishing / "sample", "branch")
    out = tmp_path / "dist"

    def built() -> dict[str, tuple[bytes, int]]:
        build(publishing, out, DAY, SITE_URL, statistics=folder)
        return {
            str(path.relative_to(out)): (path.read_bytes(), path.stat().st_ino)
            for path in out.rglob("index.html")
        }

    first = built()
    export(folder)
    second = built()
    changed = {name for name in first if first[name] != second[name]}
    assert {name.removeprefix("en/").split("/")[0] for name in changed} == {"sample"}
    assert built() == second
    statistics_file(folder, "sample").unlink()
    assert {name: content for name, (content, _) in built().items()} == {
        name: content for name, (content, _) in first.items()
    }


def test_own_duty_to_publish_is_met(built: Path) -> None:
    """The conformance report names the figures for a clause that wants them published."""
    bank = load(POLICIES / "commercial-bank")
    assert isinstance(bank, Edition)
    (line,) = [line for line in conformance(bank) if line.element == "第二十二条"]
    assert line.result == Met(clauses=("第二十二条",), where="/commercial-bank/procedure/#figures")


def test_exported_figures_are_what_the_page_reads(
    ports: Ports, clock: StoppedClock, folder: Path, tmp_path: Path
) -> None:
    """What `statistics` writes of a year, a build shows in both languages."""
    fill_year(ports, clock)
    written, missing = export_published(ports, folder)
    assert [path.name for path in written] == ["commercial-bank.json"]
    assert missing == ("car-dealer", "housing-association")
    assert export_published(ports, folder)[0] == ()
    build(POLICIES, tmp_path / "dist", DAY, SITE_URL, statistics=folder)
    for prefix in ("", "en/"):
        html = (tmp_path / "dist" / prefix / "commercial-bank" / "procedure/index.html").read_text(
            "utf-8"
        )
        section = html.partition('<section id="figures"')[2].partition("</section>")[0]
        assert section.count('class="share"') >= 2
