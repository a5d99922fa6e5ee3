"""Chinese characters and their readings in Pinyin."""

import pytest

from site_src.render.data.pinyin import readings


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("重庆银行", {"chong": "重", "hang": "行", "qing": "庆", "yin": "银"}),
        ("重大", {"da": "大", "zhong": "重"}),
        ("旅游", {"lv": "旅", "you": "游"}),
        ("4S 店", {"dian": "店"}),
        ("Sample car dealer", {}),
        ("", {}),
    ],
)
def test_words_are_read_by_their_meaning(words: str, read: dict[str, str]) -> None:
    """The word around a character decides how it is read; only Chinese is spelt."""
    assert readings([words]) == read


def test_character_with_two_readings_is_found_by_both() -> None:
    """Where one text reads 重 as chong and another as zhong, both syllables have it."""
    read = readings(["重庆", "重大"])
    assert read["chong"] == read["zhong"] == "重"
