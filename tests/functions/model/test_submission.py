"""What is taken of an answer, however it was typed, and what is only asked about."""

import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.model.answers.input_warnings import InputWarning, input_warnings
from functions.model.answers.normalized import nfc
from functions.model.answers.submission import (
    AnswerProblem,
    AnswerProblems,
    Submission,
    clean,
    read_submission,
    valid_answers,
)
from functions.model.answers.telephone import dialled, is_in_service, read_telephone
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.limit import Limit
from functions.model.contract.terms import FieldName, KindId
from functions.model.text import Text
from site_src.compile.contract import compile_kind
from site_src.compile.questions import hints
from site_src.languages import site_languages
from site_src.places import POLICIES
from tests.helpers.filings import APPEAL, COMPLAINT
from tests.helpers.sample_policies import loaded

TODAY = date(2026, 3, 2)


def kind_of(organisation: str, kind: KindId) -> Kind:
    """The questions of a published procedure."""
    return compile_kind(loaded(POLICIES / organisation).policy, kind)


APPEALS = kind_of("accreditation-body", "appeal")
CARS = kind_of("car-dealer", "complaint")
ANONYMOUS = APPEALS.model_copy(update={"anonymous": True})


def taken(answers: dict[str, str], kind: Kind = APPEALS) -> Submission:
    """The submission that the answers make."""
    read = read_submission(kind, answers, TODAY)
    assert isinstance(read, Submission), read
    return read


def refused(answers: dict[str, str], kind: Kind = APPEALS) -> list[tuple[str, str]]:
    """What is wrong with the answers, in order."""
    read = read_submission(kind, answers, TODAY)
    assert isinstance(read, AnswerProblems)
    return [(problem.name, problem.code) for problem in read.found]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("13800000000", "138 0000 0000"),
        ("１３８－００００ 0000", "138 0000 0000"),
        ("+86 138-0000-0000", "138 0000 0000"),
        ("0086 13800000000", "138 0000 0000"),
        ("（010）1234 5678", "010 1234 5678"),
        ("010—12345678", "010 1234 5678"),
        ("010-12345678转801", "010 1234 5678 转801"),
        ("010-12345678 ext. 801", "010 1234 5678 转801"),
        ("0755-26000000-8012", "0755 2600 0000 转8012"),
        ("400-000-0000", "400 000 0000"),
        ("12345", "12345"),
        ("95588", "95588"),
        ("110", "110"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("+852 2123 4567", "+852 2123 4567"),
        ("13800000000、010-12345678", "138 0000 0000 / 010 1234 5678"),
        ("13800000000（微信同号）", "138 0000 0000（微信同号）"),
        ("13800000000(微信/QQ同号)", "138 0000 0000（微信/QQ同号）"),
        ("tel:13800000000", "138 0000 0000"),
        ("手机：13800000000；", "138 0000 0000"),
        ("TEL: 13800000000。", "138 0000 0000"),
        ("\ufeff138\u200b0000\u200e0000", "138 0000 0000"),
    ],
)
def test_telephone_numbers_are_shown_in_one_form(typed: str, shown: str) -> None:
    """Blanks, dashes, full width, extensions, hotlines, abroad, two at once: no slip is seen."""
    read = taken(APPEAL | {"phone": typed})
    assert read.phone == shown
    assert input_warnings(read, APPEALS) == ()
    assert read_telephone(shown) == shown
    assert is_in_service(shown)


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("138 0000 0000（微信/QQ同号）", "13800000000"),
        ("010 1234 5678 转801", "01012345678,801"),
        ("400-000-0000", "400-000-0000"),
        ("400-000-0000,801", "400-000-0000,801"),
        ("020 7946 0200", "02079460200"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("（010）1234 5678", "01012345678"),
    ],
)
def test_number_is_dialled_without_what_people_add(shown: str, number: str) -> None:
    """A `tel:` link has no blanks; it waits before an extension and dials no remark."""
    assert dialled(shown) == number


@pytest.mark.parametrize("typed", ["1380000000", "82193456", "021-123"])
def test_odd_telephone_number_is_taken_and_asked_about(typed: str) -> None:
    """A number that no plan knows may be right: it is kept as typed, and asked about."""
    read = taken(APPEAL | {"phone": typed})
    assert read.phone == typed
    assert input_warnings(read, APPEALS) == (InputWarning("phone"),)


