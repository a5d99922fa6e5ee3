"""Writes a draft policy.yaml: what the text says, what a person must add, and each proposal."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from site_src.bilingual import Bilingual
from site_src.policy.facts import LISTS
from site_src.proposing.declared import Declared
from site_src.proposing.proposal import ProposedFact
from site_src.proposing.reading import ProposalLanguage

OPEN = "TODO"
"""What marks a value that a person must give, in the value or in a comment behind it."""

_WIDTH = 120

_HEAD = Bilingual(
    """\
A draft, proposed from the words of the procedure. Look at each fact beside its clause:
right: remove its line `proposed`; wrong: correct it, or remove the fact.
{open} marks what the procedure does not say. Remove `status: draft` to publish.""",
    """\
草稿，由办法正文推断而来。请对照条款逐条查看：
对的，删去 proposed 一行；不对的，改正，或者删去整个条目。
{open} 是正文没有写、需要您补上的内容。删去 status: draft 即可发布。""",
).filled(open=OPEN)

_ASKED = {
    "effective_from": Bilingual("the day it takes effect", "施行日期"),
    "name": Bilingual("the organisation's name", "单位名称"),
    "checked": Bilingual("is this the organisation's name?", "单位名称是否正确？"),
    "prefix": Bilingual("2 to 4 capitals for the references", "编号的前缀，2 至 4 个大写字母"),
    "mailbox": Bilingual("who is told of new filings", "接收新投诉通知的邮箱"),
    "timezone": Bilingual("the time zone, such as Europe/London", "时区"),
    "calendar": Bilingual("whose public holidays, such as GB-ENG", "采用哪里的节假日"),
    "law": Bilingual("the privacy law: gdpr, uk-gdpr, pipl or none", "适用的个人信息法律"),
    "contact": Bilingual("the address for questions on privacy", "个人信息事务的联系邮箱"),
    "purpose": Bilingual("what the data are used for", "处理目的"),
    "method": Bilingual("how they are kept and who reads them", "处理方式"),
    "data": Bilingual("which data", "个人信息的种类"),
    "retention_years": Bilingual("for how many years filings are kept", "投诉记录保存几年"),
}


def draft_yaml(
    organisation: str,
    language: ProposalLanguage,
    declared: Declared,
    proposals: tuple[ProposedFact, ...],
) -> str:
    """The text of policy.yaml for a draft."""
    root = CommentedMap()
    root.yaml_set_start_comment(_HEAD.words(language))
    root["id"] = organisation
    root["status"] = "draft"
    if language != "zh-CN":
        root["language"] = language
    root["version"] = DoubleQuotedScalarString("1")
    _set(
        root,
        "effective_from",
        declared.effective_from or OPEN,
        language,
        bool(declared.effective_from),
    )
    if declared.effective_clause:
        root["effective_clause"] = DoubleQuotedScalarString(declared.effective_clause)
    root["title"] = declared.title or OPEN
    root["source"] = declared.title or OPEN
    root["organisation"] = _organisation(language, declared)
    root["privacy"] = _privacy(language, declared)
    for name in LISTS:
        own = [one for one in proposals if one.list == name]
        if own:
            root[name] = _listed(own, language)
    stream = StringIO()
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(root, stream)
    return stream.getvalue()


def _organisation(language: ProposalLanguage, declared: Declared) -> CommentedMap:
    data = CommentedMap()
    data["name"] = declared.name or f"{OPEN} {_ASKED['name'].words(language)}"
    _ask(data, "name", language, "checked" if declared.name else "name")
    _set(data, "prefix", OPEN, language)
    _set(data, "mailbox", OPEN, language)
    if declared.for_staff:
        data["audience"] = "staff"
    if language == "en":
        _set(data, "timezone", OPEN, language)
        _set(data, "calendar", OPEN, language)
        data["counting"] = "plain"
    return data


def _privacy(language: ProposalLanguage, declared: Declared) -> CommentedMap:
    data = CommentedMap()
    if language == "en":
        _set(data, "law", OPEN, language)
    data["handler"] = declared.name or f"{OPEN} {_ASKED['name'].words(language)}"
    _ask(data, "handler", language, "checked" if declared.name else "name")
    _set(data, "contact", OPEN, language)
    for key in ("purpose", "method", "data"):
        data[key] = f"{OPEN} {_ASKED[key].words(language)}"
    _set(data, "retention_years", OPEN, language)
    return data


def _set(
    data: CommentedMap, key: str, value: Any, language: ProposalLanguage, known: bool = False
) -> None:
    """Sets a value; one that is not known is a stand-in, with a comment that asks for it."""
    data[key] = value
    if not known:
        _ask(data, key, language, key)


def _ask(data: CommentedMap, key: str, language: ProposalLanguage, asked: str) -> None:
    data.yaml_add_eol_comment(f"{OPEN}: {_ASKED[asked].words(language)}", key)


def _listed(proposals: list[ProposedFact], language: ProposalLanguage) -> CommentedSeq:
    listed = CommentedSeq()
    for index, one in enumerate(proposals):
        listed.append(_plain(one.entry))
        if one.unsure is not None:
            doubt = " ".join(one.unsure.words(language).split())
            listed.yaml_set_comment_before_after_key(index, before=f"unsure: {doubt}", indent=2)
    return listed


def _plain(value: Any, key: str = "") -> Any:
    """A value with the quotes that YAML wants: a clause number is words."""
    if isinstance(value, dict):
        data = CommentedMap()
        for name, inner in value.items():
            data[name] = _plain(inner, name)
        return data
    if isinstance(value, list | tuple):
        return CommentedSeq([_plain(inner, key) for inner in value])
    if isinstance(value, str) and key in ("clause", "value", "proposed", "says", "hours"):
        return DoubleQuotedScalarString(value)
    return value
