"""A page says "must" of a limit only where its clause does, and "may" where it does."""

from pathlib import Path

import pytest

from site_src.render.limit_modals import limit_modals
from tests.helpers.sample_policies import loaded, write

ENGLISH = "language: en\n"
FACTS = """\
kinds: [{id: complaint, name: 投诉, clause: "1.1"}]
filers: [{id: filer, who: 投诉人, clause: "1.1"}]
roles: [{id: staff, name: 单位, duty: 答复, clause: "1.2"}]
steps: [{id: answer, role: staff, action: 答复, clause: "1.2"}]
events: [{id: asked, name: 要求之日, recorded_by: staff, clause: "1.1"}]
limits:
  - {id: base, value: 9, unit: day, from: received, action: 答复, clause: "1.2"}
"""


def modal(tmp_path: Path, text: str, limit: str, language: str = "") -> str | None:
    """What is read of the limit whose clause says the text."""
    facts = f'{language}{FACTS}  - {{id: one, {limit}, clause: "1.1"}}\n'
    folder = write(tmp_path, "sample", facts, f"# 办法\n\n1.1 {text}\n\n1.2 单位在九日内答复。\n")
    return limit_modals(loaded(folder)).get("one")


@pytest.mark.parametrize(
    ("text", "action", "said"),
    [
        ("投诉人应当自接到告知之日起5日内补齐材料。", "补齐材料", "must"),
        ("投诉人收到通知后，须在5日内补齐材料。", "补齐材料", "must"),
        ("投诉人可以在5日内补充材料。", "补充材料", "may"),
        ("投诉人自接到告知之日起5日内补齐材料。", "补齐材料", "unsaid"),
        ("单位应当登记；投诉人5日内补齐材料。", "补齐材料", "unsaid"),
        ("患者应当自知道或者应当知道之日起5日内提出投诉。", "提出投诉", "may"),
        ("投诉人应当在5日内提交复核申请。", "提交复核申请", "unsaid"),
    ],
)
def test_filers_are_bound_by_the_text_alone(
    tmp_path: Path, text: str, action: str, said: str
) -> None:
    """A filer must hand in what the clause says they must; nobody must file or appeal."""
    limit = f"value: 5, unit: day, from: asked, party: filer, action: {action}"
    assert modal(tmp_path, text, limit) == said


@pytest.mark.parametrize(
    ("text", "action", "said"),
    [
        ("The complainant must provide it within 5 days.", "Provide it", "must"),
        ("The complainant may provide it within 5 days.", "Provide it", "may"),
        ("The complainant should provide it within 5 days.", "Provide it", "unsaid"),
        ("Further papers must be submitted within 5 days.", "Submit further papers", "unsaid"),
        ("An appeal must be filed within 5 days.", "File an appeal", "may"),
        (
            "The complainant must fill the form in and return it within 5 days.",
            "Return it",
            "unsaid",
        ),
    ],
)
def test_english_filers_are_bound_by_the_text_alone(
    tmp_path: Path, text: str, action: str, said: str
) -> None:
    """In English, too; what must be done says nothing of who must."""
    limit = f"value: 5, unit: day, from: asked, party: filer, action: {action}"
    assert modal(tmp_path, text, limit, ENGLISH) == said


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        (
            "情况复杂的，可以延长，延长期限不超过5日，单位应当告知投诉人。",
            "extends: base, action: 延长办理期限",
            "may",
        ),
        ("情况复杂的，可以再延长5日答复。", "extends: base, action: 答复", None),
        ("单位应当在5日内答复。", "from: received, action: 答复", None),
        ("单位可以在5日内要求补充材料。", "from: received, action: 要求补充材料", "may"),
        ("可以当场答复的当场答复，其余5日内答复。", "from: received, action: 答复", None),
        ("5日内答复，可以用电话答复。", "from: received, action: 答复", None),
    ],
)
def test_organisations_are_free_where_the_text_lets_them(
    tmp_path: Path, text: str, limit: str, said: str | None
) -> None:
    """An extension is what an organisation may do; what it answers within is still a duty."""
    assert modal(tmp_path, text, f"value: 5, unit: day, {limit}") == said
