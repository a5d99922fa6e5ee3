"""A privacy notice names what its forms ask for, and nothing that no form asks for."""

import pytest

from functions.model.contract.terms import FieldName
from site_src.compile.form_fields import fields
from site_src.places import POLICIES
from tests.helpers.sample_policies import ORGANISATIONS, loaded

NAMED: dict[str, FieldName | None] = {
    "车辆牌照": "plate",
    "地址": "address",
    "签字": "signature",
    "所在部门": None,
    "身份证": None,
}
"""What a notice may name, and the question that asks for it; no question asks for the last two."""


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_notice_names_what_is_asked(organisation: str) -> None:
    """Each of these is in the notice exactly if a question of a form asks for it."""
    policy = loaded(POLICIES / organisation).policy
    asked = {field.name for kind in policy.kinds for field in fields(policy, kind.id)}
    data = policy.privacy.data.words("zh-CN")
    assert {word for word in NAMED if word in data} == {
        word for word, name in NAMED.items() if name in asked
    }
