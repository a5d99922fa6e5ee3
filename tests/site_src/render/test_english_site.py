"""A site whose `site.yaml` names English opens in English, and has Chinese below `/zh/`."""

import json
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from site_src.publish.build import build
from tests.conftest import MORNING, SITE_URL
from tests.helpers.english_site import english_policies, english_site
from tests.helpers.sample_policies import tree

PAGES = (
    "",
    "track/",
    "verify/",
    "library/",
    "library/poster/",
    "library/complaint/",
    "library/complaint/print/",
    "library/versions/1/",
    "sample/",
)
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    return english_site(tmp_path_factory.mktemp("english"))


def page(site: Path, path: str) -> str:
    """The page at that path."""
    return (site / path / "index.html").read_text("utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_pages_in_both_languages(english: Path, path: str) -> None:
    """Each page is English without a prefix and Chinese below /zh/; each leads to the other."""
    own, other = page(english, path), page(english, f"zh/{path}")
    assert '<html lang="en">' in own
    assert '<html lang="zh-CN">' in other
    assert f'<a href="/zh/{path}" lang="zh-CN" hreflang="zh-CN">' in own
    assert f'<a href="/{path}" lang="en" hreflang="en">' in other
    assert not (english / "en").exists()


def test_page_for_unknown_addresses(english: Path) -> None:
    """The 404 page of the root is English and names the Chinese one."""
    own = (english / "404.html").read_text("utf-8")
    assert '<html lang="en">' in own
    assert 'href="/zh/"' in own
    assert '<html lang="zh-CN">' in (english / "zh/404.html").read_text("utf-8")


def test_links_between_languages(english: Path) -> None:
    """`hreflang` in pages and sitemap: the address for every other reader is the English one."""
    head = page(english, "zh/library/").split("</head>")[0]
    for language, path in (("en", ""), ("zh-CN", "zh/"), ("x-default", "")):
        address = f"{SITE_URL}/{path}library/"
        assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in head
    assert f'<link rel="canonical" href="{SITE_URL}/zh/library/">' in head
    places = {
        url[0].text: {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        for url in parse(english / "sitemap.xml").getroot()
    }
    assert places[f"{SITE_URL}/zh/track/"] == {
        "en": f"{SITE_URL}/track/",
        "zh-CN": f"{SITE_URL}/zh/track/",
        "x-default": f"{SITE_URL}/track/",
    }


def test_feeds_and_data(english: Path) -> None:
    """Feeds, JSON-LD and `policy.json` at the root are English."""
    feed = parse(english / "library/changes.xml").getroot()
    assert feed.findtext(f"{ATOM}title") == "Sample library"
    entry = feed.find(f"{ATOM}entry/{ATOM}link")
    assert entry is not None
    assert entry.get("href") == f"{SITE_URL}/library/versions/1/"
    data = page(english, "").split('<script type="application/ld+json">')[1].split("</script>")[0]
    listed = json.loads(data)
    assert listed["inLanguage"] == "en"
    items = listed["mainEntity"]["itemListElement"]
    assert [item["url"] for item in items] == [f"{SITE_URL}/library/", f"{SITE_URL}/sample/"]
    facts = json.loads((english / "library/policy.json").read_text("utf-8"))
    assert (facts["language"], facts["decides"]) == ("en", "en")
    chinese = json.loads((english / "zh/library/policy.json").read_text("utf-8"))
    assert (chinese["language"], chinese["decides"]) == ("zh-CN", "en")
    assert json.loads((english / "contracts/current.json").read_text())["language"] == "en"


def test_text_that_decides(english: Path) -> None:
    """English pages of an English procedure say nothing of it; the Chinese ones say that it is."""
    own, other = (page(english, f"{prefix}library/procedure/") for prefix in ("", "zh/"))
    assert "takes precedence" not in own
    assert "以英文原文为准" in other
    assert '<a href="/library/procedure/#text" hreflang="en">英文原文</a>' in other
    assert "the Chinese text takes precedence" in page(english, "sample/procedure/")


def test_facts_without_a_translation(english: Path) -> None:
    """What only the procedure's own language says is marked as that language."""
    translated, own = page(english, "zh/library/procedure/"), page(english, "library/procedure/")
    assert '<span lang="en">Acknowledge the complaint</span>' in translated
    assert '<span lang="zh-CN">' not in own


def test_site_that_changes_its_language(tmp_path: Path) -> None:
    """With another first language every page moves, and none stays at its old address."""
    policies, out = english_policies(tmp_path / "policies"), tmp_path / "site"
    build(policies, out, MORNING.date(), SITE_URL)
    before = tree(out)
    (policies / "site.yaml").unlink()
    build(policies, out, MORNING.date(), SITE_URL)
    assert not (out / "zh").exists()
    assert '<html lang="zh-CN">' in page(out, "library/")
    assert '<html lang="en">' in page(out, "en/library/")
    (policies / "site.yaml").write_text("language: en\n", "utf-8")
    build(policies, out, MORNING.date(), SITE_URL)
    pages = {name for name in tree(out) if not name.startswith(("contracts/", "assets/"))}
    assert pages == {name for name in before if not name.startswith(("contracts/", "assets/"))}