@pytest.mark.parametrize("typed", ["abc 123", "没有", "12", "138x", "+"])
def test_no_telephone_number(typed: str) -> None:
    """What nobody could dial is refused."""
    assert refused(APPEAL | {"phone": typed}) == [("phone", "not_phone")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "zhang@example.com"),
        ("zhang @ example。com", "zhang@example.com"),
        ("张三 <zhang@example.com>", "zhang@example.com"),
        ("mailto:zhang@example.com", "zhang@example.com"),
        ("MAILTO: zhang@example.com。", "zhang@example.com"),
        ("mailto:zhang@example.com?subject=投诉", "zhang@example.com"),
        ("电子邮箱：zhang@example.com", "zhang@example.com"),
        ("E-mail: zhang@example.com", "zhang@example.com"),
        ("zhang@example.com；", "zhang@example.com"),
        ("张三 <zhang@example.com>;", "zhang@example.com"),
        ("\ufeffzhang\u200b@example.com\u200e", "zhang@example.com"),
        ("张三@例子.公司", "张三@例子.公司"),
    ],
)
def test_mail_addresses_as_people_paste_them(typed: str, read: str) -> None:
    """Full width, blanks, a display name or a copied link are no reason to refuse an address."""
    assert taken(APPEAL | {"email": typed}).email == read


@pytest.mark.parametrize("typed", ["x@test", "x@mail.test", "x@localhost", "x", "@qq.com"])
def test_no_mail_address(typed: str) -> None:
    """What no server in the world could deliver to is refused."""
    assert refused(APPEAL | {"email": typed}) == [("email", "not_email")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qq.con", "qq.com"),
        ("qq.cm", "qq.com"),
        ("136.com", "163.com"),
        ("gmial.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("foxmal.com", "foxmail.com"),
        ("sian.com", "sina.com"),
        ("example.con", "example.com"),
    ],
)
def test_mistyped_domain_is_taken_and_asked_about(typed: str, meant: str) -> None:
    """A domain that is likely a slip is taken as it stands, with the question what was meant."""
    read = taken(APPEAL | {"email": f"zhang@{typed}"})
    assert read.email == f"zhang@{typed}"
    assert input_warnings(read, APPEALS) == (InputWarning("email", f"zhang@{meant}"),)


RIGHT = """qq.com vip.qq.com 163.net mail.com sina.cn yahoo.com.cn hotmail.co.uk example.com
    ali.com ccb.com tsinghua.edu.cn 例子.公司"""


@pytest.mark.parametrize("domain", RIGHT.split())
def test_right_domain_is_not_asked_about(domain: str) -> None:
    """Neither a well-known domain nor one that merely looks a little like it is a slip."""
    assert input_warnings(taken(APPEAL | {"email": f"zhang@{domain}"}), APPEALS) == ()


@pytest.mark.parametrize(
    ("typed", "read", "asked"),
    [
        ("京a12345", "京A·12345", False),
        ("京Ａ・Ｄ12345", "京A·D12345", False),
        ("粤z 1234 港", "粤Z·1234港", False),
        ("苏A.1234学", "苏A·1234学", False),
        ("沪A-123警", "沪A-123警", True),
        ("川A1234挂", "川A·1234挂", False),
        ("使123456", "使123456", False),
        ("使014578", "使014578", False),
        ("EA12345", "EA12345", False),
        ("WJ京1234A", "WJ京1234A", False),
        ("京O·12345", "京O·12345", True),
        ("京A·I2345", "京A·I2345", True),
        ("WJ京1234", "WJ京1234", False),
        ("没有牌照，新车", "没有牌照,新车", True),
        ("ABC 123", "ABC 123", True),
    ],
)
def test_plates(typed: str, read: str, asked: bool) -> None:
    """A plate is shown as it is on the vehicle; an odd one is taken and asked about."""
    submission = taken(COMPLAINT | {"category": "other", "plate": typed}, CARS)
    assert submission.plate == read
    assert input_warnings(submission, CARS) == ((InputWarning("plate"),) if asked else ())


@pytest.mark.parametrize(
    "typed",
    [
        "2026年2月20日",
        "2026年2月20号",
        "2026/2/20",
        "２０２６.02.20",
        "2026-2-20",
        "\u200b2026-02-20。",
        "20260220",
        "2026年2月20日（星期五）",
        "2026-02-20 周五",
        "二〇二六年二月二十日",
        "二○二六年二月二十日（星期五）",
        "20 February 2026",
        "Friday 20 February 2026",
        "Fri, 20th Feb. 2026",
        "February 20, 2026",
    ],
)
def test_dates_as_people_write_them(typed: str) -> None:
    """A browser without a calendar lets people write a date their own way."""
    assert taken(APPEAL | {"decided_on": typed}).decided_on == date(2026, 2, 20)


@pytest.mark.parametrize(
    "typed",
    [
        *("2026年2月30日", "昨天", "20/2/2026", "26-02-20", "2026年2月20日（星期一）"),
        *("二〇二六年十三月一日", "二〇二六年十十月一日", "Monday 20 February 2026"),
        *("31 February 2026", "20 Febru 2026", "2026-02-20T10:00"),
    ],
)
def test_no_date(typed: str) -> None:
    """A day that does not exist, or that could be read two ways, is asked for again."""
    assert refused(APPEAL | {"decided_on": typed}) == [("decided_on", "not_date")]


