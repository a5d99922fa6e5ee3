"""The conformance report: which clauses meet a requirement, and where none does."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from rich.cells import cell_len

from site_src.check.conformance import (
    DUTY,
    PAGES,
    Met,
    Owed,
    ReportLine,
    Silent,
    conformance,
)
from site_src.check.fact_table import rows
from site_src.check.organisation import read_all
from site_src.check.privacy_laws import GDPR, PIPL, UK_GDPR
from site_src.check.report import NOT_CONFIRMED, report
from site_src.check.standards import CONFIRMED, REQUIREMENTS, TITLES, WITHDRAWN, is_confirmed
from site_src.places import POLICIES, ROOT
from site_src.policy.edition import Edition
from site_src.policy.facts import facts
from site_src.policy.load import load
from site_src.policy.terms import Standard

PROCEDURE = """\
1.1 投诉，是指客户不满意而提出的意见；申诉，是指对决定不服。

2.1 处理方式在本公司网站上公开，在营业场所张贴；处理结果也公布。

2.2 客服部收到投诉后登记，核实并决定，把结果答复客户。

2.3 与事情有利害关系的人回避；来自客户的人，两年内回避。

2.4 客服部收到申诉后登记。
"""


def step(id: str, clause: str, kind: str, *acts: str) -> dict[str, object]:
    """A step of customer service."""
    return {
        "id": id,
        "role": "service",
        "kind": kind,
        "acts": list(acts),
        "action": "办理",
        "clause": clause,
    }


STEPS = [
    step("take", "2.2", "complaint", "receive", "register"),
    step("handle", "2.2", "complaint", "validate", "decide", "answer"),
    step("appeal", "2.4", "appeal", "receive", "register"),
]


def made(tmp_path: Path, **changes: object) -> Edition:
    """A small policy of a certifier that takes complaints and appeals."""
    content: dict[str, object] = {
        "id": "made",
        "version": "1",
        "effective_from": "2026-01-01",
        "title": "办法",
        "source": "办法",
        "standards": ["iso-iec-17065"],
        "organisation": {"name": "单位", "prefix": "MD", "mailbox": "help@made.example.com"},
        "privacy": {
            "handler": "单位",
            "contact": "privacy@made.example.com",
            "purpose": "受理",
            "method": "加密",
            "data": "姓名",
            "retention_years": 3,
        },
        "kinds": [
            {"id": "complaint", "name": "投诉", "clause": "1.1"},
            {"id": "appeal", "name": "申诉", "clause": "1.1"},
        ],
        "filers": [{"id": "client", "who": "客户", "clause": "1.1"}],
        "roles": [{"id": "service", "name": "客服部", "duty": "答复", "clause": "2.2"}],
        "steps": STEPS,
        "provisions": [
            {"topic": "recusal", "text": "回避", "clause": "2.3"},
            {"topic": "publication", "text": "在网站上公开，在营业场所张贴", "clause": "2.1"},
            {"topic": "publication", "text": "处理结果公布", "clause": "2.1"},
        ],
    }
    folder = tmp_path / "made"
    folder.mkdir(parents=True)
    (folder / "procedure.md").write_text(PROCEDURE, encoding="utf-8")
    text = yaml.safe_dump(content | changes, allow_unicode=True)
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    source = load(folder)
    assert isinstance(source, Edition), source
    return source


def sources(title: str) -> dict[str, tuple[str, str]]:
    """What docs/conformance-sources.md asks and finds for each element of a standard."""
    text = (ROOT / "docs" / "conformance-sources.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d\S*.*?) \| (.+?) \| .+ \| (.+?) \|$", section, re.MULTILINE)
    assert len({element for element, _, _ in rows}) == len(rows)
    return {element: (asks, result) for element, asks, result in rows}


def newest(*organisations: str) -> tuple[Edition, ...]:
    """The newest editions of the published policies, or of some of them."""
    return tuple(one.editions[-1] for one in read_all(POLICIES, organisations)[0])


def by_element(source: Edition) -> dict[tuple[str, str | None], Met | Silent | Owed]:
    """The results by element and kind."""
    return {(line.element, line.about): line.result for line in conformance(source)}


def duties(source: Edition) -> list[ReportLine]:
    """The lines about the procedure's own duties to publish."""
    return [line for line in conformance(source) if line.standard == DUTY]


