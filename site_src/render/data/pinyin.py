"""Says how Chinese characters are read, so that people who type Pinyin find them."""

from collections import defaultdict
from collections.abc import Iterable


def readings(texts: Iterable[str]) -> dict[str, str]:
    """The syllables of these texts in Pinyin, each with the characters that are read so in them.

    A syllable has no tone, and ü is written v, as on keyboards. Of a character with more than one
    reading, the word around it decides, such as 重 in 重庆 and in 重大; both may occur.
    """
    # Imported here: its dictionary takes long to read, and only a list that has changed needs it.
    from pypinyin import Style, pinyin

    found: defaultdict[str, set[str]] = defaultdict(set)
    for text in texts:
        # A character at a time, so that each syllable stands beside its own.
        spoken = pinyin(text, style=Style.NORMAL, v_to_u=False, errors=_characters)  # type: ignore[arg-type] # its types know no list
        for character, (sound, *_) in zip(text, spoken, strict=True):
            if sound != character:
                found[sound].add(character)
    return {sound: "".join(sorted(found[sound])) for sound in sorted(found)}


def _characters(others: str) -> list[str]:
    return list(others)
