"""What is proposed of procedures of other kinds than the samples, and how it is written."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from site_src.places import POLICIES
from site_src.policy.drafts.model import policy_model
from site_src.proposing.draft import every_proposal
from site_src.proposing.propose import propose_facts
from site_src.proposing.reading import ProposalLanguage, read_procedure

UNSEEN: dict[str, ProposalLanguage] = {
    "school": "zh-CN",
    "hospital": "zh-CN",
    "library": "zh-CN",
    "gym": "en",
    "university": "en",
}
HERE = Path(__file__).parent / "procedures"
SAMPLES: dict[Path, ProposalLanguage] = {
    path: "en" if path.parent.name in ("data-service", "housing-association") else "zh-CN"
    for path in sorted(POLICIES.glob("*/procedure.md"))
}
TEXTS = {HERE / f"{name}.md": language for name, language in UNSEEN.items()} | SAMPLES
TEXTS[HERE / "ferry.md"] = "zh-CN"

LIMITS = {
    "school": [
        ("第八条", 10, "working_day", "decision", "filer"),
        ("第九条", 1, "working_day", "received", "organisation"),
        ("第九条", 2, "working_day", "registered", "organisation"),
        ("第十一条", 7, "working_day", "forwarded", "organisation"),
        ("第十一条", 5, "working_day", "extends", "organisation"),
        ("第十二条", 2, "hour", "unstated", "organisation"),
        ("第十四条", 15, "day", "received", "organisation"),
        ("第十五条", 15, "day", "ruling", "filer"),
    ],
    "hospital": [
        ("三、3.5", 24, "hour", "received", "organisation"),
        ("四、4.1", 3, "working_day", "forwarded", "organisation"),
        ("四、4.2", 5, "working_day", "received", "organisation"),
        ("四、4.2", 10, "working_day", "unstated", "organisation"),
        ("四、4.5", 2, "working_day", "received", "organisation"),
    ],
    "gym": [
        ("2.2", 3, "month", "event", "filer"),
        ("3.2", 24, "hour", "unstated", "organisation"),
        ("3.3", 2, "working_day", "received", "organisation"),
        ("3.3", 15, "working_day", "received", "organisation"),
        ("3.4", 10, "working_day", "extends", "organisation"),
        ("3.5", 4, "hour", "report", "organisation"),
        ("4.1", 14, "day", "decision", "filer"),
        ("4.2", 21, "day", "received", "organisation"),
        ("4.2", 7, "day", "before", "organisation"),
        ("4.3", 5, "working_day", "hearing", "organisation"),
        ("5.1", 20, "working_day", "decision", "filer"),
        ("5.1", 20, "working_day", "appealed", "organisation"),
    ],
    "library": [
        ("第六条", 20, "day", "decision", "filer"),
        ("第六条", 10, "working_day", "peichangdankaiju", "filer"),
        ("第八条", 2, "working_day", "received", "organisation"),
        ("第十条", 7, "working_day", "shoulizhiri", "organisation"),
        ("第十条", 15, "working_day", "shoulizhiri", "organisation"),
        ("第十一条", 30, "day", "shouli", "organisation"),
        ("第十一条", 15, "day", "extends", "organisation"),
        ("第十二条", 5, "day", "before", "organisation"),
        ("第十三条", 5, "working_day", "decision", "organisation"),
        ("第十四条", 10, "day", "ruling", "filer"),
        ("第十四条", 15, "working_day", "appealed", "organisation"),
    ],
    "university": [
        ("2.1", 20, "working_day", "event-complained", "filer"),
        ("2.2", 2, "working_day", "unstated", "organisation"),
        ("2.2", 10, "working_day", "received", "organisation"),
        ("3.1", 10, "working_day", "decision", "filer"),
        ("3.3", 3, "working_day", "unstated", "organisation"),
        ("3.5", 30, "working_day", "acknowledgement", "organisation"),
        ("3.5", 15, "working_day", "extends", "organisation"),
        ("3.6", 7, "day", "student-asked-further-informa", "filer"),
        ("3.7", 5, "working_day", "before", "organisation"),
        ("4.1", 10, "working_day", "decision", "filer"),
        ("4.2", 20, "working_day", "appealed", "organisation"),
        ("4.3", 12, "month", "decision", "filer"),
    ],
}
CONTACTS = {
    "school": {"0571-00000001", "ts@school.example.com", "0571-00000002"},
    "hospital": {
        "010-00000010",
        "010-00000011",
        "示例市健康路 2 号示例市第二医院医患关系办公室",
        "示例市和平路 8 号",
        "010-00000012",
    },
    "gym": {
        "0113 496 0001",
        "feedback@leisure.example.com",
        "Sample Leisure Centre, 12 Mill Lane, Sampletown",
        "0113 496 0002",
        "www.ombudsman.example.org",
    },
    "library": {
        "示例市滨河路 8 号一楼大厅",
        "0599-000-0000",
        "duzhe@lib.example.com",
        "0599-000-1111",
        "12345",
    },
    "university": {
        "casework@uni.example.com",
        "Student Casework Team, Sample University, 1 Example Street, Sampletown SA1 1AA",
        "enquiries@iso.example.org",
        "01632 960 300",
    },
}
ENDS = {
    "school": [("第十四条", ["decide"])],
    "hospital": [],
    "gym": [("3.3", ["acknowledge"]), ("4.3", ["decide"]), ("5.1", ["answer"])],
    "library": [("第十一条", ["decide"]), ("第十一条", ["decide"]), ("第十四条", ["decide"])],
    "university": [
        ("2.2", ["acknowledge"]),
        ("2.2", ["answer"]),
        ("3.3", ["acknowledge"]),
    ],
}


def drafted(path: Path, language: ProposalLanguage) -> dict[str, Any]:
    """The draft of a text, as YAML reads it."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(
        propose_facts(path.read_text(encoding="utf-8"), language, "sample")
    )
    return data


