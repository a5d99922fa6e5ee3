"""Chinese words in Pinyin."""

import pytest

from site_src.render.data.pinyin import pinyin


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        ("示例认可机构", "shi li ren ke ji gou"),
        ("重庆银行", "chong qing yin hang"),
        ("重大投诉", "zhong da tou su"),
        ("旅游", "lv you"),
        ("4S 店", "dian"),
        ("Sample car dealer", ""),
        ("", ""),
    ],
)
def test_words_are_spelt_by_their_meaning(words: str, spelt: str) -> None:
    """The word around a character decides how it is read; only Chinese is spelt."""
    assert pinyin(words) == spelt
