"""Every fact of the richer model stands on page, form, poster and plain text, in each language."""

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

from site_src.authoring.diff import diff_sources
from site_src.check.fact_table import rows
from site_src.compile.contract import compile_kind
from site_src.policy.load import load_editions
from site_src.render.site_renderer import render
from tests.helpers.rich_policy import FACTS, TEXT
from tests.helpers.sample_policies import IDENTITY, loaded, write

DAY = date(2026, 3, 2)
URL = "https://ombud.example.com"

PAGE = {
    "zh-CN": (
        "社工；须附被代理人的书面同意",
        "一并代表的最多5人",
        "鉴定费由租户预付",
        "退还：投诉成立的退还",
        "东城分部",
        "前台 400-000-0001 周六上午",
        "受理通知发出之日 由工作人员记录发生的时间。",
        "事情发生之日 由您在表格中填写日期。",
        "再延长20天",
        "如果延长期限；适用情形：情况复杂",
        "在“书面答复”的期限之外",
        "听证会之前",
        "自材料补齐之日和听证会中较晚的日期起",
        "每年最迟9月30日",
        "每4周至少1次",
        "每学期至少1次",
        "满7天之后",
        "外部机构",
        "对方",
        "中止：要求补充材料之日；恢复计算：材料补齐之日。",
        "中止：要求补充材料之日；重新计算：材料补齐之日。",
        "档案保存六年",
        "客服部、经理",
        "告知：经理",
        "在下列步骤之后：受理",
        "批准：经理",
        "代替：书面答复",
        "随时可以",
        "地址 示例路 8 号 上午",
    ),
    "en": (
        "Advocate; with the written consent of the person represented",
        "at most 5 together",
        "Tenants pay for expert opinion first",
        "Paid back: if the complaint is upheld",
        "East branch",
        "Front desk 400-000-0001 Saturday morning",
        "the acknowledgement Staff record when it was.",
        "the incident You say on the form when it was.",
        "20 days more",
        "if the time is extended; if: it is complex",
        "added to the time for: Answer in writing",
        "before the hearing",
        "from the papers and the hearing, whichever is later",
        "by 30 September each year",
        "once in every 4 weeks",
        "once a term",
        "not before 7 days have passed",
        "The outside body",
        "The other party",
        "The clock stops at the request for papers and goes on at the papers.",
        "The clock stops at the request for papers and runs anew from the papers.",
        "Records are kept six years",
        "Service desk, Manager",
        "Told of it: Manager",
        "After: Takes it",
        "Approved by: Manager",
        "In place of: Answers in writing",
        "at any time",
        "Address 示例路 8 号 Mornings",
    ),
}
SENTENCES: dict[str, dict[str, str]] = {
    "zh-CN": {
        "如果延长期限；适用情形：情况复杂": "情况复杂的，",
        "在“书面答复”的期限之外": "再延长20天（在“书面答复”的期限之外）",
    },
    "en": {
        "if the time is extended; if: it is complex": "If it is complex, ",
        "20 days more": "by 20 days (added to the time for: Answer in writing)",
        "not before 7 days have passed": "no earlier than 7 days after",
    },
}
"""What tables say in columns, as it stands in the sentence of a limit."""

PREFIX = {"zh-CN": "", "en": "en/"}


def site_of(policies: Path, day: date = DAY) -> dict[str, str]:
    """The pages of all policies of a folder, as they are on `day`."""
    editions = tuple(load_editions(folder) for folder in sorted(policies.iterdir()))
    assert all(not isinstance(each, tuple) for each in editions), editions
    files = render(editions, day, URL).files  # type: ignore[arg-type]
    text = {".html", ".txt", ".json"}
    return {name: files[name].decode() for name in files if Path(name).suffix in text}


def words_of(page: str) -> str:
    """What a page says, without markup."""
    body = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", body))
    return re.sub(r" (?=[；：，。;:,.])", "", " ".join(plain.split()))


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """The folder of the policy that uses every key."""
    return write(tmp_path / "policies", "rich", FACTS, TEXT)


@pytest.mark.parametrize("language", PREFIX)
def test_page_says_every_fact(rich: Path, language: str) -> None:
    """Each fact of the richer model is on the organisation's page."""
    page = words_of(site_of(rich.parent)[f"{PREFIX[language]}rich/procedure/index.html"])
    page = page.replace("： ", "：")
    assert [words for words in PAGE[language] if words not in page] == []


@pytest.mark.parametrize("language", PREFIX)
def test_plain_text_says_every_fact(rich: Path, language: str) -> None:
    """The text for reading aloud says the same; its limits are sentences."""
    text = _letters(site_of(rich.parent)[f"{PREFIX[language]}rich/procedure.txt"])
    said = (SENTENCES[language].get(words, words) for words in PAGE[language])
    assert [words for words in said if _letters(words) not in text] == []


