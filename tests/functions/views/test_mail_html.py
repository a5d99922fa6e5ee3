"""The two parts of a mail say the same, and the HTML is what mail programs can show."""

import re
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.mail import TO_FILER
from functions.model.pages.slot_template import cut
from functions.views import mail_html
from functions.views.desk.reminder_mail import MOST_LINES, Reading, compose_digest
from functions.views.mail_parts import mail_parts, mail_text
from site_src.looks.palette import DARK, LIGHT
from tests.helpers.mails.reading import html, plain, words_of
from tests.helpers.mails.sample_mails import reminder_lines, sample_case, sample_mails

# fmt: off
_TAGS = frozenset({
    "html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "th", "p", "h1",
    "h2", "ul", "li", "a", "b", "br",
})
"""What all mail programs show. Nothing of it loads, runs or sends anything."""

_PROPERTIES = frozenset({
    "background-color", "border", "border-collapse", "border-left", "border-top", "border-bottom",
    "color", "font-family", "font-size", "font-weight", "line-height", "margin", "max-width",
    "padding", "text-align", "text-decoration", "width", "word-break",
})
# fmt: on
"""What the engine of Word heeds, and `max-width` and `word-break`, which it can do without: a table
of 600 pixels is around the mail, and Word breaks long words itself."""

_CLIPPED = 102_000
"""Gmail cuts off what follows after so many bytes."""