def test_met_and_silent(tmp_path: Path) -> None:
    """An element is met by every clause that says it, once and in order, for its own kind."""
    results = by_element(made(tmp_path))
    assert results["7.13.1 (1)", "complaint"] == Met(clauses=("2.2",))
    assert results["7.13.1 (1)", "appeal"] == Silent()
    assert results["7.13.1 (2)", "appeal"] == Met(clauses=("2.4",))
    assert results["7.13.3", "complaint"] == Silent()
    assert results["7.13.5", "appeal"] == Met(clauses=("2.3",))
    assert results["7.13.7", "complaint"] == Silent()
    assert results["17.2 (4)", None] == Met(where="privacy.retention_years")


def test_article_17(tmp_path: Path) -> None:
    """The notice meets the items with a key; on what the law requires beyond, it is silent."""
    lines = [line for line in conformance(made(tmp_path)) if line.standard == PIPL]
    silent = [line.element for line in lines if line.result == Silent()]
    assert silent == ["17.4", "17 par. 2"]
    assert lines[-1].element == "17 par. 3"
    assert lines[-1].result == Met(where="/made/complaint/")
    assert {line.element: line.asks.en for line in lines} == {
        element: asks for element, (asks, _) in sources(PIPL.en).items()
    }
    assert all(line.confirmed for line in lines)


def test_clauses_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    """Clauses are in the order of the text, whatever the order of the facts."""
    steps = [
        step("decide", "2.4", "complaint", "decide"),
        step("take", "2.3", "complaint", "receive"),
        step("weigh", "2.2", "complaint", "investigate"),
        step("again", "2.4", "complaint", "decide"),
    ]
    results = by_element(made(tmp_path, steps=steps))
    assert results["7.13.1 (1)", "complaint"] == Met(clauses=("2.2", "2.3", "2.4"))


@pytest.mark.parametrize(
    ("unit", "value", "party", "result"),
    [
        ("year", 2, "organisation", Met(clauses=("2.3",))),
        ("month", 24, "organisation", Met(clauses=("2.3",))),
        ("year", 1, "organisation", Silent()),
        ("year", 2, "filer", Silent()),
    ],
)
def test_recusal_for_two_years(
    tmp_path: Path, unit: str, value: int, party: str, result: Met | Silent
) -> None:
    """ISO/IEC 17065 7.13.6 requires a recusal whose own clause says two years."""
    limit = {"id": "out", "value": value, "unit": unit, "from": "ruling", "party": party}
    limits = [limit | {"action": "回避", "clause": "2.3"}]
    assert by_element(made(tmp_path, limits=limits))["7.13.6", "complaint"] == result


def test_kind_that_is_not_taken_is_silent(tmp_path: Path) -> None:
    """A procedure without appeals is silent about them, even if facts hold for all kinds."""
    kinds = [{"id": "grievance", "name": "投诉", "clause": "1.1"}]
    steps = [step("take", "2.2", "grievance", "receive", "register")]
    results = by_element(made(tmp_path, kinds=kinds, steps=steps, standards=["iso-iec-17024"]))
    assert results["9.8.4 (2)", "appeal"] == Silent()
    assert results["9.9.3 b (2)", "complaint"] == Met(clauses=("2.2",))


def test_duty_to_publish(tmp_path: Path) -> None:
    """Each place that a provision names is a line: a page does it, or it is owed."""
    assert [(line.asks.en.split(":")[0], line.result) for line in duties(made(tmp_path))] == [
        ("website", Met(clauses=("2.1",), where="/made/")),
        ("premises", Met(clauses=("2.1",), where="/made/poster/")),
        ("outcomes", Owed(clauses=("2.1",))),
    ]


def test_pages_that_publish_exist(built: Path) -> None:
    """Every page that the report names exists."""
    for source in newest():
        for page in PAGES.values():
            path = page.format(organisation=source.policy.id).partition("#")[0].strip("/")
            assert (built / path / "index.html").is_file()
        for line in conformance(source):
            where = line.result.where if isinstance(line.result, Met) else None
            if where and where.startswith("/"):
                assert (built / where.partition("#")[0].strip("/") / "index.html").is_file()


def test_staff_are_never_measured_against_gb_t_19012(tmp_path: Path) -> None:
    """ISO 10002 excludes employment disputes, so no staff policy is measured against it."""
    staff = {"name": "单位", "prefix": "MD", "mailbox": "a@example.com", "audience": "staff"}
    source = made(tmp_path, organisation=staff, standards=["gb-t-19012", "iso-iec-17065"])
    standards = {line.standard.en for line in conformance(source)}
    assert TITLES["gb-t-19012"] not in standards
    assert TITLES["iso-iec-17065"] in standards
    for source in newest():
        if source.policy.organisation.audience == "staff":
            assert source.policy.standards == ()


def order(element: str) -> list[tuple[int, int | str]]:
    """Sorts `7.9.3 b (2)` before `7.9.10`."""
    parts = re.findall(r"\d+|[a-z]", element)
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]


