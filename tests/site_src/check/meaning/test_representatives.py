"""Who may act for a filer, with what papers and how many, is what the clause says."""

from pathlib import Path
from typing import Any

import pytest

from tests.site_src.check.meaning.two_roles import codes_of

ENGLISH = (
    "A client may be represented by an attorney or an agent. An agent who is not an attorney must "
    "submit a letter of authority."
)
CHINESE = (
    "客户委托他人代为投诉的，受委托人应当提交授权委托书。"
    "客户为限制民事行为能力人的，由其监护人提出。"
)
ATTORNEY = {"id": "attorney", "who": "An attorney", "requires": "none"}
AGENT = {"id": "agent", "who": "An agent", "requires": "authority"}
TRUSTEE = {"id": "agent", "who": "受委托人", "requires": "authority"}
GUARDIAN = {"id": "guardian", "who": "监护人", "requires": "none"}
SEVERAL = "多人共同投诉的，推选代表人投诉，代表人不超过五人。"
SPEAKER = {"id": "speaker", "who": "代表人", "requires": "none", "at_most": 5}


def codes(tmp_path: Path, clause: str, *facts: dict[str, Any]) -> set[str]:
    """The codes on representatives."""
    found = codes_of(tmp_path, clause, {"representatives": [*facts]} if facts else {})
    return {code for code in found if code.startswith("representative")}


@pytest.mark.parametrize(
    ("clause", "facts"),
    [(ENGLISH, (ATTORNEY, AGENT)), (CHINESE, (TRUSTEE, GUARDIAN)), (SEVERAL, (SPEAKER,))],
)
def test_right_representatives(
    tmp_path: Path, clause: str, facts: tuple[dict[str, Any], ...]
) -> None:
    """Whoever is named with the papers that the clause asks of them is right."""
    assert codes(tmp_path, clause, *facts) == set()


@pytest.mark.parametrize(
    ("clause", "right", "wrong"),
    [
        (ENGLISH, ATTORNEY, {**AGENT, "requires": "none"}),
        (ENGLISH, ATTORNEY, {**AGENT, "requires": "consent"}),
        (ENGLISH, AGENT, {**ATTORNEY, "requires": "authority"}),
        (CHINESE, GUARDIAN, {**TRUSTEE, "requires": "none"}),
        (CHINESE, TRUSTEE, {**GUARDIAN, "requires": "authority"}),
        (CHINESE, GUARDIAN, {**TRUSTEE, "at_most": 2}),
        (SEVERAL, GUARDIAN, {**SPEAKER, "at_most": 6}),
        (SEVERAL, GUARDIAN, {"id": "speaker", "who": "代表人", "requires": "none"}),
    ],
)
def test_wrong_papers_and_numbers(
    tmp_path: Path, clause: str, right: dict[str, Any], wrong: dict[str, Any]
) -> None:
    """Other papers or another number than the clause says are found."""
    assert codes(tmp_path, clause, right, wrong) == {"representative-differs"}


@pytest.mark.parametrize(
    ("clause", "facts"),
    [(ENGLISH, (AGENT,)), (ENGLISH, ()), (CHINESE, (TRUSTEE,)), (CHINESE, (GUARDIAN,))],
)
def test_missing_representatives(
    tmp_path: Path, clause: str, facts: tuple[dict[str, Any], ...]
) -> None:
    """Whoever may act by the clause is a representative."""
    assert codes(tmp_path, clause, *facts) == {"representative-unclaimed"}


@pytest.mark.parametrize(
    "clause",
    [
        "鉴定自委托之日起三十日内完成。",
        "质疑函应当由法定代表人签字。",
        "Parties may be represented by counsel at their own expense.",
    ],
)
def test_others_in_passing(tmp_path: Path, clause: str) -> None:
    """An order to an expert or a signature of a director represents no filer."""
    assert codes(tmp_path, clause) == set()
