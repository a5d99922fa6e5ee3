"""Clauses as people cite them."""

import pytest

from functions.views.wording.citations import cite, cite_marked
from site_src.compile.messages.vocabulary import words
from site_src.languages import site_languages

SPOKEN = {tongue.language: words(tongue) for tongue in site_languages()}


@pytest.mark.parametrize(
    ("clause", "chinese", "english"),
    [
        ("2.5", "第2.5条", "clause 2.5"),
        ("第五条", "第五条", "Article 5"),
        ("第二十一条", "第二十一条", "Article 21"),
        ("第八条1", "第八条第1项", "Article 8, item 1"),
        ("第七条（一）", "第七条第（一）项", "Article 7(1)"),
        ("第七条（二）3", "第七条第（二）项第3目", "Article 7(2), point 3"),
        ("第三章", "第三章", "Chapter 3"),
        ("二", "第二部分", "Part 2"),
        ("四、1.1", "四、1.1", "Part 4, 1.1"),
        ("四、（二）", "四、（二）", "Part 4, (2)"),
        ("(a)", "第(a)项", "item (a)"),
        ("Rule 3", "Rule 3", "Rule 3"),
    ],
)
def test_a_clause_is_cited_as_people_write_it(clause: str, chinese: str, english: str) -> None:
    """第五条 is no clause 第五条, and an English page writes its number in digits."""
    assert cite(SPOKEN["zh-CN"], clause) == chinese
    assert cite(SPOKEN["en"], clause) == english


def test_the_word_of_a_mark_is_for_screen_readers() -> None:
    """A mark on a page shows the bare number; what it is, is read out."""
    assert cite_marked(SPOKEN["en"], "2") == "clause 2"
    assert cite_marked(SPOKEN["zh-CN"], "2") == "第2条"
    assert cite_marked(SPOKEN["en"], "2.5") == '<span class="sr">clause </span>2.5'
    assert cite_marked(SPOKEN["en"], "第五条") == "Article 5"
