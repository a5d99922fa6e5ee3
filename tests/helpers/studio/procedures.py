"""Three sample procedures as offices keep them, and what a clerk answers about each.

The answers are what the authors of the samples wrote, where a receipt shows it. What no receipt
shows is taken as it is proposed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from site_src.places import POLICIES
from tests.helpers.documents.printed import write_pdf, write_text
from tests.helpers.documents.word_file import write_word
from tests.helpers.studio.answers import Addition, Change, ClerkAnswers

TABLE = ("| 环节 | 由谁办理 |", "| 转呈申诉 | 办公室 |", "| 审理 | 专门委员会 |")
"""A table as offices add one to a clause; it says nothing that the clause does not say."""


@dataclass(frozen=True)
class OfficeProcedure:
    """A sample, its document, how a filing is made under it, and what a clerk answers.

    `left_out` are words that the import must say it left out. `category` is what the filing is
    about: as the sample says it, and as the clerk does.
    """

    sample: str
    file: str
    write: Callable[[Path, str], Path]
    kind: str
    tongue: Literal["zh", "en"]
    left_out: tuple[str, ...]
    answers: ClerkAnswers
    category: tuple[str, str] = ("", "")

    def document(self, folder: Path) -> Path:
        """Writes the document."""
        return self.write(folder / self.file, self.text)

    @property
    def text(self) -> str:
        """The procedure as the document says it."""
        text = (POLICIES / self.sample / "procedure.md").read_text(encoding="utf-8")
        if self.sample != "accreditation-body":
            return text
        at = text.index("\n\n2.6 ")
        return f"{text[:at]}\n\n" + "\n".join(TABLE) + text[at:]


_PRIVACY = {
    "effective_from": "2026-01-01",
    "privacy.contact": "privacy@office.example.com",
    "privacy.retention_years": "6",
}


ACCREDITATION = OfficeProcedure(
    sample="accreditation-body",
    file="申诉规则.docx",
    write=write_word,
    kind="appeal",
    tongue="zh",
    left_out=("示例单位内部文件", "第 1 页", "2 申诉"),
    category=("认可申请的受理", "是否受理认可申请的决定"),
    answers=ClerkAnswers(
        first=(),
        changes=(
            Change("limits", "2.3", "30", {"action": "提出申诉"}),
            Change("limits", "2.5", "转呈", {"action": "转呈申诉"}),
            Change("limits", "2.5", "10", {"action": "执行裁定并通知申诉人"}),
            Change("filers", "2.2", "认可决定有关的", {"who": "与认可决定有关的组织和个人"}),
            Change("reviews", "2.7", "国家安全生产主管部门", {"body": "国家安全生产主管部门"}),
        ),
        last=(
            Addition(
                "reviews",
                "2.7",
                {"body": "授权本机构的指导委员会", "inside": "外部", "text": "可以直接上诉"},
                unless="授权本机构的指导委员会",
            ),
        ),
        organisation=_PRIVACY
        | {"organisation.prefix": "WRD", "organisation.mailbox": "office@word.example.com"},
    ),
)


EXAM_CENTRE = OfficeProcedure(
    sample="exam-centre",
    file="申诉、投诉和争议处理规定.txt",
    write=write_text,
    kind="complaint",
    tongue="zh",
    left_out=("- 1 -", "GB 18030"),
    category=("培训活动", "培训活动"),
    answers=ClerkAnswers(
        first=(
            Addition("categories", "3.1", {"name": "培训活动", "kind": "投诉"}),
            Addition("categories", "3.1", {"name": "考试活动", "kind": "投诉"}),
        ),
        changes=(
            Change("kinds", "3.3", fields={"definition": "看法与本中心不同，并用书面形式说明"}),
            Change("channels", "5", fields={"name": "书面提出"}),
            Change(
                "roles",
                "7",
                "工作组",
                {"duty": "由无利害关系的成员组成，负责调查，提出处理的建议和决定"},
            ),
            Change("roles", "3.2", fields={"clause": "6", "duty": "收取材料，审查是否有效"}),
            Change("steps", "3.2", reject=True),
            Change("steps", "3.3", reject=True),
            Change("limits", "8", fields={"action": "完成调查并提出处理意见"}),
        ),
        last=(),
        organisation=_PRIVACY
        | {"organisation.prefix": "TXT", "organisation.mailbox": "office@exam.example.com"},
    ),
)

_RESPONSE, _REQUEST = "the date of the response", "the request"
_ANSWERED = ("answered",)
_SEEN, _SECOND = "the acknowledgement of the request", "the date of the stage 2 response"

HOUSING = OfficeProcedure(
    sample="housing-association",
    file="complaints.pdf",
    write=write_pdf,
    kind="complaint",
    tongue="en",
    left_out=("示例单位内部文件 Internal", "- 2 -", "4 Stage 2"),
    answers=ClerkAnswers(
        first=tuple(
            Addition("events", clause, {"name": name, "recorded_by": "staff"}, unless=name)
            for clause, name in (
                ("3.2", "the acknowledgement"),
                ("4.1", _RESPONSE),
                ("4.2", _REQUEST),
                ("4.3", _SEEN),
                ("5.2", _SECOND),
            )
        ),
        changes=(
            Change("roles", "3.1", fields={"mailbox": "complaints@housing.example.com"}),
            Change(
                "limits",
                "1.5",
                fields={
                    "action": "Complain",
                    "note": "older ones at our discretion, for a good reason",
                },
            ),
            Change(
                "limits",
                "3.1",
                fields={"action": "Acknowledge the complaint", "brings": "the acknowledgement"},
            ),
            Change(
                "limits",
                "3.2",
                fields={
                    "action": "Send a written response",
                    "brings": _RESPONSE,
                    "acts": _ANSWERED,
                },
            ),
            Change(
                "limits",
                "3.3",
                fields={
                    "action": "Send a written response",
                    "when.condition": "the complaint is complex",
                    "note": "no more than this",
                    "acts": _ANSWERED,
                },
            ),
            Change(
                "limits",
                "3.5",
                "months",
                fields={
                    "from": _RESPONSE,
                    "action": "See done what the response says we will do",
                    "note": "as soon as possible; this is the latest",
                },
            ),
            Change(
                "limits",
                "4.1",
                fields={"from": _RESPONSE, "action": "Ask for stage 2", "brings": _REQUEST},
            ),
            Change(
                "limits",
                "4.2",
                fields={
                    "from": _REQUEST,
                    "action": "Acknowledge the request for stage 2",
                    "brings": _SEEN,
                },
            ),
            Change(
                "limits",
                "4.3",
                fields={
                    "from": _SEEN,
                    "action": "Send the stage 2 response",
                    "brings": _SECOND,
                    "acts": _ANSWERED,
                },
            ),
            Change(
                "limits",
                "4.4",
                fields={
                    "action": "Send the stage 2 response",
                    "note": "no more than this",
                    "acts": _ANSWERED,
                },
            ),
            Change(
                "limits",
                "5.2",
                fields={"from": _SECOND, "action": "Refer the complaint to the ombudsman"},
            ),
        ),
        last=(
            Addition(
                "reviews",
                "4.1",
                {
                    "body": "Manager who was not involved in stage 1",
                    "inside": "inside the organisation",
                    "text": "A resident who is not satisfied can ask for stage 2",
                    "limits": ("Ask for stage 2", "Send the stage 2 response"),
                },
            ),
        ),
        organisation=_PRIVACY
        | {
            "organisation.name": "Sample housing association",
            "organisation.prefix": "PDF",
            "organisation.mailbox": "complaints@housing.example.com",
            "organisation.timezone": "Europe/London",
            "organisation.calendar": "GB-ENG",
            "privacy.law": "uk-gdpr",
            "privacy.handler": "Sample Housing Association",
        },
    ),
)

OFFICES = {"word": ACCREDITATION, "text": EXAM_CENTRE, "pdf": HOUSING}
"""The procedures by the name of the organisation that imports them."""
