"""The role of a limit or step is the one that acts in its sentence."""

from pathlib import Path

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

CHIEF = "The Chief Officer may extend the time by 10 days, and the Officer tells the client."


def codes(tmp_path: Path, clause: str, role: str, action: str) -> set[str]:
    """The codes on roles where a limit of ten days is this role's."""
    limit = {"id": "a", "value": 10, "unit": "day", "from": "received", "role": role}
    found = codes_of(tmp_path, clause, {"limits": [{**limit, "action": action}]})
    return {code for code in found if code.startswith("role-")}


@pytest.mark.parametrize(
    ("clause", "role", "action"),
    [
        (CHIEF, "manager", "extend the time"),
        ("客服部应当立即报告经理，并在10日内答复客户。", "service", "答复客户"),
        ("客服部报告后，由经理在10日内答复客户。", "manager", "答复客户"),
        ("客服部把投诉转给经理，由其在10日内答复客户。", "manager", "答复客户"),
        ("客户应当配合；客服部应当在10日内答复客户。", "service", "答复客户"),
    ],
)
def test_who_acts(tmp_path: Path, clause: str, role: str, action: str) -> None:
    """Whoever acts, by name or as 其, is the role."""
    assert codes(tmp_path, clause, role, action) == set()


@pytest.mark.parametrize(
    ("clause", "role", "action", "code"),
    [
        (CHIEF, "service", "extend the time", "role-differs"),
        (
            "The Chief Officer decides within 10 days of receipt of the complaint.",
            "service",
            "decides",
            "role-not-in-text",
        ),
        ("客服部应当立即报告经理，并在10日内答复客户。", "manager", "答复客户", "role-differs"),
        ("经经理批准可以延长10日，客服部应当告知客户。", "service", "延长", "role-differs"),
    ],
)
def test_who_does_not_act(tmp_path: Path, clause: str, role: str, action: str, code: str) -> None:
    """Whoever is only told, acts later or is a part of another's name is not the role."""
    assert code in codes(tmp_path, clause, role, action)


def test_steps(tmp_path: Path) -> None:
    """A step is of a role that its sentence names."""
    clause = "客户申请回避的，经理作出决定。客服部登记投诉。"
    for role, found in (("manager", False), ("service", True)):
        step = {"id": "a", "role": role, "action": "申请回避的，作出决定"}
        codes = codes_of(tmp_path / role, clause, {"steps": [step]})
        assert ("role-differs" in codes) == found
