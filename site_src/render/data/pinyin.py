"""Spells Chinese words in Pinyin, by which people who type Latin letters find them."""

from functools import cache

from pypinyin import Style, lazy_pinyin


@cache
def pinyin(words: str) -> str:
    """The syllables of the Chinese characters, one blank between them: `shi li ren ke ji gou`.

    What is not Chinese is left out; ü is written v, as on keyboards. Of characters with more than
    one reading, the word around them decides, such as 重 in 重庆 and in 重大.
    """
    syllables = lazy_pinyin(words, style=Style.NORMAL, v_to_u=False, errors="ignore")
    return " ".join(syllables)
