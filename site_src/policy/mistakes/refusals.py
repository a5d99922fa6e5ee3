"""Says in both languages why the model refuses a value."""

import re
from functools import cache

from pydantic_core import ErrorDetails

from functions.model.reference import ALPHABET
from site_src.bilingual import Bilingual

_ID = Bilingual(
    "small letters and digits, hyphens between, such as ask-review",
    "小写字母和数字，中间可用连字符，如 ask-review",
)
_DAY_OF_YEAR = Bilingual("a month and a day, such as 09-30", "月和日，如 09-30")

SHAPES = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": _ID,
    r"^[a-z0-9]+([_-][a-z0-9]+)*$": _ID,
    r"^([a-z0-9]+(-[a-z0-9]+)*|https?://[a-z0-9][^\s<>\"'\\]*)$": Bilingual(
        "the folder of an organisation of this site, such as my-branch, or a web address that "
        "begins with https://",
        "本站另一单位的文件夹名，如 my-branch，或者以 https:// 开头的网址",
    ),
    r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,30}$": Bilingual(
        "letters, digits, dots and hyphens, such as 1 or 2.10",
        "字母、数字、点和连字符，如 1 或 2.10",
    ),
    f"^[{ALPHABET}]{{2,4}}$": Bilingual(
        "2 to 4 capital letters or digits, without I, L, O, U, 0 and 1",
        "2 至 4 个大写字母或数字，不含 I、L、O、U、0、1",
    ),
    "^#[0-9a-f]{6}$": Bilingual(
        "# and six digits or small letters from a to f, such as #1d6f42",
        "# 加六位数字或 a 至 f 的小写字母，如 #1d6f42",
    ),
    r"^[A-Za-z0-9][A-Za-z0-9_\-]*\.(svg|png)$": Bilingual(
        "the name of an .svg or .png file: logo.svg", ".svg 或 .png 文件的名称，如 logo.svg"
    ),
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$": Bilingual(
        "a language, such as en or zh-CN", "语言代码，如 en 或 zh-CN"
    ),
    r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|none)$": Bilingual(
        "the code of a country, such as CN or GB-ENG, or none",
        "国家和地区的代码，如 CN、GB-ENG，或写 none",
    ),
    r"^\d{2}-\d{2}$": _DAY_OF_YEAR,
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": _DAY_OF_YEAR,
}
"""What a value of each pattern consists of."""

_OTHER_SHAPE = Bilingual("other characters", "别的写法")

OF_TYPE = {
    "missing": "缺少这个键",
    "extra_forbidden": "这里没有这个键",
    "string_type": "这里应当是文字",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "int_type": "这里应当是整数",
    "int_parsing": "这里应当是整数",
    "int_from_float": "这里应当是整数，不能有小数",
    "bool_type": "这里应当是 true 或 false",
    "bool_parsing": "这里应当是 true 或 false",
    "greater_than": "这里的数应当大于 {gt}",
    "greater_than_equal": "这里的数不能小于 {ge}",
    "less_than": "这里的数应当小于 {lt}",
    "less_than_equal": "这里的数不能大于 {le}",
    "literal_error": "这里只能写：{expected}",
    "too_short": "至少要有 {min_length} 项，现有 {actual_length} 项",
    "too_long": "最多 {max_length} 项，现有 {actual_length} 项",
    "list_type": "这里应当是列表，每行以“- ”开头",
    "tuple_type": "这里应当是列表，每行以“- ”开头",
    "dict_type": "这里应当是若干“键: 值”",
    "model_type": "这里应当是若干“键: 值”",
    "model_attributes_type": "这里应当是若干“键: 值”",
    "date_type": "这里应当是日期，如 2026-03-01",
    "date_parsing": "这里应当是日期，如 2026-03-01",
    "date_from_datetime_parsing": "这里应当是日期，如 2026-03-01",
    "date_from_datetime_inexact": "这里应当是日期，不带时刻，如 2026-03-01",
    "url_type": "这里应当是网址",
    "url_parsing": "这里应当是网址",
    "url_scheme": "网址应当以 {expected_schemes} 开头",
    "json_invalid": "不是合法的 JSON",
}
"""The Chinese of the library's own messages, with the values of their context."""