class Elements(HTMLParser):
    """The elements of a page, each with its attributes; the text of style sheets apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        self.found.append((tag, dict(attrs)))


@pytest.fixture(
    params=[
        ("accreditation-body", "appeal", "zh-CN"),
        ("car-dealer", "complaint", "zh-CN"),
        ("data-service", "complaint", "en"),
    ],
    ids=lambda case: case[0],
)
def mails(request: pytest.FixtureRequest, ports: Ports) -> dict[str, EmailMessage]:
    """All mails of an organisation: without a colour of its own, with one, and in English."""
    organisation, kind, language = request.param
    case = sample_case(organisation, kind, ports)
    return dict(sample_mails(case, ports, language))


def test_both_parts_say_the_same(mails: dict[str, EmailMessage]) -> None:
    """Word for word, in the same order; no mark of a template is left in either."""
    for name, mail in mails.items():
        assert mail.get_content_type() == "multipart/alternative", name
        assert words_of(html(mail)) == words_of(plain(mail)), name
        assert re.findall(r"^(?:[@#*=>~]|##) |\n\n\n| \| ", plain(mail), re.MULTILINE) == [], name


def test_nothing_stands_without_content(mails: dict[str, EmailMessage]) -> None:
    """No label without a value, and no heading over nothing."""
    for name, mail in mails.items():
        empty = r"(?:</h2>\s*<(?:h2|/div)|<td[^>]*></td>|<p[^>]*></p>)"
        assert re.findall(empty, html(mail)) == [], name


def test_layout_needs_only_what_word_heeds(mails: dict[str, EmailMessage]) -> None:
    """Tables, styles on each element, text of 16 px or more, and nothing that is fetched."""
    for name, mail in mails.items():
        page = html(mail)
        elements = Elements(page).found
        assert {tag for tag, _ in elements} <= _TAGS, name
        for tag, attributes in elements:
            style = attributes.get("style") or ""
            declared = dict(each.split(":", 1) for each in style.split(";") if each)
            if "mso-hide" in declared:
                assert declared["display"] == "none"
                continue
            assert set(declared) <= _PROPERTIES, (name, tag)
            assert style or "class" not in attributes, (name, tag)
            assert int(declared.get("font-size", "16px").removesuffix("px")) >= 16
            if tag == "table":
                data = 'scope="row"' in page and attributes.get("role") is None
                assert data or attributes["role"] == "presentation"
        assert not re.search(r"url\(|@import|src=|<link", page), name
        assert len(page.encode()) < _CLIPPED / 4, name


def test_links_are_spelled_out(mails: dict[str, EmailMessage]) -> None:
    """Every address that a link leads to can be read, and every address read can be opened."""
    for name, mail in mails.items():
        page = html(mail)
        led = set(re.findall(r'href="([^"]+)"', page))
        assert led == set(re.findall(r">(https?://[^<]+)</a>", page)), name
        assert led <= set(plain(mail).split()) | {
            word.partition("：")[2] for word in plain(mail).split()
        }, name


def test_answer_says_where_to_go_next(ports: Ports) -> None:
    """The mail of an answer names who can be asked next, by clause; other news does not."""
    case = sample_case("accreditation-body", "appeal", ports)
    mails = dict(sample_mails(case, ports, "zh-CN"))
    next_ = "不满意时找谁\n- 授权本机构的指导委员会（第2.7条）\n"
    named = {name for name, mail in mails.items() if next_ in plain(mail)}
    assert named == {"acknowledgement", "update-decision", "update-not_accepted"}


def test_full_digest_is_not_clipped(ports: Ports) -> None:
    """A digest of the most time limits, each with a long link, is shown whole by Gmail."""
    case = sample_case("data-service", "complaint", ports)
    file = open_case(case, ports, ("en",))
    lines = reminder_lines(file, ports) * (MOST_LINES // 3 + 1)
    reading = Reading(file.contract.name, "en", ports.now(), "https://ombud.example.com/desk")
    digest = compose_digest(lines, reading, "a@example.com", "b@example.com", "<1@example.com>")
    assert html(digest).count("border-left:4px") == MOST_LINES
    assert len(html(digest).encode()) < _CLIPPED


def test_preview_has_no_access_code(mails: dict[str, EmailMessage]) -> None:
    """What a locked telephone shows of the acknowledgement opens no case."""
    page = html(mails["acknowledgement"])
    preview = page.partition('aria-hidden="true">')[2].partition("</div>")[0]
    code = re.search(r"(?:查询码|Access code)[:：] ?(\S+)", plain(mails["acknowledgement"]))
    assert code is not None
    assert code[1] in page
    assert code[1] not in preview
    assert preview.count("&zwnj;") == 60


def test_subjects_differ_and_name_the_case(mails: dict[str, EmailMessage]) -> None:
    """Each kind of mail about a case says in its subject what it is, and ends in no name."""
    about = {name: mail for name, mail in mails.items() if mail["Ombud-Reference"]}
    subjects = {name: str(mail["Subject"]) for name, mail in about.items()}
    assert len(set(subjects.values())) == len(subjects)
    for name, mail in about.items():
        assert mail["Ombud-Reference"] in subjects[name]
        assert "李四" not in mail.as_string()


def test_replies_reach_the_organisation_or_nobody(mails: dict[str, EmailMessage]) -> None:
    """Mails to filers name its address if it takes mail; others say that replies are not read."""
    types = {str(mail["Ombud-Mail-Type"]) for mail in mails.values() if mail["Reply-To"]}
    assert types in (set(), set(TO_FILER))
    for mail in mails.values():
        unread = "请勿直接回复" in plain(mail) or "Please do not reply" in plain(mail)
        assert unread == (mail["Reply-To"] is None)


def test_values_are_words() -> None:
    """A value that looks like a heading, a fact or HTML is shown as it is."""
    template = cut("@ A\n# \ue000x\ue001\n= B:  | \ue000y\ue001\n\ue000z\ue001\n## C\n~ D | E\n")
    values = {"x": "# <b>1</b>", "y": "2 | 3", "z": "\ue010= 4\n## 5\n- 6\n  7"}
    parts = mail_parts(template, values)
    assert [(part.sort, part.words) for part in parts] == [
        ("name", "A"),
        ("heading", "# <b>1</b>"),
        ("fact", "2 | 3"),
        ("words", "= 4"),
        ("words", "## 5"),
        ("item", "6"),
        ("note", "D | E"),
    ]
    assert parts[2].label == "B: "
    assert mail_text(parts) == "A\n\n# <b>1</b>\n\nB: 2 | 3\n\n= 4\n\n## 5\n\n- 6\n  7\n\nD | E\n"
    page = mail_html.mail_html(parts, "en", "<x>", None)
    assert "<title>&lt;x&gt;</title>" in page
    assert "# &lt;b&gt;1&lt;/b&gt;</h1>" in page


def test_colours_are_those_of_the_site() -> None:
    """A mail has the paper, the ink and the brand of the pages, in light and dark."""
    light = mail_html.PAPER, mail_html.SHEET, mail_html.INK, mail_html.SOFT, mail_html.LINE
    dark = (
        *(mail_html.DARK_PAPER, mail_html.DARK_SHEET, mail_html.DARK_INK),
        *(mail_html.DARK_SOFT, mail_html.DARK_LINE),
    )
    for palette, colours in ((LIGHT, light), (DARK, dark)):
        assert colours == (palette.paper, palette.sheet, palette.ink, palette.soft, palette.line)
    product = mail_html.PRODUCT_COLOURS
    assert (product.light, product.dark) == (LIGHT.brand, DARK.brand)


def test_organisations_own_colour(ports: Ports) -> None:
    """An organisation's colour is that of its mails: as it is, and lightened for dark programs."""
    case = sample_case("car-dealer", "complaint", ports)
    page = html(dict(sample_mails(case, ports, "zh-CN"))["acknowledgement"])
    assert "border-bottom:3px double #8a1c3a" in page
    assert mail_html.PRODUCT_COLOURS.light not in page
    assert re.search(r"prefers-color-scheme:dark\)\{.*\.brand\{color:#[0-9a-f]{6}!important", page)
