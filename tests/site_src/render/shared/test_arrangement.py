"""Trees of marked pages, and the arrangements that are written from them."""

from hypothesis import given
from hypothesis import strategies as st

from functions.model.pages.arrangement import Arrangement, texts_of
from site_src.render.shared.arrange import arrangement
from site_src.render.shared.marked import BEGIN, CLOSE, END, OPEN, PHRASE, TEXT, marked_message
from site_src.render.shared.tree import PageReader, page_tree

PIECES = {
    language: {f"x.{number}": (number, f"<{number} {language}>") for number in range(6)}
    | {f"{PHRASE}0": (6, f"usual words in {language}")}
    for language in ("zh-CN", "en")
}


def marked(language: str, *parts: int | str) -> str:
    """A page of pieces, by number, and of values and marks."""
    said = []
    for part in parts:
        if isinstance(part, int):
            name = f"x.{part}"
            said.append(f"{BEGIN}{name}{TEXT}{PIECES[language][name][1]}{END}")
        else:
            said.append(part)
    return "".join(said)


def plain(page: str) -> str:
    """The page without marks."""
    for number in range(6):
        page = page.replace(f"{BEGIN}x.{number}{TEXT}", "")
    return page.replace(END, "").replace(OPEN, "").replace(CLOSE, "")


def arranged(*pages: tuple[str, str], texts: tuple[dict[str, str], ...] = ()) -> Arrangement:
    """The arrangement of pages, each in Chinese and English."""
    readers = tuple(map(PageReader, PIECES.values()))
    trees = tuple(page_tree(page, readers) for page in pages)
    return arrangement({"complaint": trees}, tuple(PIECES), texts)


def shown(made: Arrangement, language: str, texts: tuple[dict[str, str], ...] = ()) -> list[str]:
    """The pages in a language."""
    pieces = tuple(text for _, text in PIECES[language].values())
    return list(made.pages("complaint", language, texts, pieces))


def test_value_that_is_the_same_in_every_language_is_stored_once() -> None:
    """An address is one value, a name is one in each language."""
    made = arranged(
        (marked("zh-CN", 0, "/a/", 1, "甲"), marked("en", 0, "/a/", 1, "A")),
        (marked("zh-CN", 2, "甲", 3), marked("en", 2, "A", 3)),
    )
    assert made.same == ("/a/",)
    assert made.values == {"zh-CN": ("甲",), "en": ("A",)}
    assert made.kinds["complaint"] == ("0 v0 1 v1", "2 v1 3")


def test_groups_that_differ_in_values_are_one_shape() -> None:
    """A row that stands twice is a shape with what differs as arguments."""
    rows = (OPEN, 0, "a", 1, "same", 2, CLOSE, OPEN, 0, "b", 1, "same", 2, CLOSE)
    made = arranged((marked("zh-CN", *rows), marked("en", *rows)))
    assert made.shapes == ("0 a0 1 v1 2",)
    assert made.kinds["complaint"] == ("s0:v0 s0:v2",)
    assert set(made.same) == {"a", "b", "same"}


def test_text_of_the_contract_is_not_stored_again() -> None:
    """What the contract says is referred to, escaped or as it is."""
    texts = ({"zh-CN": "甲 & 乙", "en": "A & B"},)
    made = arranged(
        (marked("zh-CN", 0, "甲 &amp; 乙"), marked("en", 0, "A &amp; B")),
        (marked("zh-CN", 1, "甲 & 乙"), marked("en", 1, "A & B")),
        texts=texts,
    )
    assert made.kinds["complaint"] == ("0 t0", "1 w0")
    assert shown(made, "en", texts) == ["<0 en>A &amp; B", "<1 en>A & B"]


def test_usual_words_are_a_piece() -> None:
    """A value that says what the site says to everybody is a piece."""
    made = arranged(
        (marked("zh-CN", 0, "usual words in zh-CN"), marked("en", 0, "usual words in en"))
    )
    assert made.kinds["complaint"] == ("0 6",)


def test_languages_may_differ_in_order() -> None:
    """A piece that only one language has at its place is part of a value."""
    chinese, english = marked("zh-CN", 0, 1, "甲", 2), marked("en", 0, "A", 2, 3)
    made = arranged((chinese, english))
    assert shown(made, "zh-CN") == [plain(chinese)]
    assert shown(made, "en") == [plain(english)]


def test_piece_with_other_words_is_a_value() -> None:
    """A piece that was changed after it was marked, such as in JSON, is what it says."""
    page = f"{BEGIN}x.0{TEXT}&lt;0&gt;{END}"
    made = arranged((page, page))
    assert shown(made, "en") == ["&lt;0&gt;"]


PARTS = st.recursive(
    st.integers(0, 5).map(lambda number: (number,)) | st.sampled_from("ab&").map(lambda v: (v,)),
    lambda parts: st.lists(parts, max_size=4).map(
        lambda found: (OPEN, *(each for part in found for each in part), CLOSE)
    ),
    max_leaves=30,
)
PAGES = st.lists(PARTS, max_size=8).map(lambda found: [each for part in found for each in part])


@given(st.lists(st.tuples(PAGES, PAGES), min_size=1, max_size=4))
def test_every_page_is_shown_as_it_was_rendered(
    pages: list[tuple[list[int | str], list[int | str]]],
) -> None:
    """Whatever the pages are, and however their languages differ, nothing is lost or added."""
    rendered = [(marked("zh-CN", *chinese), marked("en", *english)) for chinese, english in pages]
    made = arranged(*rendered)
    assert shown(made, "zh-CN") == [plain(chinese) for chinese, _ in rendered]
    assert shown(made, "en") == [plain(english) for _, english in rendered]


def test_message_is_marked_around_its_values() -> None:
    """What stands before and after a value is a piece each; the value is not."""
    said = marked_message("message.1", "{kind} of %(day)s")
    assert said == f"{{kind}}{BEGIN}message.1.0{TEXT} of {END}%(day)s"


def test_texts_are_in_the_order_of_the_file() -> None:
    """Each text once, without those of the arrangement itself."""
    one, other = {"zh-CN": "甲", "en": "A"}, {"zh-CN": "乙"}
    document = {"name": one, "kinds": [{"x": other, "y": [one]}], "arrangement": {"z": {"en": "Z"}}}
    assert texts_of(document) == (one, other)
