"""The hints beside a form's questions."""

from pathlib import Path

import pytest

from functions.model.contract.terms import KindId
from functions.model.text import Text
from site_src.compile.contract import compile_kind
from site_src.compile.questions import hints
from site_src.languages import site_languages
from site_src.places import POLICIES
from site_src.policy.model.filing import FormalityFact
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


def test_a_level_for_staff_does_not_judge_whoever_files(built: Path) -> None:
    """The form explains the other levels alone; the page says who decides, and by which clause."""
    level, other = loaded(POLICIES / "online-lender").policy.levels[:2]
    for prefix, language in (("", "zh-CN"), ("en/", "en")):
        home = built / f"{prefix}online-lender"
        form = (home / "complaint" / "index.html").read_text("utf-8")
        page = (home / "procedure" / "index.html").read_text("utf-8")
        judged, explained = (one.definition.words(language) for one in (level, other))
        assert (level.name.words(language) in form, judged in form) == (False, False)
        assert other.name.words(language) in form
        listed = page.split('<dl class="roles">')[2].split("</dl>")[0]
        assert level.name.words(language) in listed
        assert (judged in listed, "#clause-四、（一）" in listed) == (False, True)
        assert explained.replace("'", "&#39;") in listed


@pytest.mark.parametrize("page", ["complaint/", "complaint/print/"])
@pytest.mark.parametrize(
    ("prefix", "said", "group", "unsure"),
    [
        ("", "乱收费、价格太高 <small>维修的价格</small>", "修车、修理、保养", "其他，或者不确定"),
        (
            "en/",
            "Overcharging, a price that is too high <small>The price of the repair</small>",
            "Car repair, mending, servicing",
            "Something else, or not sure",
        ),
    ],
)
def test_categories_say_what_happened(
    built: Path, page: str, prefix: str, said: str, group: str, unsure: str
) -> None:
    """A filer's words come first, the procedure's name stands beside; "not sure" is an answer."""
    form = (built / prefix / "car-dealer" / page / "index.html").read_text("utf-8")
    assert said in form
    assert f"{group} <small>" in form
    assert unsure in form
