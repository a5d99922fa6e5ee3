"""Whoever is entered has roles that exist, and the roles that must have somebody do."""

from datetime import date
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.policy.folders import folders
from tests.helpers.sample_policies import entry, loaded, mend, staffed, write_staff

DAY = date(2026, 3, 2)
LIN, LU = "lin.yi@sample.example.com", "lu.min@sample.example.com"


def found(policies: Path, *entries: str, day: date = DAY) -> list[tuple[str, str | None, int]]:
    """Code, clause and line of each finding with these entries."""
    write_staff(policies / "sample", staffed(*entries))
    findings = read_all(policies, day=day)[1]
    return [(finding.code, finding.clause, finding.line) for finding in findings]


def with_approval(policies: Path) -> None:
    """The manager approves answers, by clause 2.2."""
    mend(policies / "sample" / "procedure.md", "工作日内答复。", "工作日内答复。答复须经经理批准。")
    mend(
        policies / "sample" / "policy.yaml",
        'action: 答复, clause: "2.2"}\nlimits',
        'action: 答复, approved_by: manager, clause: "2.2"}\nlimits',
    )


def test_unknown_role_is_found(policies: Path) -> None:
    """The finding stands at the role, and says which roles there are."""
    write_staff(policies / "sample", staffed(entry(LIN, "service", "sevrice")))
    (finding,) = read_all(policies, day=DAY)[1]
    assert (finding.code, finding.field) == ("reference-unknown", "staff[0].roles[1]")
    assert "manager, service" in finding.remedy.en
    assert "是不是 `service`" in finding.remedy.zh


def test_role_of_an_earlier_version_is_known(policies: Path) -> None:
    """Cases under an archived version are still worked on, by its roles."""
    folder = policies / "sample"
    archive = folder / "revisions" / "1"
    archive.mkdir(parents=True)
    for name in ("policy.yaml", "procedure.md"):
        (archive / name).write_bytes((folder / name).read_bytes())
    mend(archive / "policy.yaml", "{id: service,", "{id: desk,")
    mend(archive / "policy.yaml", "id: answer, role: service", "id: answer, role: desk")
    mend(archive / "policy.yaml", "from: received, role: service", "from: received, role: desk")
    mend(folder / "policy.yaml", 'version: "1"', 'version: "2"')
    mend(folder / "policy.yaml", "effective_from: 2026-01-01", "effective_from: 2026-02-01")
    assert found(policies, entry(LIN, "service", "desk")) == []


def test_role_with_a_limit_needs_somebody(policies: Path) -> None:
    """The finding names role and clause; a role without a limit may be vacant."""
    assert found(policies, entry(LIN, "service")) == []
    assert found(policies, entry(LIN, "manager")) == [("role-vacant", "2.2", 1)]


def test_last_day_counts(policies: Path) -> None:
    """On the last day somebody still has the role; the day after, the finding names them."""
    entries = entry(LU, "manager"), entry(LIN, "service", until="2026-03-02")
    assert found(policies, *entries) == []
    assert found(policies, *entries, day=date(2026, 3, 3)) == [("role-vacant", "2.2", 8)]
    (finding,) = read_all(policies, day=date(2026, 3, 3))[1]
    assert "since the last day of 林怡 was 2026-03-02" in finding.message.en
    assert "林怡的最后一天是 2026-03-02" in finding.message.zh


def test_passed_day_is_no_finding_by_itself(policies: Path) -> None:
    """Whoever left may stay in the file, as long as others have the roles."""
    entries = entry(LU, "service"), entry(LIN, "service", until="2020-01-01")
    assert found(policies, *entries) == []