@pytest.mark.parametrize("standard", get_args(Standard))
def test_elements_are_unique_and_sorted(standard: Standard) -> None:
    """Each element is listed once for a kind, in the standard's order, and has a need."""
    requirements = REQUIREMENTS[standard]
    keys = [(order(one.element), one.about) for one in requirements]
    assert len({(one.element, one.about) for one in requirements}) == len(requirements)
    assert [key for key, _ in keys] == sorted(key for key, _ in keys)
    assert all(one.asks and one.needs for one in requirements)


def test_every_standard_has_a_list_and_a_title() -> None:
    """Every standard that a policy can name has requirements, a title and confirmed elements."""
    assert REQUIREMENTS.keys() == TITLES.keys() == CONFIRMED.keys() == set(get_args(Standard))


@pytest.mark.parametrize("standard", get_args(Standard))
def test_sources_say_what_is_confirmed(standard: Standard) -> None:
    """The docs list each element with the same requirement, and agree whether it is confirmed."""
    found = sources(TITLES[standard].partition(" (")[0])
    assert found.keys() == {one.element for one in REQUIREMENTS[standard]}
    for one in REQUIREMENTS[standard]:
        asks, result = found[one.element]
        assert one.asks.en == asks
        assert re.match(r"(not )?confirmed\b|corrected to: |added: ", result), result
        assert is_confirmed(standard, one.element) == (not result.startswith("not confirmed"))


def test_confirmed_numbers_are_elements() -> None:
    """Each confirmed number is an element, or has elements under it."""
    for standard, numbers in CONFIRMED.items():
        elements = [one.element for one in REQUIREMENTS[standard]]
        for number in numbers:
            assert any(one == number or one.startswith(f"{number}.") for one in elements), number


