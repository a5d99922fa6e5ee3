"""A ready reply speaks the filer's language, and is offered only where nothing stays open."""

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.desk.reply import ReplyTemplate
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.desk.case.replies import ready_replies
from tests.helpers.desk.desk_cases import file_case, staff_does

DATED = ReplyTemplate(
    id="dated",
    name=Text({"zh-CN": "说明期限", "en": "The term"}),
    words=Text(
        {
            "zh-CN": "{reference} 最迟 {latest_answer} 答复。",
            "en": "We answer {reference}, received on {received}, by {latest_answer}.",
        }
    ),
)
PLAIN = ReplyTemplate(
    id="plain", name=Text({"zh-CN": "致谢"}), words=Text({"zh-CN": "谢谢您。100{%}"})
)


def opened(ports: Ports, reference: str, *languages: str) -> CaseFile:
    """The case as it stands, in the first of these languages."""
    case = ports.store.case(reference)
    assert case is not None
    return open_case(case, ports, languages, ports.store.events(reference))


def test_words_are_the_filers_and_the_name_is_staffs(ports: Ports) -> None:
    """Who works in Chinese chooses by a Chinese name, and an English filer reads English dates."""
    reference = file_case(ports, "commercial-bank", {"category": "other"}).reference
    chinese, english = opened(ports, reference, "zh-CN"), opened(ports, reference, "en")
    (reply,) = ready_replies((DATED,), chinese, english)
    assert reply.name == "说明期限"
    assert reply.words.startswith(f"We answer {reference}, received on Monday 2 March 2026, by ")
    assert "{" not in reply.words
    (own,) = ready_replies((DATED,), chinese, chinese)
    assert own.words.startswith(f"{reference} 最迟 2026年4月1日（星期三）24:00前")


def test_reply_with_a_date_that_is_not_there_is_not_offered(ports: Ports) -> None:
    """Once the case is answered there is no latest day of an answer; what has none stays."""
    case = file_case(ports, "commercial-bank", {"category": "other"})
    staff_does(case, "decision", ports, outcome="upheld", text="已退款。")
    file = opened(ports, case.reference)
    assert [reply.id for reply in ready_replies((DATED, PLAIN), file, file)] == []
    thanks = PLAIN.model_copy(update={"words": Text({"zh-CN": "谢谢您。"})})
    assert [reply.words for reply in ready_replies((DATED, thanks), file, file)] == ["谢谢您。"]
