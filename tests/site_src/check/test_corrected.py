"""What the samples once said that their sources do not; each has the right value here."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_src.places import POLICIES
from site_src.policy.edition import Edition
from site_src.policy.facts import categories, facts
from site_src.policy.model.limits import LimitFact
from tests.helpers.sample_policies import loaded

ALL = sorted(path.name for path in POLICIES.iterdir() if path.is_dir())


def edition(organisation: str) -> Edition:
    """The sample as it is now."""
    return loaded(POLICIES / organisation)


def words_of(organisation: str, clause: str) -> str:
    """What a clause says."""
    found = edition(organisation).clause(clause)
    assert found is not None
    return found.words


def limit(organisation: str, id: str) -> LimitFact:
    """A limit by its id."""
    return next(one for one in edition(organisation).policy.limits if one.id == id)


def role_clauses(organisation: str) -> dict[str, str]:
    """The clause of each role, by its id."""
    return {role.id: role.clause for role in edition(organisation).policy.roles}


def said(organisation: str) -> Iterator[str]:
    """Everything that the policy says of itself in words: text, facts and notice."""
    source = edition(organisation)
    yield source.procedure
    yield source.policy.model_dump_json(context={"language": "zh-CN"})
    yield source.policy.model_dump_json(context={"language": "en"})


def test_trading_company_has_five_posts_and_ends_at_1_2() -> None:
    """Finance is 4, the general manager 5; no general affairs, no parts, nothing after 1.2."""
    assert role_clauses("trading-company") == {
        "customer-service": "三、1",
        "sales-manager": "三、2",
        "business-manager": "三、3",
        "finance-manager": "三、4",
        "general-manager": "三、5",
        "staff": "四、1.1.1",
    }
    assert [clause.id for clause in edition("trading-company").clauses] == [
        *("一", "二", "三", "三、1", "三、2", "三、3", "三、4", "三、5"),
        *("四", "四、1", "四、1.1", "四、1.1.1", "四、1.1.2", "四、1.1.3", "四、1.2"),
    ]
    assert "供应链中心" in words_of("trading-company", "三、1")
    for text in said("trading-company"):
        assert not re.search("综合部|General affairs|备品|质检科|车辆牌照", text)


def test_car_dealer_has_1_4_as_far_as_its_source() -> None:
    """Urgent ones by phone to a leader, the record made up on return; there it breaks off."""
    text = words_of("car-dealer", "四、1.4")
    assert all(part in text for part in ("工作时间之外", "打电话联系公司领导", "补填"))
    assert not re.search("不紧急|其他部门|半个小时", text)
    whole = words_of("car-dealer-24h", "四、1.4")
    assert all(part in whole for part in ("不紧急的，走正常程序", "其他部门", "半个小时"))
    assert limit("car-dealer-24h", "pass-on").clause == "四、1.4"


def test_car_dealer_24h_promises_no_intake_round_the_clock() -> None:
    """Not by name, title, provision or contact."""
    policy = edition("car-dealer-24h").policy
    assert policy.organisation.name.words("zh-CN") == "示例汽车销售服务公司"
    assert "on_duty" not in {one.topic for one in policy.provisions}
    for text in said("car-dealer-24h"):
        shown = text.replace("car-dealer-24h", "")
        assert not re.search("24|二十四小时|any hour|round the clock", shown)


def test_employer_hr_says_where_other_matters_go_and_no_start() -> None:
    """Money to finance supervision and audit, the rest to the HR centre; 15 days from nothing."""
    routes = {one.role: one.condition for one in edition("employer-hr").policy.routes}
    assert [role for role, condition in routes.items() if condition is None] == ["hr"]
    assert routes.keys() == {"hr", "finance-audit", "hr-centre"}
    assert "公司和产业的人力行政中心" in words_of("employer-hr", "第七条")
    assert {limit("employer-hr", id).starts for id in ("rule", "mediate")} == {"unstated"}
    assert "之日起" not in words_of("employer-hr", "第八条2") + words_of("employer-hr", "第八条3")


def test_product_certifier_names_no_start_of_the_window() -> None:
    """Ten working days to appeal, from nothing; five to decide, from receipt."""
    window, decide = limit("product-certifier", "file-appeal"), limit("product-certifier", "accept")
    assert (window.value, window.unit, window.starts) == (10, "working_day", "unstated")
    assert (decide.value, decide.unit, decide.starts) == (5, "working_day", "received")
    assert "之日起" not in words_of("product-certifier", "6.1.1.1")


def test_qa_operations_invents_no_fields() -> None:
    """The registration form is named alone; the record has number, QA, date and reviewer."""
    form = words_of("qa-operations", "五、（一）")
    assert "客户投诉接收登记表" in form
    assert not re.search("编号|日期|复核", form)
    record = words_of("qa-operations", "五、（二）")
    assert all(part in record for part in ("编号", "QA 部门", "复核人", "日期"))


def test_brokerage_has_no_categories_and_no_posting_day() -> None:
    """The table of article 6 is lost; the day its text was posted is no day of effect."""
    policy = edition("securities-brokerage").policy
    assert (policy.categories, policy.levels) == ((), ())
    assert "缺少分类表" in words_of("securities-brokerage", "第六条")
    assert (policy.version, policy.effective_clause) == ("1", None)
    for text in said("securities-brokerage"):
        assert "2009" not in text
        assert "来访投诉" not in text
    visit = next(one for one in policy.channels if one.type == "in_person")
    assert (visit.name.words("zh-CN"), visit.clause) == ("到营业部当面投诉", "第四条")


def test_factory_staff_says_all_that_its_source_says() -> None:
    """Judicial authorities, owner, whose supervisor, whom the 15 days bind, suggestions in 4.5."""
    source = edition("factory-staff")
    text = {one.clause: one.text.words("zh-CN") for one in source.policy.provisions}
    assert "司法机关" in words_of("factory-staff", "4.6")
    assert "司法机关" in text["4.6"]
    assert "人才发展部归口管理" in text["5"]
    assert "建议" in text["4.5"]
    supervisor = source.policy.role("supervisor")
    assert supervisor.name.words("zh-CN") == "人才发展部主管或者相关部门主管"
    assert limit("factory-staff", "answer").role == "supervisor"
    bound = source.policy.role(limit("factory-staff", "appeal-answer").role or "")
    assert bound.name.words("zh-CN") == "总经理指定的人员"
    assert source.clause("3.4") is None
    assert (source.policy.document, source.policy.effective_clause) == ("XX-HRD-", "5")


def test_exam_centre_names_the_bodies() -> None:
    """The whole names, in text and facts."""
    bodies = [one.body.words("zh-CN") for one in edition("exam-centre").policy.reviews]
    assert bodies == [
        "本中心所在地公安机关的网络安全部门",
        "国家信息安全等级保护工作协调小组办公室",
    ]
    assert all(body in words_of("exam-centre", "8") for body in bodies)


def test_personnel_certifier_publishes_the_process_not_the_results() -> None:
    """A description of how appeals are handled; who may file a grievance is said."""
    policy = edition("personnel-certifier").policy
    published = [one for one in policy.provisions if one.topic == "publication"]
    assert {one.clause for one in published} == {"2.1.2", "2.1.6", "2.2.2"}
    assert all("结果" not in one.text.words("zh-CN") for one in published)
    assert "学会主动公布处理过程的说明" in words_of("personnel-certifier", "2.1.6")
    who = [one.who.words("zh-CN") for one in policy.filers if one.kind == "grievance"]
    assert who == ["持有认证的人", "正在申请认证的人", "其他个人或者单位"]


def test_accreditation_body_proposes_and_approves() -> None:
    """The committee proposes a ruling, in English too; the director approves it."""
    proposed = limit("accreditation-body", "decide").action
    assert (proposed.words("zh-CN"), proposed.words("en")) == (
        "提出裁定意见",
        "Propose a ruling on the appeal",
    )


def test_laboratory_keeps_its_letters_and_classes_to_itself() -> None:
    """4.3.1 a to d and 4.3.2 a to d stand in the text; no filer chooses among them."""
    for clause in ("4.3.1", "4.3.2"):
        letters = re.findall(r"^([a-z])\. ", words_of("testing-laboratory", clause), re.MULTILINE)
        assert letters == ["a", "b", "c", "d"]
    ids = [one.id for one in categories(edition("testing-laboratory").policy)]
    assert ids == ["management"]


def test_testing_company_refers_to_4_2() -> None:
    """What a survey shows is handled by 4.2; objections are to impartiality, in both versions."""
    assert "本程序 4.2 的要求" in words_of("testing-company", "4.1.8")
    for folder in (POLICIES / "testing-company", POLICIES / "testing-company/revisions/1"):
        source = loaded(folder)
        scope = source.clause("2")
        assert scope is not None
        assert "工作公正性" in scope.words
        assert source.policy.revisions == ()


@pytest.mark.parametrize("organisation", ALL)
def test_no_form_has_a_choice_or_level_that_judges(built: Path, organisation: str) -> None:
    """Nobody chooses a department's measure, or reads that they misunderstood and blame."""
    pages = (built / organisation).glob("*/index.html")
    for form in (page for page in pages if page.parent.name != "procedure"):
        page = form.read_text("utf-8")
        assert not re.search("须采取(纠正|预防)措施|转而责怪|误解了", page)


@pytest.mark.parametrize("organisation", ALL)
def test_words_that_editors_mended(organisation: str) -> None:
    """Chinese and English that were wrong or clumsy do not come back."""
    wrong = (
        "自收到之时|来访投诉|怎样答复客户、怎样处理|任何有所不满|申诉的决定|申请改进报告|工作本身"
        "|处理得有建设性|有所列情形|所在部门以及|\\bin time\\b|akes the form up|next-higher"
    )
    for text in said(organisation):
        assert not re.search(wrong, text)


def cited(organisation: str) -> set[str]:
    """The clauses that facts of the sample cite."""
    return {placed.fact.clause for placed in facts(edition(organisation).policy)}


def test_what_is_shared_stands_in_the_sharers_source_too() -> None:
    """Each inherited clause of those that extend car-dealer was read against their own source."""
    assert cited("car-dealer-24h") == cited("car-dealer")
    assert cited("trading-company") == {
        *("一", "二", "三、1", "三、2", "三、3", "三、4", "三、5"),
        *("四、1.1.1", "四、1.1.2", "四、1.1.3", "四、1.2"),
    }
