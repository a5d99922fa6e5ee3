"""Numerals as procedures write them, in digits or in Chinese."""

import cn2an


def numeral(words: str) -> int | None:
    """The number, or None where the characters make none, such as the 百 of 百年."""
    if words.isdigit():
        return int(words)
    try:
        return int(cn2an.cn2an(words.replace("两", "二").replace("〇", "零"), "normal"))
    except ValueError:
        return None