def _letters(words: str) -> str:
    """The words without spaces, line breaks and punctuation."""
    return re.sub(r"[\s：；，。;:,.]", "", words)


def test_every_fact_has_its_place_on_the_page(rich: Path) -> None:
    """The list of facts below a clause leads to an element for each of them."""
    page = site_of(rich.parent)["rich/procedure/index.html"]
    targets = set(re.findall(r'href="#([a-z]+-\d+[a-z0-9-]*)"', page))
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert targets - ids == set()
    assert {"reviews-0-contacts-0", "branches-0-contacts-0", "events-0", "durations-0"} <= targets


@pytest.mark.parametrize("language", PREFIX)
def test_form_asks_branch_day_and_representative(rich: Path, language: str) -> None:
    """The form asks what only the filer knows, and says what must be attached."""
    form = site_of(rich.parent)[f"{PREFIX[language]}rich/complaint/index.html"]
    assert 'name="branch" value="east"' in form
    assert 'type="date"' in form
    assert 'name="event.incident"' in form
    assert 'name="representative" value="advocate"' in form
    assert PAGE[language][0] in words_of(form)
    assert 'data-window="event.incident"' in form
    assert "happened_on" not in form
    late = {"zh-CN": "逾期", "en": "A late filing can still be sent"}[language]
    assert late in form.partition('id="event.incident-hint"')[2].partition("</p>")[0]


def test_form_dates_an_extension_from_its_base(rich: Path) -> None:
    """The script gets what the extension is added to, and nothing for what it cannot date."""
    form = html.unescape(site_of(rich.parent)["rich/complaint/index.html"])
    assert (
        """data-from="acknowledged" data-lengths='[[10, "day", false], [20, "day", false]]'"""
        in form
    )
    assert 'data-from="papers"' not in form


@pytest.mark.parametrize("language", PREFIX)
def test_paper_says_branches_and_contacts(rich: Path, language: str) -> None:
    """Poster and print form name the branches and where to go next with its contacts."""
    site = site_of(rich.parent)
    for page in ("poster", "complaint/print"):
        said = words_of(site[f"{PREFIX[language]}rich/{page}/index.html"])
        assert PAGE[language][4] in said
        assert "400-000-0001" in said
    assert "示例路 8 号" in words_of(site[f"{PREFIX[language]}rich/poster/index.html"])


def test_policy_json_says_every_fact(rich: Path) -> None:
    """Programs read the keys as they are written in the policy."""
    data = json.loads(site_of(rich.parent)["en/rich/policy.json"])
    assert data["language"] == "en"
    assert (data["calendar"], data["counting"]) == ("CN", "cn-civil-code")
    limits = {limit["id"]: limit for limit in data["limits"]}
    assert limits["decide"]["from"] == {"later_of": ["papers", "hearing"]}
    assert limits["longer"]["extends"] == "answer"
    assert limits["notify"]["before"] == "hearing"
    assert limits["report"]["by"] == "09-30"
    assert limits["mediate"]["party"] == "authority"
    assert data["suspensions"][0]["from"] == "papers-missing"
    assert data["suspensions"][0]["until"] == "papers"
    assert data["durations"][0]["says"] == "六年"
    assert data["reviews"][0]["contacts"][0]["value"] == "示例路 8 号"
    assert [event["id"] for event in data["events"]][:2] == ["acknowledged", "hearing"]


def test_fact_table_has_a_row_for_each(rich: Path) -> None:
    """The table that is compared by hand has every list."""
    lists = {row.list for row in rows(loaded(rich).policy)}
    assert {"events", "suspensions", "durations", "fees", "branches", "contacts"} <= lists
    assert "representatives" in lists


def test_changes_are_said_in_words(tmp_path: Path, rich: Path) -> None:
    """A changed event, contact, fee or extension is said; nothing is said of what is the same."""
    changed = (
        FACTS.replace("from: acknowledged, role", "from: received, role")
        .replace("en: if the complaint is upheld", "en: always")
        .replace("[answer], from: papers-missing", "[answer], from: hearing")
    )
    other = write(tmp_path / "other", "rich", changed, TEXT)
    said = [change.words for change in diff_sources(loaded(rich), loaded(other), "en")]
    assert said == [
        "limit “Answer in writing”, from: from the acknowledgement → "
        "from the day the filing is received, clause 4.3",
        "stop of the clock “The clock stops while papers are missing”, from: "
        "from the request for papers → from the hearing, clause 4.13",
        "fee “Tenants pay for expert opinion first”, refund: "
        "if the complaint is upheld → always, clause 6.2",
    ]


