"""Defines a change that the public sees, and prints changes as text, JSON or HTML."""

import json
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import Field

from functions.model.frozen import Frozen
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.places import TEMPLATES

TEXT_OF = "text of"
"""The noun of a subject that is a clause's text; `called` is then the clause number."""

CHINESE_NOUNS = {
    "version": "版本",
    "in force from": "施行日期",
    "title": "名称",
    "address": "网址",
    "source": "来源",
    "document number": "文号",
    "text that decides": "以哪种文本为准",
    "organisation": "单位",
    "privacy notice": "个人信息告知",
    "closing": "停止受理",
    "kind": "种类",
    "filer": "可以提交的人",
    "representative": "可以代为提交的人",
    "formality": "提交的形式",
    "question": "表单上的问题",
    "channel": "渠道",
    "branch": "网点",
    "role": "角色",
    "level": "级别",
    "category": "类别",
    "route": "由谁受理",
    "step": "步骤",
    "event": "起算的事件",
    "limit": "时限",
    "stop of the clock": "停止计时",
    "length of time": "其他时长",
    "review level": "下一步向哪里提出",
    "fee": "费用",
    "provision": "其他规定",
    "line of the history": "修订记录",
    "text of": "条文",
}
"""Every noun of a subject in Chinese."""

How = Literal["added", "removed", "changed"]


class Subject(Frozen):
    """What a change concerns, in parts: a noun, its name, and the key that differs."""

    noun: str
    called: str | None = None
    key: str | None = None


def described(subject: Subject) -> Bilingual:
    """The subject in words."""
    noun, called, key = subject.noun, subject.called, subject.key
    chinese = CHINESE_NOUNS[noun]
    if noun == TEXT_OF:
        return Bilingual(f"{TEXT_OF} {called}", f"条款“{called}”的条文")
    named = Bilingual(f"{noun} “{called}”", f"{chinese}“{called}”") if called else None
    whole = named or Bilingual(noun, chinese)
    if key is None:
        return whole
    return Bilingual(f"{whole.en}, {key.replace('_', ' ')}", f"{whole.zh}的 {key}")


class Change(Frozen):
    """One change: its subject, the clause, and the old and new side in words.

    `what` is the subject in words of `language`.
    """

    organisation: str
    language: AuthorLanguage = "en"
    what: str
    subject: Subject = Field(exclude=True)
    how: How
    clause: str | None = None
    old: str | None = None
    new: str | None = None

    @property
    def words(self) -> str:
        """The change as a sentence."""
        clause = f", clause {self.clause}" if self.clause else ""
        chinese_clause = f"，条款“{self.clause}”" if self.clause else ""
        match self.how:
            case "added":
                words = Bilingual(
                    f"{self.what} added: {self.new}{clause}",
                    f"新增{self.what}：{self.new}{chinese_clause}",
                )
            case "removed":
                words = Bilingual(
                    f"{self.what} removed: {self.old}{clause}",
                    f"删去{self.what}：{self.old}{chinese_clause}",
                )
            case "changed":
                words = Bilingual(
                    f"{self.what}: {self.old} → {self.new}{clause}",
                    f"{self.what}：{self.old} → {self.new}{chinese_clause}",
                )
        return words.words(self.language)


_NOTHING = Bilingual("The public will see no difference.", "公众看不到任何变化。")
_HOW = {
    "added": Bilingual("added", "新增"),
    "removed": Bilingual("removed", "删去"),
    "changed": Bilingual("changed", "改动"),
}
_TITLE = Bilingual("What will change for the public", "公众将看到的变化")
_COLUMNS = (
    Bilingual("What", "内容"),
    Bilingual("How", "变动"),
    Bilingual("Clause", "条款"),
    Bilingual("Before", "原来"),
    Bilingual("After", "现在"),
)


def changes_as_text(changes: tuple[Change, ...], language: AuthorLanguage) -> str:
    """One line for each change, under the name of its organisation."""
    lines: list[str] = []
    for change in changes:
        heading = f"{change.organisation}:"
        if heading not in lines:
            lines.append(heading)
        lines.append(f"  {change.words}")
    return "\n".join(lines) or _NOTHING.words(language)


def changes_as_json(changes: tuple[Change, ...], _: AuthorLanguage) -> str:
    """The changes as a JSON list; each says its language."""
    content = [change.model_dump(mode="json") | {"words": change.words} for change in changes]
    return json.dumps(content, ensure_ascii=False, indent=1)


def changes_as_html(
    changes: tuple[Change, ...], language: AuthorLanguage, lines: tuple[str, ...] = ()
) -> str:
    """The changes as an HTML page with old and new side by side, and more lines below them."""
    template = Environment(
        loader=FileSystemLoader(TEMPLATES / "reports"), autoescape=True, undefined=StrictUndefined
    ).get_template("diff.html")
    return template.render(
        changes=changes,
        lines=lines,
        language=language,
        title=_TITLE.words(language),
        nothing=_NOTHING.words(language),
        columns=[column.words(language) for column in _COLUMNS],
        how={how: words.words(language) for how, words in _HOW.items()},
    )