def test_day_that_nobody_remembers() -> None:
    """A year before 1900 is a slip of the keyboard and is named as one."""
    assert refused(APPEAL | {"decided_on": "0206-11-28"}) == [("decided_on", "year")]
    assert refused(APPEAL | {"decided_on": "1899-12-31"}) == [("decided_on", "year")]
    assert taken(APPEAL | {"decided_on": "1900-01-01"}).decided_on == date(1900, 1, 1)


def test_plate_is_not_required() -> None:
    """A complaint may be about something else, and a new car has none: the form says so."""
    assert taken(COMPLAINT | {"category": "other"}, CARS).plate is None
    policy = loaded(POLICIES / "car-dealer").policy
    tongues = {site.language: site for site in site_languages()}
    assert "新车还没有牌照" in hints(policy, "complaint", CARS, tongues["zh-CN"])["plate"]
    assert "if the vehicle is new" in hints(policy, "complaint", CARS, tongues["en"])["plate"]


@pytest.mark.parametrize(
    ("organisation", "kind", "required"),
    [
        ("accreditation-body", "appeal", True),
        ("testing-laboratory", "objection", True),
        ("exam-centre", "appeal", False),
        ("personnel-certifier", "appeal", False),
    ],
)
def test_day_of_a_decision_where_time_runs_from_it(
    organisation: str, kind: KindId, required: bool
) -> None:
    """The day of the decision is required where the time to file runs from it, and only there."""
    asked = {field.name: field.required for field in kind_of(organisation, kind).fields}
    assert asked["decided_on"] == required


@pytest.mark.parametrize("field", ["name", "account", "decision"])
@pytest.mark.parametrize(
    "nothing", ["\u2800", "\u3164", "\u200b\u200b", "\ufeff", "\u3000", "\u2060 \u00ad", "\uffa0"]
)
def test_answer_that_nobody_can_see_is_none(field: str, nothing: str) -> None:
    """Characters that show nothing are no answer to a question that needs one."""
    assert refused(APPEAL | {field: nothing}) == [(field, "required")]


def test_what_can_be_seen_stays_as_it_is() -> None:
    """Characters that shape those beside them stay in words: emoji, Persian, Mongolian."""
    words = "\u200b👨\u200d👩\u200d👧 ❤\ufe0f می\u200cخواهم\ufeff"
    assert taken(APPEAL | {"account": words}).account == words.strip("\u200b\ufeff")


@pytest.mark.parametrize(
    "name",
    [
        "匿名",
        "匿　名",
        "某人",
        "某某",
        "某员工",
        "匿名举报人",
        "不愿透露姓名",
        "知情人",
        "无名",
        "不便透露",
        "Anonymous",
        "N/A",
        "n.a.",
        "***",
        "123",
    ],
)
def test_what_stands_for_no_name_is_asked_about(name: str) -> None:
    """It may be a name, so it is taken; where nobody needs to be named, nothing is asked."""
    read = taken(APPEAL | {"name": name})
    assert input_warnings(read, APPEALS) == (InputWarning("name"),)
    assert input_warnings(read, ANONYMOUS) == ()


@pytest.mark.parametrize("name", ["张匿", "某人乐队有限公司", "吴名", "N", "示例公司"])
def test_real_name_is_not_asked_about(name: str) -> None:
    """Names that contain such a word are names."""
    assert input_warnings(taken(APPEAL | {"name": name}), APPEALS) == ()


@pytest.mark.parametrize(
    ("signature", "asked"),
    [("王五", False), ("王 五", False), ("王\u200b五", False), ("李四", True), ("王五代", True)],
)
def test_signature_of_another_is_asked_about(signature: str, asked: bool) -> None:
    """Blanks and case make no difference; another name does, and is taken all the same."""
    signed = Submission(account="x", name="王五", signature=signature)
    assert input_warnings(signed, APPEALS) == ((InputWarning("signature"),) if asked else ())
    for_client = Submission(name="王五", represented="李四", signature="李四")
    assert input_warnings(for_client, APPEALS) == ()
    assert input_warnings(Submission(signature="李四"), APPEALS) == ()


@pytest.mark.parametrize("name", ["阿卜杜拉·买买提", "𠮷田 𡈽", "欧阳　锋", "O'Neil-李", "é" * 200])
def test_names_have_no_pattern(name: str) -> None:
    """Dots, blanks, rare characters beyond the first plane, long names: all are names."""
    assert taken(APPEAL | {"name": name}).name == " ".join(name.split())


