"""Good policies have no findings, and each broken twin has exactly the expected one."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from site_src.check.hints import check_hints
from site_src.check.organisation import read_all
from site_src.check.report import report
from site_src.check.rules import check_edition
from site_src.places import POLICIES
from site_src.policy.finding import Finding, FindingCode
from tests.helpers.places import EXAMPLES
from tests.helpers.rich_policy import FACTS, TEXT
from tests.helpers.sample_policies import loaded, mend, write

BROKEN = sorted(path for path in (EXAMPLES / "broken").iterdir() if path.is_dir())


def place(finding: Finding) -> str:
    """A finding in the format of `expects.txt`: code, place, field and clause."""
    where = f"{finding.file.name}:{finding.line}:{finding.column}"
    return " ".join(filter(None, (finding.code, where, finding.field, finding.clause)))


def test_good_example_has_no_findings() -> None:
    """The example from which all twins are made has no findings."""
    assert read_all(EXAMPLES / "good")[1] == ()


def test_published_policies_have_no_findings() -> None:
    """The facts of every policy in the repository agree with its text."""
    assert [place(finding) for finding in read_all(POLICIES)[1]] == []


@pytest.mark.parametrize("twin", BROKEN, ids=lambda path: path.name)
def test_broken_twin_names_its_finding(twin: Path) -> None:
    """Each twin gives exactly its expected findings, with file, line, column and field."""
    _, findings = read_all(twin)
    expected = (twin / "expects.txt").read_text(encoding="utf-8").splitlines()
    assert [place(finding) for finding in findings] == expected
    for finding in findings:
        for words in (finding.message, finding.remedy):
            assert words.en
            assert re.search("[\u4e00-\u9fff]", words.zh), words


def test_every_code_has_a_twin() -> None:
    """Every finding code has a broken twin."""
    assert {path.name for path in BROKEN} == set(get_args(FindingCode))


def test_impossible_date_is_a_finding(tmp_path: Path) -> None:
    """An impossible date is a wrong value at its place."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    file = tmp_path / "policies" / "sample" / "policy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("2026-01-01", "2026-14-01"), encoding="utf-8")
    _, findings = read_all(tmp_path / "policies")
    assert [place(finding) for finding in findings] == [
        "wrong-value policy.yaml:3:1 effective_from"
    ]


@pytest.mark.parametrize(
    ("clause", "day", "expected"),
    [
        ("9.1", "2026-01-01", []),
        ("9.1", "2026-01-02", ["number-not-in-text policy.yaml:3:1 effective_from"]),
        ("9.2", "2026-01-01", ["clause-unknown policy.yaml:4:1 effective_clause"]),
    ],
)
def test_the_clause_gives_the_day_of_effect(
    tmp_path: Path, clause: str, day: str, expected: list[str]
) -> None:
    """A day that is not declared stands in the clause that is named for it."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    folder = tmp_path / "policies" / "sample"
    with (folder / "procedure.md").open("a", encoding="utf-8") as text:
        text.write("\n9.1 本办法自二〇二六年一月一日起施行。\n")
    mend(
        folder / "policy.yaml",
        "effective_from: 2026-01-01\n",
        f'effective_from: {day}\neffective_clause: "{clause}"\n',
    )
    assert [place(finding) for finding in read_all(tmp_path / "policies")[1]] == expected


def test_a_channel_without_its_number_is_a_hint(tmp_path: Path) -> None:
    """Who owns the text is asked for it; nothing is refused, and other channels need none."""
    shutil.copytree(EXAMPLES / "good", tmp_path / "policies")
    folder = tmp_path / "policies" / "sample"
    with (folder / "procedure.md").open("a", encoding="utf-8") as text:
        text.write("\n9.1 也可以打电话、写信，或者在我们回访时说。\n")
    added = "".join(
        f'  - {{id: new-{type}, type: {type}, name: 渠道, clause: "9.1"}}\n'
        for type in ("telephone", "letter", "callback")
    )
    mend(folder / "policy.yaml", "channels:\n", f"channels:\n{added}")
    assert read_all(tmp_path / "policies")[1] == ()
    found = [(hint.code, hint.field, hint.clause) for hint in check_hints(loaded(folder))]
    assert found == [("channel-without-value", "channels[0]", "9.1")]
    written = report((), ("sample",), "text", (loaded(folder),)).splitlines()
    assert "hint: channel-without-value (field channels[0] clause 9.1)" in written[-4]
    assert written[-1] == "1 policies checked, 0 findings"


def test_text_that_decides_is_not_on_the_site(tmp_path: Path) -> None:
    """A language of the site decides by `language`, not by `prevails`."""
    folder = write(tmp_path, "rich", f"prevails: en\n{FACTS}", TEXT)
    found = [(one.code, one.field) for one in check_edition(loaded(folder))]
    assert ("wrong-value", "prevails") in found
    folder = write(tmp_path / "other", "rich", f"prevails: de\n{FACTS}", TEXT)
    found = [(one.code, one.field) for one in check_edition(loaded(folder))]
    assert ("wrong-value", "prevails") not in found