def test_contract_has_what_a_case_needs(rich: Path) -> None:
    """Limits, events, suspensions, reviews and the branch's route are in the contract."""
    kind = compile_kind(loaded(rich).policy, "complaint")
    limits = {limit.id: limit for limit in kind.limits}
    assert limits["longer"].starts == "acknowledged"
    assert (limits["window"].asked, limits["window"].is_window) == (True, True)
    assert limits["report"].recurring
    assert limits["comment"].branch == "west"
    assert limits["decide"].later_of == ("papers", "hearing")
    assert [(each.limits, each.ends, each.restarts) for each in kind.suspensions] == [
        (("answer",), "papers", False),
        (("decide",), "papers", True),
    ]
    assert kind.reviews[0].any_time
    assert kind.reviews[0].filers == ("tenant",)
    assert [route.role_id for route in kind.routes if route.branch == "east"] == ["manager"]


CLOSED = (
    "closed: {on: 2026-03-01, successor: heir, text: {zh-CN: 业务已转移, en: Work was moved}}\n"
)
HEIR = """\
kinds:
  - {id: complaint, name: 投诉, clause: "1"}
filers: [{id: all, who: 用户, clause: "1"}]
roles: [{id: desk, name: 客服部, duty: 受理, clause: "1"}]
steps: [{id: take, role: desk, action: 受理, clause: "1"}]
"""


@pytest.mark.parametrize(
    ("language", "since", "none", "go"),
    [
        ("zh-CN", "已停止受理，自 2026年3月1日", "这里不再受理新的来件。", "现由下列单位受理"),
        ("en", "Closed since Sunday 1 March 2026", "No new filings", "Filings now go to"),
    ],
)
def test_closed_organisation(tmp_path: Path, language: str, since: str, none: str, go: str) -> None:
    """The page says since when and leads to the successor; form and print form are gone.

    Where a form was, the page leads to the successor's form of the same kind.
    """
    policies = tmp_path / "policies"
    write(policies, "rich", CLOSED + FACTS, TEXT)
    heir = write(policies, "heir", HEIR, "# 办法\n\n1 用户的投诉由客服部受理。\n")
    heir_file = heir / "policy.yaml"
    heir_file.write_text(heir_file.read_text("utf-8").replace("示例单位", "继任单位"), "utf-8")
    site, prefix = site_of(policies), PREFIX[language]
    for path in ("", "complaint/", "complaint/print/", "poster/"):
        page = site[f"{prefix}rich/{path}index.html"]
        said = words_of(page)
        assert since in said
        assert go in said
        assert "继任单位" in said
        form = "complaint/" if path.startswith("complaint") else ""
        assert f'href="/{prefix}heir/{form}"' in page
        assert f'href="/{prefix}track/">' in page.partition("<main")[2]
        assert "<form" not in page
        assert (none in said, f'href="/{prefix}rich/complaint/"' in page) == (True, False)
    assert {"zh-CN": "已停止受理", "en": "Takes no more filings"}[language] in site[
        f"{prefix}index.html"
    ]
    before = site_of(policies, date(2026, 2, 1))
    assert "<form" in before[f"{prefix}rich/complaint/index.html"]


@pytest.mark.parametrize(
    ("keys", "language", "says"),
    [
        ("language: en\n", "zh-CN", "本办法仅以英文公布。"),
        ("language: en\n", "en", ""),
        (
            "language: en\nprevails: de\n",
            "en",
            "The German text of the procedure takes precedence; it is not on this site.",
        ),
        ("language: en\nprevails: de\n", "zh-CN", "本办法以德语文本为准，该文本不在本站。"),
    ],
)
def test_page_says_which_text_decides(tmp_path: Path, keys: str, language: str, says: str) -> None:
    """The text in the policy's language decides, unless another one prevails."""
    folder = write(tmp_path / "policies", "rich", keys + FACTS, TEXT)
    assert (folder / "policy.yaml").read_text("utf-8").startswith(IDENTITY[:3])
    page = site_of(folder.parent)[f"{PREFIX[language]}rich/procedure/index.html"]
    said = words_of(page)
    assert says in said
    assert ("precedence" in said, "为准" in said) == (
        language == "en" and bool(says),
        language == "zh-CN",
    )
    assert '<div class="procedure" lang="en">' in page


def test_policy_json_without_a_language_is_the_policys_own(tmp_path: Path) -> None:
    """An English policy's JSON is English at the address without a language."""
    folder = write(tmp_path / "policies", "rich", "language: en\n" + FACTS, TEXT)
    data = json.loads(site_of(folder.parent)["rich/policy.json"])
    assert (data["language"], data["filers"][0]["who"]) == ("en", "Tenants")