@pytest.mark.parametrize(
    ("condition", "expected"), [("", [("role-vacant", "2.4", 1)]), (", condition: 涉及经理", [])]
)
def test_role_that_filings_come_to_needs_somebody(
    policies: Path, condition: str, expected: list[object]
) -> None:
    """A route sends filings by itself unless it has a condition, which staff judge."""
    with (policies / "sample" / "procedure.md").open("a", encoding="utf-8") as text:
        text.write("\n2.4 投诉由经理受理。涉及经理的投诉，由经理受理。\n")
    facts = f'routes:\n  - {{role: manager{condition}, clause: "2.4"}}\n'
    with (policies / "sample" / "policy.yaml").open("a", encoding="utf-8") as policy:
        policy.write(facts)
    codes = found(policies, entry(LIN, "service"))
    assert [row for row in codes if row[0] == "role-vacant"] == expected


def test_approver_needs_to_be_somebody(policies: Path) -> None:
    """A role that must approve has somebody."""
    with_approval(policies)
    assert found(policies, entry(LIN, "service")) == [("role-vacant", "2.2", 1)]
    assert found(policies, entry(LIN, "service"), entry(LU, "manager")) == []


def test_nobody_approves_what_they_proposed(policies: Path) -> None:
    """One person with both roles is refused; a second one with either is enough."""
    with_approval(policies)
    both = entry(LIN, "service", "manager")
    assert found(policies, both) == [("approver-alone", "2.2", 4)]
    assert found(policies, both, entry(LU, "manager", until="2026-03-01")) == [
        ("approver-alone", "2.2", 4)
    ]
    assert found(policies, both, entry(LU, "manager")) == []
    assert found(policies, both, entry(LU, "service")) == []


def test_decision_and_approval_of_a_step_of_its_own(policies: Path) -> None:
    """Where approving is a step, whoever alone decides cannot be the one who approves."""
    with (policies / "sample" / "procedure.md").open("a", encoding="utf-8") as text:
        text.write("\n2.4 客服部决定处理意见，经理批准处理意见。\n")
    policy = policies / "sample" / "policy.yaml"
    steps = (
        '  - {id: decide, role: service, acts: [decide], action: 决定处理意见, clause: "2.4"}\n'
        '  - {id: approve, role: manager, acts: [approve], action: 批准处理意见, clause: "2.4"}\n'
    )
    mend(policy, "limits:\n", f"{steps}limits:\n")
    assert loaded(policies / "sample")
    found_alone = found(policies, entry(LIN, "service", "manager"))
    assert ("approver-alone", "2.4", 4) in found_alone
    others = found(policies, entry(LIN, "service"), entry(LU, "manager"))
    assert [row for row in others if row[0] in ("approver-alone", "role-vacant")] == []


def test_announced_version_is_asked_for_too(policies: Path) -> None:
    """Before a version takes effect, its new roles have somebody."""
    folder = policies / "sample"
    archive = folder / "revisions" / "1"
    archive.mkdir(parents=True)
    for name in ("policy.yaml", "procedure.md"):
        (archive / name).write_bytes((folder / name).read_bytes())
    mend(folder / "policy.yaml", 'version: "1"', 'version: "2"')
    mend(folder / "policy.yaml", "effective_from: 2026-01-01", "effective_from: 2026-07-01")
    mend(folder / "policy.yaml", "from: received, role: service", "from: received, role: manager")
    rows = found(policies, entry(LIN, "service"))
    assert ("role-vacant", "2.2", 1) in rows
    assert [row[0] for row in found(policies, entry(LIN, "service", "manager"))].count(
        "role-vacant"
    ) == 0


def test_samples_have_somebody_for_each_role() -> None:
    """In every sample each role of the procedure has somebody today, at a sample address."""
    organisations, findings = read_all(POLICIES)
    assert findings == ()
    assert len(organisations) == len(folders(POLICIES))
    today = date.today()
    for editions in organisations:
        policy = editions.in_force(today).policy
        domain = policy.organisation.mailbox.partition("@")[2]
        held = {role for one in editions.staff if one.is_current(today) for role in one.roles}
        assert {role.id for role in policy.roles} == held, policy.id
        assert {one.address.partition("@")[2] for one in editions.staff} == {domain}
        assert domain.endswith(".example.com")
    days = [one.until for editions in organisations for one in editions.staff if one.until]
    assert min(days) < date(2026, 11, 28) < max(days)
