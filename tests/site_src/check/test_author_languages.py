"""Findings, reports and hints are in Chinese and in English, and say what to write."""

import ast
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from typer.testing import CliRunner

from cli.app import app
from site_src import places
from site_src.authoring.diff import _NOUNS, _WHOLE
from site_src.authoring.difference import CHINESE_NOUNS
from site_src.bilingual import Bilingual, language_of
from site_src.check.meaning.messages import FINDING_MESSAGES
from site_src.check.organisation import read_all
from site_src.check.report import report
from site_src.places import ROOT
from site_src.policy.finding import FindingCode
from site_src.policy.mistakes.refusals import OF_TYPE, OWN, in_chinese
from tests.helpers.places import EXAMPLES

CHINESE = re.compile("[\u4e00-\u9fff]")
BROKEN = sorted(path for path in (EXAMPLES / "broken").iterdir() if path.is_dir())
REFUSING = (
    *sorted((ROOT / "site_src" / "policy").rglob("*.py")),
    ROOT / "site_src" / "calendar_years.py",
    ROOT / "functions" / "model" / "text.py",
    ROOT / "functions" / "model" / "contract" / "limit.py",
    ROOT / "functions" / "model" / "deadlines" / "calendar.py",
)
"""The modules whose models refuse a value in words of their own."""

PASTE = {
    "limit-not-in-text": "`value: 5, unit: working_day`",
    "duration-unclaimed": '`- {id: …, value: 2, unit: month, from: …, action: …, clause: "2.2"}`',
    "role-not-in-text": "`says: [",
    "contact-unclaimed": "`- {id: …, type: ",
    "clause-unknown": '`clause: "',
    "id-mismatch": "`id: sample`",
}
"""The line to paste that the remedy of each of these codes gives."""


@pytest.mark.parametrize("twin", BROKEN, ids=lambda path: path.name)
def test_every_code_speaks_both_languages(twin: Path) -> None:
    """Each finding of each broken twin has a message and a remedy in either language."""
    _, findings = read_all(twin)
    assert findings
    chinese = report(findings, ("sample",), "text", language="zh-CN").splitlines()
    for finding in findings:
        for words in (finding.message, finding.remedy):
            assert words.en != words.zh
            assert CHINESE.search(words.zh)
            assert "{clause}" not in words.en + words.zh
    assert chinese[-1].startswith("检查了 1 个单位，发现 ")
    remedies = " ".join(one.remedy.zh for one in findings if one.code == twin.name)
    assert PASTE.get(twin.name, "") in remedies


def test_rules_on_meaning_have_the_same_values() -> None:
    """A message of a rule and its Chinese name the same values."""
    assert FINDING_MESSAGES.keys() <= set(get_args(FindingCode))
    for code, (message, chinese, remedy, chinese_remedy) in FINDING_MESSAGES.items():
        assert names(message) == names(chinese), code
        assert names(remedy) == names(chinese_remedy), code


def names(template: str) -> set[str]:
    """The named values of a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def refusals(module: Path) -> Iterator[str]:
    """What a module's models say of a wrong value; each value in it reads `x`."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="ValueError" | "PydanticCustomError"), args=args):
                yield from (text for each in args[-1:] if (text := words(each)))
            case ast.Return(value=ast.expr() as value) if isinstance(value, ast.Constant):
                if isinstance(value.value, str) and " " in value.value and "limits" in module.name:
                    yield value.value
            case ast.Assign(targets=[ast.Name(id="message")], value=ast.Constant(value=str(text))):
                yield text


def words(node: ast.expr) -> str | None:
    """The words of a string or an f-string."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(words(value) or "x" for value in values)
    return None


@pytest.mark.parametrize("module", REFUSING, ids=lambda path: path.name)
def test_what_models_refuse_has_its_chinese(module: Path) -> None:
    """Every message of a model has a Chinese one beside it."""
    assert [text for text in refusals(module) if in_chinese(text) is None] == []


def test_chinese_of_refusals_is_chinese() -> None:
    """No entry of the tables is empty or was left in English."""
    assert all(CHINESE.search(text) for text in (*OF_TYPE.values(), *OWN.values()))


def test_every_subject_of_a_change_has_its_chinese() -> None:
    """`diff` can name everything that changes in Chinese."""
    assert {*_WHOLE.values(), *_NOUNS.values()} <= CHINESE_NOUNS.keys()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-CN"),
    ],
)
def test_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    """LC_ALL goes before LC_MESSAGES, and that before LANG; English unless it is Chinese."""
    assert language_of(environment) == language


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--language goes before the locale; JSON keeps the codes and says its language."""
    shutil.copytree(EXAMPLES / "broken" / "limit-not-in-text", tmp_path / "policies")
    monkeypatch.setattr(places, "POLICIES", tmp_path / "policies")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    runner = CliRunner()
    assert "条款“2.2”没有写 7 working_day。" in runner.invoke(app, ["check"]).output
    english = runner.invoke(app, ["check", "--language", "en"])
    assert english.exit_code == 1
    assert "clause 2.2 does not say 7 working_day." in english.output
    written = json.loads(runner.invoke(app, ["check", "--format", "json"]).stdout)
    assert written["language"] == "zh-CN"
    assert written["findings"][0]["code"] == "limit-not-in-text"
    assert written["findings"][0]["message"] == "条款“2.2”没有写 7 working_day"
    assert runner.invoke(app, ["check", "--language", "fr"]).exit_code == 2


def test_values_of_a_message_are_in_its_language() -> None:
    """A value with words of its own is filled in as words of the same language."""
    inner = Bilingual("Monday", "星期一")
    assert Bilingual("on {day}", "{day}起").filled(day=inner) == Bilingual("on Monday", "星期一起")