def test_sources_count_their_results() -> None:
    """The summary in the docs counts the results in their tables."""
    text = (ROOT / "docs" / "conformance-sources.md").read_text(encoding="utf-8")
    counted = re.findall(r"^\| (\D.*?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    totals = [0, 0, 0, 0]
    for title, *numbers in counted:
        if title == "all":
            assert [int(number) for number in numbers] == totals
            return
        results = [result for _, result in sources(title).values()]
        for column, start in enumerate(("confirmed", "corrected", "added", "not confirmed")):
            number = sum(result.startswith(start) for result in results)
            assert number == int(numbers[column])
            totals[column] += number
    pytest.fail("no row for all")


def test_not_confirmed_is_marked(tmp_path: Path) -> None:
    """Text and JSON mark the elements that no public text confirms, and no others."""
    source = made(tmp_path)
    written = report((), (), "text", (source,))
    assert re.search(r"  7\.13\.3 \* +complaint ", written)
    assert re.search(r"  7\.13\.6 +complaint ", written)
    assert re.search(r"  17\.1 \(1\)  ", written)
    assert written.splitlines().count(NOT_CONFIRMED.en) == 1
    lines = json.loads(report((), (), "json", (source,)))["conformance"]["made"]
    confirmed = {line["element"]: line["confirmed"] for line in lines}
    assert not confirmed["7.13.3"]
    assert confirmed["7.13.6"]
    assert confirmed["17.1 (1)"]


def test_no_foot_line_where_all_is_confirmed(tmp_path: Path) -> None:
    """Every element of ISO/IEC 17025 is confirmed, so its report has no mark to explain."""
    written = report((), (), "text", (made(tmp_path, standards=["iso-iec-17025"]),))
    assert "7.9.7" in written
    assert "*" not in written


def test_withdrawn_edition_is_noted(tmp_path: Path) -> None:
    """A report on ISO/IEC 17024:2012 says that this edition is withdrawn; others do not."""
    both = made(tmp_path / "both", standards=["iso-iec-17065", "iso-iec-17024"])
    note = WITHDRAWN["iso-iec-17024"]
    assert report((), (), "text", (both,)).splitlines().count(note.en) == 1
    assert "withdrawn" not in report((), (), "text", (made(tmp_path / "other"),))
    withdrawn = {line.standard.en for line in conformance(both) if line.withdrawn}
    assert withdrawn == {"ISO/IEC 17024:2012"}


def test_confirmed_number_does_not_cover_its_letters() -> None:
    """9.8.1 is confirmed, but not its letters; 7.9 covers every number under it."""
    assert is_confirmed("iso-iec-17024", "9.8.1")
    assert not is_confirmed("iso-iec-17024", "9.8.1 a (1)")
    assert is_confirmed("iso-iec-17025", "7.9.3 a (1)")
    assert not is_confirmed("gb-t-19012", "4.6")


def test_nothing_public_names_a_standard(built: Path) -> None:
    """Published policies do not contain the report's keys: a standard there would be a claim."""
    for source in newest():
        text = (built / source.policy.id / "policy.json").read_text(encoding="utf-8")
        content = json.loads(text)
        assert "standards" not in content
        assert '"acts"' not in text


def test_what_is_only_for_the_report_changes_no_version(tmp_path: Path) -> None:
    """On a published version only acts and standards may change."""
    first = made(tmp_path / "first")
    steps = [step("take", "2.2", "complaint"), *STEPS[1:]]
    assert made(tmp_path / "second", standards=[], steps=steps).digest == first.digest
    assert made(tmp_path / "third", steps=steps[1:]).digest != first.digest


def test_unknown_role_is_printed_by_its_id(tmp_path: Path) -> None:
    """A readable policy with findings still gets its tables, with unknown roles by id."""
    steps = [step("take", "2.2", "complaint", "receive") | {"role": "nobody"}]
    routes = [{"role": "nobody", "category": "nothing", "clause": "2.2"}]
    listed = rows(made(tmp_path, steps=steps, routes=routes).policy)
    assert "nobody · 办理 | receive" in [row.says for row in listed]
    assert "nobody · nothing" in [row.says for row in listed]


def test_table_has_each_fact_once() -> None:
    """The table has a line for each fact, with its words and its clause."""
    for source in newest():
        lines = report((), (), "text", (source,)).splitlines()
        listed = rows(source.policy)
        assert len(listed) == len(list(facts(source.policy)))
        start = next(n for n, line in enumerate(lines) if line.startswith("List")) + 2
        table = lines[start : start + len(listed)]
        assert lines[start + len(listed)] == ""
        for line, row in zip(table, listed, strict=True):
            assert line.startswith(row.list)
            assert row.says in line
            assert line.endswith(row.clause)


def test_table_folds_in_a_narrow_terminal() -> None:
    """No text is cut off, and no line is wider than the terminal; Chinese counts double."""
    written = report((), (), "text", newest("securities-brokerage"), width=80)
    assert all(cell_len(line) <= 80 for line in written.splitlines()[1:])
    assert "…" not in written


NOTICE = {
    "handler": "Sample",
    "contact": "privacy@made.example.com",
    "purpose": "To answer",
    "method": "Sent encrypted",
    "data": "Name",
    "retention_years": 3,
}
BASIS = {
    "basis": "legitimate-interests",
    "interests": "To settle complaints",
    "officer": "officer@made.example.com",
    "recipients": "The desk",
    "transfers": "None outside the EU",
}


@pytest.mark.parametrize(("law", "title"), [("gdpr", GDPR.en), ("uk-gdpr", UK_GDPR.en)])
def test_article_13(tmp_path: Path, law: str, title: str) -> None:
    """Under the GDPR the report has the elements of article 13, met by keys or by the notice."""
    source = made(tmp_path, privacy=NOTICE | BASIS | {"law": law})
    lines = [line for line in conformance(source) if line.standard.en == title]
    assert not [line for line in conformance(source) if line.standard == PIPL]
    asked = {element: asks for element, (asks, _) in sources(GDPR.en).items()}
    assert {line.element: line.asks.en for line in lines} == {
        element: asks for element, asks in asked.items() if element != "13.2 (c)"
    }
    results = {line.element: line.result for line in lines}
    assert [element for element in results if results[element] == Silent()] == ["13.2 (f)"]
    assert results["13.1 (c)"] == Met(where="privacy.basis")
    assert results["13.2 (d)"] == Met(where="/made/complaint/")


def test_what_a_notice_of_article_13_lacks(tmp_path: Path) -> None:
    """What the policy does not say is reported as silent, and is no finding."""
    source = made(tmp_path, privacy=NOTICE | {"law": "gdpr"})
    silent = [line.element for line in conformance(source) if line.result == Silent()]
    assert [element for element in silent if element.startswith("13.")] == [
        "13.1 (b)",
        "13.1 (c)",
        "13.1 (f)",
        "13.2 (f)",
    ]


def test_consent_that_can_be_withdrawn(tmp_path: Path) -> None:
    """Only the basis of consent has a consent to withdraw."""
    source = made(tmp_path, privacy=NOTICE | {"law": "gdpr", "basis": "consent"})
    assert by_element(source)["13.2 (c)", None] == Met(where="privacy.basis")


def test_no_law(tmp_path: Path) -> None:
    """Where no privacy law holds, nothing is asked of the notice."""
    source = made(tmp_path, privacy=NOTICE | {"law": "none"})
    assert not [line for line in conformance(source) if line.standard in (PIPL, GDPR, UK_GDPR)]
