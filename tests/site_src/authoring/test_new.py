"""`new`, which writes a first policy from answers, and `show`, which prints a whole policy."""

from datetime import date
from itertools import product
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from cli import app as cli
from site_src.authoring.new import first_question, questions
from site_src.check.organisation import read_all
from site_src.places import POLICIES
from site_src.policy.model.policy import Policy
from site_src.publish.build import build
from tests.helpers.sample_policies import loaded, tree

DAY = date(2026, 3, 2)
ANSWERS = {
    "language": "zh-CN",
    "name": "示例商店",
    "other_name": "Sample shop",
    "prefix": "SHP",
    "mailbox": "help@shop.example.com",
    "role": "客服部",
    "telephone": "400-000-0000",
    "days": "5",
    "staff": "n",
}
ENGLISH = {
    "language": "en",
    "name": "Sample shop",
    "other_name": "示例商店",
    "role": "Customer service",
    "telephone": "020 7946 0100",
    "days": "10",
}
QUESTIONS = (first_question("zh-CN"), *questions("zh-CN"))
runner = CliRunner()


@pytest.fixture(autouse=True)
def standing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Monday 2 March 2026 on the command line."""
    monkeypatch.setattr("site_src.publish.build.today", lambda: DAY)
    monkeypatch.setattr("cli.authoring.today", lambda: DAY)


def typed(**answers: str) -> str:
    """The input for the prompts, one line for each answer."""
    return "\n".join((ANSWERS | answers).values()) + "\n"


def written(policies: Path, **answers: str) -> Policy:
    """The policy written from these answers; it has no findings and builds."""
    result = runner.invoke(cli.app, ["new", "shop"], input=typed(**answers))
    assert result.exit_code == 0, result.output
    assert "docs/policy-format.md" in result.output
    assert read_all(policies)[1] == ()
    build(policies, policies.parent / "dist", DAY)
    assert (policies.parent / "dist" / "shop" / "complaint" / "index.html").is_file()
    assert not list(policies.glob(".*"))
    return loaded(policies / "shop").policy


@pytest.mark.parametrize(
    ("staff", "telephone", "days"), list(product("yn", ["400-000-0000", ""], ["5", "0"]))
)
def test_answers_make_a_policy(policies: Path, staff: str, telephone: str, days: str) -> None:
    """A policy for customers or staff, with or without telephone and limit, builds."""
    policy = written(policies, staff=staff, telephone=telephone, days=days)
    assert policy.organisation.audience == ("staff" if staff == "y" else "public")
    assert policy.effective_from == DAY
    assert [channel.value for channel in policy.channels] == ([telephone] if telephone else [])
    assert [limit.value for limit in policy.limits] == ([int(days)] if int(days) else [])
    assert policy.roles[0].name.words("zh-CN") == "客服部"


@pytest.mark.parametrize(("staff", "telephone"), list(product("yn", ["020 7946 0100", ""])))
def test_english_answers_make_a_policy(policies: Path, staff: str, telephone: str) -> None:
    """An English policy has English text, and what holds in England until the author changes it."""
    answers = ENGLISH | {"staff": staff, "telephone": telephone}
    policy = written(policies, **answers)
    own, privacy = policy.organisation, policy.privacy
    assert (policy.language, own.timezone, own.calendar) == ("en", "Europe/London", "GB-ENG")
    assert (own.counting, privacy.law) == ("plain", "uk-gdpr")
    assert own.name.root == {"en": "Sample shop", "zh-CN": "示例商店"}
    text = (policies / "shop" / "procedure.md").read_text("utf-8")
    assert text.startswith("# Complaints procedure of Sample shop\n")
    assert [(limit.value, limit.unit) for limit in policy.limits] == [(10, "working_day")]


def test_english_author_is_told_what_was_assumed(policies: Path) -> None:
    """The command names what it took from England: no question asked for it."""
    result = runner.invoke(cli.app, ["new", "shop"], input=typed(**ENGLISH))
    for key in ("England", "timezone", "calendar", "counting", "privacy.law"):
        assert key in result.output


def test_language_that_is_asked_for_first(policies: Path) -> None:
    """An empty answer takes the language that the site opens in."""
    (policies / "site.yaml").write_text("language: en\n", "utf-8")
    written(policies, **ENGLISH | {"language": ""})
    assert loaded(policies / "shop").policy.language == "en"


def test_words_that_yaml_would_twist(policies: Path) -> None:
    """Quotes, colons and a prefix that YAML would read as yes stay as typed."""
    policy = written(
        policies,
        name='示例"商店": {甲}',
        other_name="",
        prefix="YES",
        role="经理 #甲",
        telephone="",
    )
    assert policy.organisation.name.root == {"zh-CN": '示例"商店": {甲}'}
    assert policy.organisation.prefix == "YES"
    assert "示例" in (policies / "shop" / "policy.yaml").read_text("utf-8")


def test_name_in_digits(policies: Path) -> None:
    """A folder may be called 360; its id is still text."""
    assert runner.invoke(cli.app, ["new", "360"], input=typed()).exit_code == 0
    assert loaded(policies / "360").policy.id == "360"


@pytest.mark.parametrize(
    ("field", "bad", "says"),
    [
        ("language", "french", "zh-CN or en"),
        ("prefix", "SHI", "without I, L, O, U"),
        ("prefix", "shp", "2 to 4 of the characters A-Z and 2-9"),
        ("prefix", "LONGER", "2 to 4"),
        ("mailbox", "help.example.com", "name@example.com"),
        ("mailbox", "help@", "name@example.com"),
        ("telephone", "call us", "digits and dashes"),
        ("days", "soon", "a whole number from 0 to 365"),
        ("days", "-1", "a whole number from 0 to 365"),
        ("days", "400", "a whole number from 0 to 365"),
    ],
)
def test_bad_answer_is_refused(policies: Path, field: str, bad: str, says: str) -> None:
    """A bad answer is refused at once with a hint; without a better one, no file remains."""
    before = tree(policies)
    lines = []
    for question in QUESTIONS:
        if question.field == field:
            break
        lines.append(ANSWERS[question.field])
    alone = runner.invoke(cli.app, ["new", "shop"], input="\n".join([*lines, bad]) + "\n")
    assert alone.exit_code == 2
    assert says in alone.output
    assert "nothing was written" in alone.output
    assert tree(policies) == before
    better = typed(**{field: f"{bad}\n{ANSWERS[field]}"})
    assert runner.invoke(cli.app, ["new", "shop"], input=better).exit_code == 0
    assert read_all(policies)[1] == ()


def test_answers_that_contradict_each_other(policies: Path) -> None:
    """A department's name that contains hours would be a limit in the text, so it is refused."""
    before = tree(policies)
    result = runner.invoke(cli.app, ["new", "shop"], input=typed(role="24小时服务台"))
    assert result.exit_code == 2
    assert "clause 2.1 says 24小时 here, and no fact claims it" in result.output
    assert tree(policies) == before
    assert not list(policies.glob(".*"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sample", "already exists"),
        ("Shop", "small letters, digits and single dashes"),
        ("shop--two", "single dashes"),
        ("s" * 61, "at most 60 characters"),
        ("../shop", "small letters"),
        ("track", "is an address of the site itself"),
    ],
)
def test_name_is_refused_before_anything_is_asked(policies: Path, name: str, says: str) -> None:
    """A name that is taken or invalid exits with 2 before any question, and nothing changes."""
    before = tree(policies.parent)
    result = runner.invoke(cli.app, ["new", name], input=typed())
    assert result.exit_code == 2
    assert says in result.output
    assert QUESTIONS[0].asks not in result.output
    assert tree(policies.parent) == before


def test_show_prints_the_whole() -> None:
    """`show` includes what trading-company shares with car-dealer and leaves out what it omits."""
    result = runner.invoke(cli.app, ["show", "trading-company"])
    assert result.exit_code == 0
    text, _, facts = result.stdout.partition("\nid: trading-company")
    dealer = loaded(POLICIES / "car-dealer").clause("三、2")
    assert dealer is not None
    assert dealer.words in text
    assert text.startswith("# 示例贸易公司客户投诉处理流程规范")
    assert "4、投诉财务部人员" in text
    assert "\n6、" not in text
    data = yaml.safe_load("id: trading-company" + facts)
    assert {role["clause"] for role in data["roles"]} > {"三、1", "三、2"}
    assert "三、7" not in {role["clause"] for role in data["roles"]}


def test_show_of_what_is_not_there(policies: Path) -> None:
    """`show` exits with 2 for an unknown organisation and with 1 for an unreadable policy."""
    assert runner.invoke(cli.app, ["show", "nobody"]).exit_code == 2
    (policies / "sample" / "procedure.md").unlink()
    result = runner.invoke(cli.app, ["show", "sample"])
    assert result.exit_code == 1
    assert "file-missing" in result.output