def test_one_contact_is_needed_where_nobody_may_be_anonymous() -> None:
    """Without either contact the form asks for one; where it may be anonymous it does not."""
    silent = {key: value for key, value in APPEAL.items() if key != "email"}
    assert refused(silent) == [("email", "contact")]
    assert refused(silent | {"email": "x"}) == [("email", "not_email")]
    assert taken(silent, ANONYMOUS).email is None


def test_person_who_is_represented_is_named() -> None:
    """Whoever files for somebody else names that person; everybody else need not."""
    assert refused(APPEAL | {"acting_for": "other", "consent": ""}) == [
        ("represented", "required"),
        ("consent", "consent"),
    ]
    for_client = {"acting_for": "other", "represented": "李某", "capacity": "lawyer"}
    read = taken(APPEAL | for_client)
    assert (read.represented, read.capacity) == ("李某", "lawyer")
    assert taken(APPEAL | {"acting_for": "self"}).represented is None
    assert refused(APPEAL | {"capacity": "friend"}) == [("capacity", "not_choice")]


def test_people_involved_are_a_list() -> None:
    """One a line, without blank lines and repetitions."""
    read = taken(APPEAL | {"involved": "赵某\r\n\r\n 钱 某 \r\n赵某"})
    assert read.involved == "赵某\n钱 某"


def test_long_answer_is_counted_and_not_cut() -> None:
    """A character too many is said, whatever plane it is from; the last one allowed is taken."""
    assert taken(APPEAL | {"account": "𠮷" * 5000}).account == "𠮷" * 5000
    assert refused(APPEAL | {"account": "𠮷" * 5001}) == [("account", "too_long")]


def test_problems_come_in_the_order_of_the_form() -> None:
    """The summary goes down the page; what no form asks comes last."""
    read = read_submission(APPEALS, {"colour": "red", "email": "x", "account": "x"}, TODAY)
    assert isinstance(read, AnswerProblems)
    assert read.found == (
        AnswerProblem("category", "required"),
        AnswerProblem("decision", "required"),
        AnswerProblem("decided_on", "required"),
        AnswerProblem("name", "required"),
        AnswerProblem("email", "not_email"),
        AnswerProblem("consent", "consent"),
        AnswerProblem("colour", "unknown"),
    )


def test_valid_answers_are_those_of_a_filing() -> None:
    """Of a form with errors, what is valid is read as in a filing, days that lie ahead included."""
    action = Text({"zh-CN": "提出申诉"})
    limit = Limit(
        id="file",
        value=3,
        unit="day",
        before="sale",
        party="filer",
        asked=True,
        action=action,
        role=None,
        clause="1.1",
    )
    field = FormField(name="event.sale", input="date", label=action, required=False)
    kind = APPEALS.model_copy(
        update={"fields": (*APPEALS.fields, field), "limits": (*APPEALS.limits, limit)}
    )
    answers = APPEAL | {"event.sale": "2026-09-30"}
    assert valid_answers(kind, answers, TODAY) == taken(answers, kind)
    wrong = answers | {"email": "zhang@", "decided_on": "2026-09-30"}
    read = valid_answers(kind, wrong, TODAY)
    assert read.events == {"sale": date(2026, 9, 30)}
    assert (read.email, read.decided_on, read.account) == (None, None, APPEAL["account"])


@pytest.mark.parametrize(
    ("organisation", "kind", "first"),
    [
        ("accreditation-body", "appeal", ["account", "category", "decision", "decided_on"]),
        ("factory-staff", "grievance", ["account", "happened_on", "remedy", "name"]),
        ("testing-laboratory", "suggestion", ["account", "happened_on", "remedy", "name"]),
    ],
)
def test_own_words_come_first(organisation: str, kind: KindId, first: list[FieldName]) -> None:
    """A filer tells what happened before sorting it, and the person comes after the matter."""
    asked = [field.name for field in kind_of(organisation, kind).fields]
    assert asked[: len(first)] == first
    assert asked.index("account") < asked.index("name") < asked.index("email")
    assert asked[-2:] == ["consent", "sensitive_consent"]
    assert ("acting_for" in asked) == (kind != "suggestion")


MARKED = "ab\u0315\u0300\u0f73\u0344\u0327\u1100\u1161\u11a8가Åệ\u05bc\ufb2c\u0958\n"


@given(st.text(alphabet=MARKED, max_size=40))
def test_normalization_is_unicodes(text: str) -> None:
    """Marks that are put in order before give the same text as Unicode's own algorithm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("functions.model.answers.normalized._SHORT", 0)
        assert nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text", ["a" + "\u0315\u0300" * 250_000, "\u0f73" * 300_000, "Z" + "\u0335" * 300_000]
)
def test_no_text_takes_long_to_clean(text: str) -> None:
    """A megabyte of marks in the wrong order took minutes, in which nobody else was answered."""
    started = time.process_time()
    clean(text)
    assert time.process_time() - started < 10
