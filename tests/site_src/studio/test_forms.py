"""The forms of facts: every key that policy.yaml has for a fact can be said in the studio."""

from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from site_src.policy.facts import LISTS
from site_src.policy.model.fact import Conditional, When
from site_src.policy.model.filing import ContactFact, Ground
from site_src.policy.model.policy import Policy
from site_src.studio.facts.fields import LATER
from site_src.studio.facts.forms import FORMS
from tests.site_src.studio.conftest import Clerk

MODELS: dict[str, type[BaseModel]] = {
    name: get_args(Policy.model_fields[name].annotation)[0] for name in LISTS
} | {"grounds": Ground, "contacts": ContactFact}

ELSEWHERE = {"id", "clause", "proposed", "grounds", "contacts", "children"}
"""Keys that each form asks for, that nobody writes by hand, and lists of other facts."""

NATURES = {"limits": {"party"}, "durations": {"of"}}
"""Keys that the question says what a length of time is."""


@pytest.mark.parametrize("name", FORMS)
def test_every_key_has_a_field(name: str) -> None:
    """What the model of a fact knows, the form asks; and it asks for nothing else."""
    model = MODELS[name]
    keys = {field.alias or key for key, field in model.model_fields.items()}
    keys -= ELSEWHERE if name != "kinds" else ELSEWHERE - {"id"}
    keys -= NATURES.get(name, set())
    if issubclass(model, Conditional):
        keys |= {f"when.{key}" for key in When.model_fields}
        keys.remove("when")
    asked = {field.key for field in FORMS[name].fields} - {LATER}
    assert keys == asked | {field.short_for for field in FORMS[name].fields if field.short_for}


def _data(clerk: Clerk) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(clerk.facts)
    return data


def test_filings_that_a_step_is_for(clerk: Clerk) -> None:
    """`when` is written with the keys that are filled in, and goes with the last of them."""
    clerk.decide("steps.0", **{"when.condition": "事实清楚", "when.channel": "telephone"})
    assert _data(clerk)["steps"][0]["when"] == {"condition": "事实清楚", "channel": "telephone"}
    page = clerk.get("?fact=steps.0")
    assert 'value="事实清楚"' in page
    clerk.decide("steps.0", **{"when.condition": "", "when.channel": ""})
    assert "when" not in _data(clerk)["steps"][0]


def test_last_of_several_events(clerk: Clerk) -> None:
    """A limit runs from one event, or from the last of several."""
    clerk.decide("limits.0", **{"from": "registered", "later_of": "received"})
    limit = _data(clerk)["limits"][0]
    assert limit["from"] == {"later_of": ["registered", "received"]}
    page = clerk.get("?fact=limits.0")
    assert '<option value="registered" selected>' in page
    clerk.decide("limits.0", **{"from": "registered", "later_of": ""})
    assert _data(clerk)["limits"][0]["from"] == "registered"


def test_several_choices(clerk: Clerk) -> None:
    """Boxes of one name are a list; without any the key goes."""
    address, digest = f"{clerk.first}city-library/", clerk.digest("text")
    several = {"digest": digest, "fact": "steps.0", "do": "keep", "tells": ["", "director"]}
    clerk.client.post(address, data=several)
    assert _data(clerk)["steps"][0]["tells"] == ["director"]
    several |= {"digest": clerk.digest("text"), "tells": ["", "director", "service"]}
    clerk.client.post(address, data=several)
    assert _data(clerk)["steps"][0]["tells"] == ["director", "service"]
    clerk.decide("steps.0", tells="")
    assert "tells" not in _data(clerk)["steps"][0]


def test_longer_way_is_replaced(clerk: Clerk) -> None:
    """`level` takes the place of `when: {level: …}`, so that a limit never names two."""
    facts = clerk.facts.replace(
        "role: service, action: 答复,\n", "when: {level: big}, role: service, action: 答复,\n"
    )
    (clerk.folder / "policy.yaml").write_text(facts, encoding="utf-8")
    assert '<option value="big" selected>' in clerk.get("?fact=limits.0")
    clerk.decide("limits.0", level="small")
    limit = _data(clerk)["limits"][0]
    assert limit["level"] == "small"
    assert "when" not in limit


def test_lines_keep_their_translations(clerk: Clerk) -> None:
    """A line that stays keeps its words in other languages; a new one has one language."""
    line = "levels:\n  - {id: big, name: 重大, definition: 重大, signs: [{zh-CN: 伤人, en: Hurt}], "
    text = clerk.facts + line + "clause: 第一条}\n"
    (clerk.folder / "policy.yaml").write_text(text, encoding="utf-8")
    clerk.decide("levels.0", signs="伤人\r\n失火\r\n")
    assert _data(clerk)["levels"][0]["signs"] == [{"zh-CN": "伤人", "en": "Hurt"}, "失火"]


def test_facts_of_other_facts(clerk: Clerk) -> None:
    """A contact is added to its review, a ground to its kind, a category to another."""
    phone = {"type": "telephone", "value": "400-000-0000", "clause": "第四条"}
    answer = clerk.post("add", list="contacts", within="reviews.0", **phone)
    assert answer.headers["location"].endswith("?fact=reviews.0.contacts.0")
    question = clerk.get("?fact=reviews.0").partition('<div class="fields">')[0]
    assert 'fact=reviews.0.contacts.0">400-000-0000</a>' in question
    clerk.post("add", list="grounds", within="kinds.0", text="服务不满意", clause="第一条")
    clerk.post("add", list="categories", name="服务", clause="第一条")
    clerk.post("add", list="categories", within="categories.0", name="借阅", clause="第一条")
    clerk.post(
        "add", list="suspensions", limits="answer", until="registered", text="停", clause="第三条"
    )
    data = _data(clerk)
    assert data["reviews"][0]["contacts"] == [phone]
    assert data["kinds"][0]["grounds"] == [{"text": "服务不满意", "clause": "第一条"}]
    (category,) = data["categories"]
    assert (category["id"], category["children"][0]["id"]) == ("category", "category-2")
    assert data["suspensions"][0]["limits"] == ["answer"]


def test_fact_of_nothing_is_refused(clerk: Clerk) -> None:
    """A contact says whose it is; nothing is written otherwise."""
    before = clerk.facts
    for within in ("", "roles.0", "reviews.7"):
        answer = clerk.post("add", list="contacts", within=within, type="fax", value="1")
        assert answer.status_code == 422
        assert "Choose what it belongs to" in answer.text
    assert clerk.facts == before
    assert '<option value="reviews.0" selected>' in clerk.get("add?list=contacts&clause=第四条")


def test_route_is_called_by_its_role(clerk: Clerk) -> None:
    """A list of facts says the name of the role, not its id."""
    route = "routes:\n  - {role: service, clause: 第三条}\n"
    (clerk.folder / "policy.yaml").write_text(clerk.facts + route, encoding="utf-8")
    assert "Who handles it: 读者服务部" in clerk.get()
