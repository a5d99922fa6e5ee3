"""Decisions on facts: one for each, written into policy.yaml with everything else kept."""

import yaml

from tests.site_src.studio.conftest import Clerk
from tests.site_src.studio.sample_draft import FACTS


def test_confirming_removes_only_the_mark(clerk: Clerk) -> None:
    """One decision for a right proposal; comments, order and all other lines stay."""
    answer = clerk.decide("roles.0")
    assert answer.status_code == 303
    assert clerk.facts == FACTS.replace(", proposed: 读者服务部", "")


def test_next_undecided_fact_comes_next(clerk: Clerk) -> None:
    """After a decision the next fact of the text is asked for; a new visit starts at the first."""
    assert "kinds.0" in clerk.get()
    assert clerk.decide("kinds.0").headers["location"].endswith("?fact=filers.0")
    assert 'name="fact" value="filers.0"' in clerk.get()
    assert "1 of 10 facts decided" in clerk.get()


def test_words_are_marked(clerk: Clerk) -> None:
    """The words that a fact was read from are marked, the length of time in them besides."""
    page = clerk.get("?fact=limits.0")
    assert '<mark id="words">在 <b>5 个工作日</b>内答复</mark>' in page
    assert "“5 个工作日”: what is this?" in page


def test_rejecting_removes_the_fact(clerk: Clerk) -> None:
    """A rejected fact is gone; the comment beside the next one stays."""
    clerk.decide("channels.0", "reject")
    assert "400-000-0000" not in clerk.facts
    assert "# 两个角色。" in clerk.facts
    assert "channels" not in yaml.safe_load(clerk.facts)


def test_changing_a_field_confirms(clerk: Clerk) -> None:
    """What a person has written is not proposed any more."""
    clerk.decide("roles.1", name="馆长室", duty="复核")
    roles = yaml.safe_load(clerk.facts)["roles"]
    assert roles[1] == {"id": "director", "name": "馆长室", "duty": "复核", "clause": "第四条"}


def test_limit_becomes_a_length_of_time(clerk: Clerk) -> None:
    """“How long something is kept” makes the limit a duration with the words of the clause."""
    clerk.decide("limits.2", nature="retention")
    data = yaml.safe_load(clerk.facts)
    assert data["durations"] == [
        {"says": "3 年", "of": "retention", "text": "保存投诉记录", "clause": "第五条"}
    ]
    assert [limit["id"] for limit in data["limits"]] == ["answer", "review"]


def test_length_of_time_becomes_a_limit(clerk: Clerk) -> None:
    """And back: value and unit are read from the words."""
    clerk.decide("limits.2", nature="retention")
    clerk.decide("durations.0", nature="organisation")
    limits = yaml.safe_load(clerk.facts)["limits"]
    assert limits[2] | {"id": ""} == {
        "id": "",
        "clause": "第五条",
        "value": 3,
        "unit": "year",
        "from": "unstated",
        "action": "保存投诉记录",
        "party": "organisation",
    }


def test_party_of_a_limit(clerk: Clerk) -> None:
    """A limit of somebody else stays where it is and says whose it is."""
    clerk.decide("limits.0", nature="authority")
    assert yaml.safe_load(clerk.facts)["limits"][0]["party"] == "authority"


def test_nothing_of_these(clerk: Clerk) -> None:
    """The last answer removes the fact."""
    clerk.decide("limits.2", nature="nothing")
    assert len(yaml.safe_load(clerk.facts)["limits"]) == 2


def test_two_tabs(clerk: Clerk) -> None:
    """The second tab saves nothing, and shows what was typed with the draft as it is now."""
    digest = clerk.digest()
    clerk.decide("kinds.0", digest=digest)
    after = clerk.facts
    answer = clerk.decide("roles.0", digest=digest, name="另写的名称", same="")
    assert answer.status_code == 409
    assert clerk.facts == after
    assert "另写的名称" in answer.text
    assert "changed since this page was opened" in answer.text


def test_hand_edit_is_not_overwritten(clerk: Clerk) -> None:
    """A file that an editor saved meanwhile stays as it is there."""
    digest = clerk.digest()
    edited = clerk.facts.replace("duty: 复核", "duty: 复核并答复")
    (clerk.folder / "policy.yaml").write_text(edited, encoding="utf-8")
    assert clerk.decide("kinds.0", digest=digest).status_code == 409
    assert clerk.facts == edited
    clerk.decide("kinds.0")
    assert "复核并答复" in clerk.facts


def test_fact_that_moved_is_found_again(clerk: Clerk) -> None:
    """After a refusal the form is that of the same fact, even if it stands elsewhere by now."""
    digest, page = clerk.digest(), clerk.get("?fact=roles.1")
    same = page.partition('name="same" value="')[2].partition('"')[0]
    clerk.decide("roles.0", "reject")
    answer = clerk.decide("roles.1", digest=digest, same=same, name="馆长")
    assert answer.status_code == 409
    assert 'name="fact" value="roles.0"' in answer.text


def test_undo_step_by_step(clerk: Clerk) -> None:
    """Each undo takes one change back, to the bytes of before, until nothing is left."""
    clerk.decide("kinds.0")
    clerk.decide("limits.2", nature="retention")
    clerk.post("text", clause_source="第五条", words="第五条 投诉记录保存五年。")
    for _ in range(3):
        assert clerk.post("undo").status_code == 303
    assert clerk.facts == FACTS
    assert clerk.post("undo").status_code == 409


def test_undo_after_a_hand_edit(clerk: Clerk) -> None:
    """What an editor has changed since is not undone away."""
    clerk.decide("kinds.0")
    edited = f"{clerk.facts}# 手工备注\n"
    (clerk.folder / "policy.yaml").write_text(edited, encoding="utf-8")
    answer = clerk.post("undo")
    assert answer.status_code == 409
    assert "nothing to undo" in answer.text
    assert clerk.facts == edited


def test_adding_a_fact(clerk: Clerk) -> None:
    """A person adds what no machine saw: it is no proposal, and has an id of its own."""
    assert "What does the clause say?" in clerk.get("add?clause=第二条")
    form = clerk.get("add?clause=第二条&list=channels&words=拨打")
    assert 'value="拨打"' in form
    values = {"type": "telephone", "name": "热线", "value": "400-000-0000", "clause": "第二条"}
    answer = clerk.post("add", list="channels", **values)
    assert answer.headers["location"].endswith("?fact=channels.1")
    assert yaml.safe_load(clerk.facts)["channels"][1] == {"id": "channel", **values}


def test_fact_that_is_gone(clerk: Clerk) -> None:
    """A decision on a fact that is not there is refused with what to do."""
    answer = clerk.decide("limits.9")
    assert answer.status_code == 422
    assert "no such fact" in answer.text


def test_several_languages_stay(clerk: Clerk) -> None:
    """Of a text in two languages, the words in the policy's own are changed."""
    both = clerk.facts.replace("name: 馆长,", "name: {zh-CN: 馆长, en: Director},")
    (clerk.folder / "policy.yaml").write_text(both, encoding="utf-8")
    clerk.decide("roles.1", name="馆长室")
    assert yaml.safe_load(clerk.facts)["roles"][1]["name"] == {"zh-CN": "馆长室", "en": "Director"}


def test_edit_without_script_escapes(clerk: Clerk) -> None:
    """Words of a document are text on the page, never markup."""
    clerk.post("text", clause_source="第二条", words="第二条 <script>x</script> 400-000-0000")
    page = clerk.get()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