OWN = {
    "{value} is a built-in event and needs no entry; choose another id": (
        "{value} 是内置事件，不必另写；请换一个 id"
    ),
    "{value} is nothing that happens; name an event": "{value} 不是会发生的事；请写一个事件",
    "needs an event, or {{later_of: [event, event]}}": (
        "这里应当是一个事件，或者 {{later_of: [事件, 事件]}}"
    ),
    "a question is asked only for an event recorded_by the filer": (
        "只有 recorded_by 为 filer 的事件才写 question"
    ),
    "what a filing is about is recorded_by the filer": (
        "matter 为 true 的事件由提交人说明：recorded_by 要写 filer"
    ),
    "{value} is no day of the year, such as 09-30": "一年中没有 {value} 这一天；写法如 09-30",
    "needs value and unit, or a day of the year under by": (
        "要写 value 和 unit，或者在 by 里写一年中的某一天"
    ),
    "needs from: the event it runs from, or unstated if the clause names none": (
        "要写 from：从哪个事件起算；条款没有写起算点的，写 unstated"
    ),
    "by is a day of the year; remove value and unit": ("by 是一年中的某一天；请删去 value 和 unit"),
    "by is a day of the year; remove recurring, before and extends": (
        "by 是一年中的某一天；请删去 recurring、before 和 extends"
    ),
    "a term has no fixed length: term needs recurring, as in once a term": (
        "学期没有固定长度：term 要与 recurring 同用，表示每学期几次"
    ),
    "every needs recurring: so many times in every so many units": (
        "every 要与 recurring 同用，表示每隔若干单位几次"
    ),
    "a frequency has no end; remove before, extends and not_before": (
        "频次没有截止日；请删去 before、extends 和 not_before"
    ),
    "before says what it ends before; remove from": ("before 已写明在什么之前截止；请删去 from"),
    "each_period needs recurring": "each_period 要与 recurring 同用",
    "from and until are the same event; the clock would never stop": (
        "from 和 until 是同一个事件，计时不会停"
    ),
    "0 is the day of the event itself (当日): only with from, unit day or working_day": (
        "0 表示当日，只能与 from 以及 unit: day 或 working_day 同用"
    ),
    "not_counted leaves out weekdays of a length in days that runs from an event": (
        "not_counted 只用于以日计算、从某个事件起算的期限，写明哪些星期几不算在内"
    ),
    "{value} belongs to law: gdpr or law: uk-gdpr": ("{value} 只在 law 为 gdpr 或 uk-gdpr 时填写"),
    "interests belong to basis: legitimate-interests": (
        "只有 basis 为 legitimate-interests 时才填写 interests"
    ),
    "needs either role or roles: who does it": "role 和 roles 要写其中一个：由谁来做",
    "prevails names the policy's own language, which decides anyway": (
        "prevails 写的就是正文的语言，本来就以它为准"
    ),
    "/{value}/ is an address of the site itself; choose another name": (
        "/{value}/ 是网站自己的网址；请换一个名称"
    ),
    "{value} is not an IANA time zone like Asia/Shanghai": (
        "{value} 不是时区名称；写法如 Asia/Shanghai"
    ),
    "needs a value and a unit, or the day by which it ends": (
        "要写 value 和 unit，或者写明最迟哪一天"
    ),
    "needs words in {language}": "缺少 {language} 的文字",
    "has no words": "没有文字",
    "needs to be one line, without tabs": "应当只有一行，不含制表符",
    'needs hours and minutes, such as "09:00"': '要写几时几分，如 "09:00"',
    "closes before it opens": "下班时间早于上班时间",
    "the breaks are not in order between opening and closing": (
        "休息时段没有按先后排在上下班时间之内"
    ),
    "is closed on every day of the week": "一周七天都不营业",
    "{day} is listed under off and under work": "{day} 既写在 off 里，又写在 work 里",
    "{day} under work is no Saturday or Sunday: it is worked anyway": (
        "work 里的 {day} 不是星期六、星期日，本来就上班"
    ),
    "value is not a valid email address: {reason}": "不是有效的电子邮箱",
}
"""The Chinese of the models' own messages; names in braces stand for any words."""


def refusal(details: ErrorDetails) -> Bilingual:
    """Why a value is refused, without patterns and the words of a programmer."""
    context = details.get("ctx", {})
    if details["type"] == "string_pattern_mismatch":
        shape = SHAPES.get(context["pattern"], _OTHER_SHAPE)
        return Bilingual("needs {shape}", "这里应当是{shape}").filled(shape=shape)
    english = details["msg"].removeprefix("Value error, ")
    if details["type"] in OF_TYPE:
        chinese = OF_TYPE[details["type"]].format(**context)
        return Bilingual(english, chinese.replace("' or '", "'、'").replace("', '", "'、'"))
    return Bilingual(english, in_chinese(english) or f"这里的值不合要求（{english}）")


def in_chinese(english: str) -> str | None:
    """The Chinese of one of the models' own messages, or None if it has none."""
    for template, chinese in OWN.items():
        if match := _pattern(template).fullmatch(english):
            return chinese.format(**match.groupdict())
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    plain = re.escape(template.replace("{{", "\0").replace("}}", "\1"))
    named = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", plain)
    return re.compile(named.replace("\0", r"\{").replace("\1", r"\}"), re.DOTALL)
