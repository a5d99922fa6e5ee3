"""Procedures that the rules were not made for, and documents that LibreOffice wrote."""

from pathlib import Path

import pytest

from site_src.importing.document import LeftOut
from site_src.importing.read import read_document
from tests.commands.import_quality import samples
from tests.helpers.documents.parts import clause_ids, clause_words

FILES = Path(__file__).parent / "files"

UNIVERSITY = """\
                示例大学学生申诉处理办法
            （2024年3月1日校长办公会通过）

目  录
第一章 总则…………………………1
第二章 受理…………………………2

第一章 总则
第一条　为了维护学生的合法权益，根据有关规定，
制定本办法。
第二条　学生对下列决定不服的，可以申诉：
（一）取消入学资格；
（二）退学处理。
                    - 1 -
第二章 受理
第三条　学生应当在收到决定之日起１０日内提出书面申诉。申诉书应当写明：
1.申诉人的姓名、学号；
2.申诉的事项和理由。
第四条　委员会自收到申诉书之日起15日内作出复查结论。
依照第三条的规定逾期未提出申诉的，不再受理。
"""

GYM = """\
GYM MEMBERS' COMPLAINTS POLICY

1. PURPOSE
This policy says how we deal with complaints from members. It applies to all of
our clubs and to anybody who has used them in the last 12 months, whether or not
they are still a member.

2. HOW TO COMPLAIN
2.1 You may complain at the front desk, by e-mail to care@gym.example.com or by
telephone on 020 7946 0000.
2.2 Please tell us:
    1. your membership number;
    2. what happened, and when;
    3. what you would like us to do.

3. OUR ANSWER
3.1 The club manager acknowledges a complaint within 2 working days.
3.2 We answer within
10 working days. If we need longer, we tell you why:
(a) where others must be asked;
(b) where a machine must be inspected.
4. APPEAL
If you are not content, you may appeal to the regional manager within 20 days.
"""

NURSERY = """\
示例幼儿园家长意见处理规定

家长有意见的，可以向班主任提出。

班主任在两个工作日内答复。

家长对答复不满意的，可以请园长处理，园长在五个工作日内答复。
"""


def imported(tmp_path: Path, text: str, name: str = "text.txt") -> tuple[str, tuple[LeftOut, ...]]:
    """The procedure that a text file gives, and what was left out."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    document = read_document(path)
    return document.procedure, document.left_out


def test_a_text_of_chapters_and_articles(tmp_path: Path) -> None:
    """Indents, contents, a page number and a wrapped line go; a cited article begins no clause."""
    text, left_out = imported(tmp_path, UNIVERSITY)
    assert clause_ids(text) == [
        "第一章", "第一条", "第二条", "第二条（一）", "第二条（二）",
        "第二章", "第三条", "第三条1", "第三条2", "第四条",
    ]  # fmt: skip
    assert text.startswith("# 示例大学学生申诉处理办法\n\n（2024年3月1日校长办公会通过）\n")
    assert "第一条 为了维护学生的合法权益，根据有关规定，制定本办法。" in text
    assert [(left.line, left.words) for left in left_out] == [
        (4, "目  录"),
        (5, "第一章 总则…………………………1"),
        (6, "第二章 受理…………………………2"),
        (14, "- 1 -"),
    ]


def test_lists_that_count_as_clauses_do(tmp_path: Path) -> None:
    """A list 1. 2. 3. in 2.2 becomes (1) (2) (3), and clause 3 keeps its number; both are said."""
    path = tmp_path / "gym.txt"
    path.write_text(GYM, encoding="utf-8")
    document = read_document(path)
    assert clause_ids(document.procedure) == ["1", "2", "2.1", "2.2", "3", "3.1", "3.2", "4"]
    assert "(3) what you would like us to do." in document.procedure
    assert "3.2 We answer within 10 working days. If" in document.procedure
    assert "whether or not they are still a member." in document.procedure
    assert [(change.place.line, change.how.en) for change in document.changed] == [
        (at, f"the number {n}. is ({n}) here, because a procedure says each number once")
        for at, n in ((12, 1), (13, 2), (14, 3))
    ]
    assert document.language == "en"


def test_a_text_without_numbers_gets_them_proposed(tmp_path: Path) -> None:
    """Its paragraphs are numbered, and the import says that the organisation must agree."""
    path = tmp_path / "nursery.txt"
    path.write_text(NURSERY, encoding="utf-8")
    document = read_document(path)
    assert clause_ids(document.procedure) == ["1", "2", "3"]
    (change,) = document.changed
    assert change.place.line == 3
    assert "已给各段编号，共 3 个" in change.how.zh


@pytest.mark.parametrize(
    "name",
    ["workshop-4s.odt", "personnel-certifier.odt", "employer-hr.docx", "testing-company.pdf"],
)
def test_what_libreoffice_wrote(name: str) -> None:
    """Documents that LibreOffice saved or printed of the samples have the same clauses."""
    text = samples()[Path(name).stem]
    assert clause_words(read_document(FILES / name).procedure) == clause_words(text)
