"""Every catalogue is complete, and the language of a request is chosen correctly."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from pydantic import TypeAdapter, ValidationError

from functions.model.contract.contract import Current
from functions.model.language import FIRST, Language, accepted, chosen, path_prefix
from functions.model.pages.vocabulary import Vocabulary
from functions.web.response import plain_page
from site_src.languages import site_languages
from site_src.places import ROOT
from tests.helpers.pseudolocale import extract

CATALOGUES = sorted((ROOT / "site_src" / "locale").glob("*/LC_MESSAGES/ombud.po"))
PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The messages in the sources and the templates."""
    return extract(tmp_path_factory.mktemp("messages"))


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_message_is_translated(messages: Catalog, catalogue: Path) -> None:
    """A catalogue translates every message with its placeholders; none is obsolete or fuzzy."""
    with catalogue.open("rb") as file:
        known = {message.id: message for message in read_po(file) if message.id}
    wanted = {message.id for message in messages if message.id}
    assert wanted - known.keys() == set()
    assert known.keys() - wanted == set()
    for source, message in known.items():
        assert message.string, source
        assert not message.fuzzy, source
        places, said = set(PLACE.findall(str(source))), set(PLACE.findall(str(message.string)))
        if "month_name" in places:
            places, said = (one - {"month", "month_name"} for one in (places, said))
        assert said == places, source


def test_languages_of_the_site() -> None:
    """Addresses of the first language have no prefix; others have their tag, Chinese `zh`."""
    assert [(tongue.language, tongue.prefix) for tongue in site_languages()] == [
        ("zh-CN", ""),
        ("en", "/en"),
    ]
    assert [(tongue.language, tongue.prefix) for tongue in site_languages("en")] == [
        ("en", ""),
        ("zh-CN", "/zh"),
    ]
    assert path_prefix("pt-BR", FIRST) == "/pt-BR"


@pytest.mark.parametrize("tag", ["en", "zh-CN", "sr-Latn", "zh-Hant-TW", "es-419", "yue"])
def test_tags(tag: str) -> None:
    """A language is a tag of language, script and region in the usual spelling."""
    assert TypeAdapter(Language).validate_python(tag) == tag


@pytest.mark.parametrize("tag", ["", "EN", "zh_CN", "zh-cn", "english", "en/../x", "en\n", "*"])
def test_no_tags(tag: str) -> None:
    """Anything else is refused, because a tag becomes a part of addresses and file names."""
    with pytest.raises(ValidationError):
        TypeAdapter(Language).validate_python(tag)


@pytest.mark.parametrize(
    ("header", "ranges"),
    [
        ("", ()),
        ("en", ("en",)),
        ("en-GB,en;q=0.8,zh-CN;q=0.9", ("en-GB", "zh-CN", "en")),
        ("fr;q=0, en;q=0.001, *;q=0.5", ("en",)),
        ("de ; q=0.5 , fr", ("fr", "de")),
        ("en;q=1.000,zh;q=1", ("en", "zh")),
        ("en;q=high, ;;, <script>, zh", ("zh",)),
        ("-".join(["a"] * 100_000), ()),
    ],
)
def test_accept_language(header: str, ranges: tuple[str, ...]) -> None:
    """Ranges are sorted by weight, then by order; unwanted and unreadable ones are dropped."""
    assert accepted(header) == ranges


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ((), FIRST),
        (("en",), "en"),
        (("EN-gb",), "en"),
        (("de", "en"), "en"),
        (("de",), FIRST),
        (("zh-TW", "en"), "zh-CN"),
        (("zh", "en"), "zh-CN"),
        (("pt-PT", "en"), "pt"),
        (("pt-BR",), "pt-BR"),
        (("e", "en"), "en"),
        (("ent",), FIRST),
    ],
)
def test_chosen_language(wanted: tuple[str, ...], language: str) -> None:
    """The first range that matches a language decides; without a match, the first language."""
    assert chosen(wanted, ("zh-CN", "en", "pt-BR", "pt"), FIRST) == language


def test_language_without_a_match() -> None:
    """Who prefers nothing that is offered gets the site's first language, if it is offered."""
    assert chosen(("de",), ("zh-CN", "en"), "en") == "en"
    assert chosen((), ("zh-CN", "en"), "pt") == FIRST
    assert chosen((), ("en",), "pt") == "en"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ((), "zh-CN"),
        (("zh-TW",), "zh-CN"),
        (("en",), "en"),
        (("fr",), "en"),
        (("fr", "zh"), "zh-CN"),
    ],
)
def test_page_without_a_contract(wanted: tuple[str, ...], language: str) -> None:
    """Without a contract, a request for neither Chinese nor English gets English."""
    assert f'<html lang="{language}">' in bytes(plain_page(503, wanted, FIRST).body).decode()


def test_page_without_a_contract_or_a_wish() -> None:
    """Who prefers no language gets the one that the site opens in."""
    assert '<html lang="en">' in bytes(plain_page(503, (), "en").body).decode()


def test_pages_of_before_a_site_chose() -> None:
    """Stored pages that name no first language of the site lead to where they always did."""
    stored: dict[str, object] = {"messages": {}, "weekdays": (), "months": ()}
    assert Vocabulary.model_validate(stored | {"language": "zh-CN"}).prefix == ""
    assert Vocabulary.model_validate(stored | {"language": "en"}).prefix == "/en"
    assert Vocabulary.model_validate(stored | {"language": "zh-CN", "first": "en"}).prefix == "/zh"
    assert Current.model_validate({"organisations": {}, "site": {}}).language == FIRST
