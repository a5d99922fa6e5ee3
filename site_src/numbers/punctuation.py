"""Reads ASCII punctuation in Chinese text as the full-width characters that it stands for."""

import re
from functools import lru_cache

from site_src.lazy_patterns import LazyPattern

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_CHINESE = rf"[{_HAN}《》“”‘’、。，；：（）！？【】]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_THOUSANDS = LazyPattern(r"(?<![0-9.])(?<![0-9],)[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")
_BRACKETS = LazyPattern(
    rf"(?P<before>{_CHINESE})?\((?P<inside>[^()\n]*)\)(?P<after>(?={_CHINESE}))?"
)
_MARK = LazyPattern(
    rf"(?<={_CHINESE})[,;:?!]|[,;:?!](?={_CHINESE})"
    r"|(?<=[0-9A-Za-z]),(?=[0-9])"  # 0000-6120055,24小时; thousands are left out
    rf"|(?<=[{_HAN}）])\.(?=[{_HAN}《“]|\s*$)",
    re.MULTILINE,
)


@lru_cache(maxsize=1024)
def wide_punctuation(text: str) -> str:
    """The text with ，；：（）？！。 for ASCII ones beside Chinese characters; offsets stay."""
    if text.isascii():
        return text
    text = _BRACKETS.sub(_wide_brackets, text)
    # A mark may stand beside another: 等候;!
    while (wider := _widened(text)) != text:
        text = wider
    return text


def _wide_brackets(match: re.Match[str]) -> str:
    """Both brackets of a pair, if Chinese stands in or beside them."""
    inside, before = match["inside"], match["before"] or ""
    if before or match["after"] is not None or re.search(f"[{_HAN}]", inside):
        return f"{before}（{inside}）"
    return match[0]


def _widened(text: str) -> str:
    kept = [match.span() for match in _THOUSANDS.finditer(text)]
    return _MARK.sub(
        lambda mark: (
            mark[0] if any(first <= mark.start() < last for first, last in kept) else _WIDE[mark[0]]
        ),
        text,
    )
