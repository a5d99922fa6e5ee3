"""The hints beside a form's questions."""

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.compile.contract import compile_kind
from site_src.compile.questions import hints
from site_src.languages import site_languages
from site_src.places import POLICIES
from site_src.policy.model import FormalityFact
from tests.helpers.sample_policies import loaded


def test_real_name_of_one_kind_is_no_matter_of_the_other() -> None:
    """Only the form of the kind that requires a real name says so."""
    policy = loaded(POLICIES / "accreditation-body").policy
    real_name = FormalityFact(
        type="real_name", kind="appeal", text=Text({"zh-CN": "实名"}), clause="2.2"
    )
    policy = policy.model_copy(update={"formalities": (real_name,)})
    english = next(tongue for tongue in site_languages() if tongue.language == "en")
    kinds: tuple[KindId, ...] = ("appeal", "complaint")
    said = [hints(policy, kind, compile_kind(policy, kind), english)["name"] for kind in kinds]
    assert said == ["The procedure requires your real name.", ""]
