"""Words that readers of Chinese and English stumbled over, on no page and in no mail."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

from functions.adapters.contracts.folder import FolderContracts
from functions.model.mail import MailType
from tests.site_src.check.test_conformance import newest

CHINESE = (
    "收到一件新的提交",
    "已经收到您提交的内容",
    "条款 第",
    "条款 ",
    "其余各类，",
    "日））",
    "（条款",
    "按期限完成一项",
    "有所列情形之一",
    "到营业部来访",
    "处理得有建设性",
    "任何有所不满的人",
    "您所申诉的决定",
    "决策和意见由营销副总审批",
    "申请改进报告",
    "机构逾期",
    "没有找到案件查询进度",
    "框中的编号",
)
ENGLISH = (
    "Something needs mending",
    "makes the form up",
    "next-higher superior",
    "wants a real name",
    "decided by people",
    "is owed to",
    "clause 第",
    "You File",
    "Office Pass",
    "Office Carry",
    "numbers in frames",
)

CHINESE_SHAPES = {
    "moment before days": re.compile(r"之时起\d+(?:天|个工作日|周|个月|年)"),
    "day before minutes": re.compile(r"之日起\d+(?:分钟|小时)"),
    "point without its word": re.compile(r"第[一二三四五六七八九十百]+条\d"),
    "label instead of a sentence": re.compile(r"应当[^，。；：]+[：:]\s*自"),
    "two duties": re.compile(r"应当应当|可以可以|应当请"),
    "two stops": re.compile(r"。。|，。|。，"),
}
ENGLISH_SHAPES = {
    "the same word twice": re.compile(
        r"\b(?:must must|can can|on on|by by|the the|within within)\b"
    ),
    "label instead of a sentence": re.compile(r"\bmust [^.:]+: (?:\d+ [a-z]+ from|by )"),
    "capital inside a sentence": re.compile(r"\b(?:must|can|may) [A-Z][a-z]+ the\b"),
    "a verb that does not agree": re.compile(r"\b(?:You has|team have|office have)\b"),
    "two stops": re.compile(r"(?<!\.)\.\.(?!\.)|,\."),
}

HALF_WIDTH = re.compile(r"[一-鿿][,:;!?()]|[,:;!?()][一-鿿]|[一-鿿]\. ")


@cache
def spoken(built: Path, chinese: bool) -> tuple[tuple[str, str], ...]:
    """What the site's pages, print forms and plain texts say in a language, tags taken away.

    The text of the procedures is left out: it is the organisations' own, and stays as it is.
    """
    return tuple(_spoken(built, chinese))


def _spoken(built: Path, chinese: bool) -> Iterator[tuple[str, str]]:
    texts = {clause.words for source in newest() for clause in source.clauses}
    for path in sorted((*built.rglob("*.html"), *built.rglob("procedure.txt"))):
        name = path.relative_to(built).as_posix()
        if name.startswith("en/") is chinese or name.startswith("_gallery"):
            continue
        content = path.read_text("utf-8")
        if name.endswith(".html"):
            content = re.sub(r"<(script|style|pre|code)\b.*?</\1>", "", content, flags=re.DOTALL)
            content = re.sub(r'<section id="text".*?</section>', "", content, flags=re.DOTALL)
            content = re.sub(r'<(\w+) lang="(?:en|zh-CN)"[^>]*>[^<]*</\1>', "", content)
            content = unescape(re.sub(r"<[^>]*>", "\n", content))
        else:
            content = content.partition("程序全文")[0] if chinese else content
        for words in texts:
            content = content.replace(words, "")
        yield name, content


def mails(built: Path) -> Iterator[tuple[str, str]]:
    """The literal text of the Chinese mails in all contracts."""
    source = FolderContracts(str(built / "contracts"))
    for name in source.current().organisations.values():
        for templates in source.pages(name, "zh-CN").kinds.values():
            for kind, mail in templates.mails.items():
                yield (
                    kind,
                    "\n".join((*mail.subject.root, *(mail.parts.root if mail.parts else ()))),
                )


@pytest.mark.parametrize("phrase", CHINESE)
def test_chinese_as_an_editor_writes_it(built: Path, phrase: str) -> None:
    """No Chinese page has a phrase that was corrected."""
    assert [name for name, content in spoken(built, chinese=True) if phrase in content] == []


@pytest.mark.parametrize("phrase", ENGLISH)
def test_english_is_sentences(built: Path, phrase: str) -> None:
    """No English page has a phrase that was corrected."""
    assert [name for name, content in spoken(built, chinese=False) if phrase in content] == []


@pytest.mark.parametrize("shape", CHINESE_SHAPES)
def test_chinese_sentences_are_whole(built: Path, shape: str) -> None:
    """Days run from a day, minutes from a moment; nothing is a label beside a label."""
    pattern = CHINESE_SHAPES[shape]
    assert [name for name, said in spoken(built, chinese=True) if pattern.search(said)] == []


@pytest.mark.parametrize("shape", ENGLISH_SHAPES)
def test_english_sentences_are_whole(built: Path, shape: str) -> None:
    """Verbs agree, and nothing is a label beside a label."""
    pattern = ENGLISH_SHAPES[shape]
    assert [name for name, said in spoken(built, chinese=False) if pattern.search(said)] == []


def test_chinese_marks_are_full_width(built: Path) -> None:
    """Commas, colons, semicolons and brackets beside Chinese characters are full width."""
    drawn = tuple(mails(built))
    assert {name for name, _ in drawn} == set(get_args(MailType))
    found = {
        (name, HALF_WIDTH.findall(line)[0], line.strip())
        for name, content in (*spoken(built, chinese=True), *drawn)
        for line in content.splitlines()
        if HALF_WIDTH.search(line)
    }
    assert found == set()