def start_of(limit: dict[str, Any]) -> str:
    """The event of a limit, or the key that it has in place of one."""
    return str(limit.get("from") or next(key for key in ("before", "extends") if key in limit))


@pytest.mark.parametrize("name", UNSEEN)
def test_limits_of_unseen_procedures(name: str) -> None:
    """Each limit has its length, start and party."""
    draft = drafted(HERE / f"{name}.md", UNSEEN[name])
    assert [
        (
            one["clause"],
            one["value"],
            one["unit"],
            start_of(one),
            one.get("party", "organisation"),
        )
        for one in draft["limits"]
    ] == LIMITS[name]


@pytest.mark.parametrize("name", UNSEEN)
def test_what_ends_a_limit_is_proposed_where_it_is_plain(name: str) -> None:
    """A limit that ends with the answer says so; whether a filing is accepted is no answer."""
    draft = drafted(HERE / f"{name}.md", UNSEEN[name])
    assert [(one["clause"], one["acts"]) for one in draft["limits"] if "acts" in one] == ENDS[name]


def test_a_list_of_what_is_taken_becomes_categories() -> None:
    """Each item of the list is a category, without the words around what it is about."""
    draft = drafted(HERE / "library.md", "zh-CN")
    assert [(one["clause"], one["name"]) for one in draft["categories"]] == [
        ("第三条（一）", "工作人员服务态度"),
        ("第三条（二）", "自助借还机故障"),
        ("第三条（三）", "停用读者证决定"),
    ]


def test_a_level_has_the_signs_of_its_list() -> None:
    """A level that a list of signs makes has them, and a route leads to who handles it."""
    draft = drafted(HERE / "library.md", "zh-CN")
    level = draft["levels"][0]
    assert level["name"] == "重大投诉"
    assert level["signs"] == ["涉及读者人身安全的", "五名以上读者联名提出的"]
    routes = [(one["role"], one.get("level")) for one in draft["routes"]]
    assert ("fenguanfuguanzhang", level["id"]) in routes


@pytest.mark.parametrize("name", UNSEEN)
def test_contacts_of_unseen_procedures(name: str) -> None:
    """Each number and address is a channel's, or a contact of the body that it belongs to."""
    draft = drafted(HERE / f"{name}.md", UNSEEN[name])
    channels = {one["value"] for one in draft["channels"] if "value" in one}
    of_bodies = {
        contact["value"] for one in draft.get("reviews", ()) for contact in one.get("contacts", ())
    }
    assert channels | of_bodies == CONTACTS[name]
    assert not channels & of_bodies


def test_a_number_before_a_body_is_its_own() -> None:
    """“拨打12315向市场监督管理部门投诉” gives no number to the body that is named before."""
    draft = drafted(HERE / "ferry.md", "zh-CN")
    contacts = {
        one["body"]: [contact["value"] for contact in one.get("contacts", ())]
        for one in draft["reviews"]
        if not one["inside"]
    }
    assert contacts == {"市交通运输局": ["12328"], "市场监督管理部门": ["12315"], "人民法院": []}


def test_a_written_authority_is_no_channel() -> None:
    """“应当提交书面委托书” says what a representative brings, not how to file."""
    draft = drafted(HERE / "ferry.md", "zh-CN")
    assert [one["type"] for one in draft["channels"]] == [
        "telephone",
        "in_person",
        "email",
        "letter",
        "box",
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_draft_is_a_policy(path: Path) -> None:
    """The model reads a draft without a structural error once its marks are taken off."""
    draft = drafted(path, TEXTS[path])
    language = TEXTS[path]
    assert draft["status"] == "draft"
    assert policy_model(draft, language).kinds


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_words_stand_in_their_clause(path: Path) -> None:
    """The words of every proposal stand in the clause that it cites, character by character."""
    text = read_procedure(path.read_text(encoding="utf-8"), TEXTS[path])
    words = {clause.id: clause.words for clause in text.clauses}
    proposals = every_proposal(text)
    assert proposals
    assert [one for one in proposals if one.words not in words[one.clause] or not one.words] == []


def test_what_the_text_does_not_say_is_asked_for() -> None:
    """What a policy needs and no clause says is marked TODO; what one says is taken from it."""
    text = propose_facts((HERE / "school.md").read_text(encoding="utf-8"), "zh-CN", "school")
    asked = [line.split(":")[0].strip() for line in text.splitlines() if "TODO" in line][1:]
    assert asked == [
        "name",
        "prefix",
        "mailbox",
        "handler",
        "contact",
        "purpose",
        "method",
        "data",
        "retention_years",
    ]
    assert "effective_from: 2025-09-01\n" in text
    assert 'effective_clause: "第十八条"\n' in text


def test_a_guess_is_marked() -> None:
    """A part of a fact that the clause does not say plainly is named in a comment before it."""
    text = propose_facts((HERE / "school.md").read_text(encoding="utf-8"), "zh-CN", "school")
    _, _, after = text.partition("# unsure: 该条没有写明从何时起算")
    assert after.splitlines()[1].strip().startswith("- id: ")
    assert 'clause: "第十二条"' in after.partition("- id: ")[2].partition("- id: ")[0]


def test_a_text_without_clauses_is_a_draft_of_questions() -> None:
    """A text without numbers gives a draft in which everything is a TODO."""
    draft = YAML(typ="safe", pure=True).load(
        propose_facts("# 办法\n\n请联系我们。\n", "zh-CN", "none")
    )
    assert [draft[name][0]["clause"] for name in ("kinds", "filers", "roles")] == ["TODO"] * 3
