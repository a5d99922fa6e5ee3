"""Data for programs: sitemap, feeds, JSON-LD, head links and security.txt."""

import json
import re
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.model.text import Text
from site_src.authoring.diff import _NOUNS, _WHOLE
from site_src.errors import PoliciesRejected
from site_src.file_names import address
from site_src.languages import site_languages
from site_src.places import POLICIES
from site_src.policy.model.filing import KindFact
from site_src.publish.build import build
from site_src.render.data.feed import NOUNS
from site_src.render.data.sitemap import add_sitemap
from site_src.render.pages.organisation_list import ListedOrganisation
from site_src.site_files import SiteFiles
from site_src.site_settings import Operator, read_operator, security_txt
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import next_version

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all policies at its public address."""
    out = tmp_path_factory.mktemp("public")
    build(POLICIES, out, date(2026, 3, 2), SITE_URL)
    return out


def test_sitemap_has_every_page(site: Path) -> None:
    """The sitemap lists every page once with the same page in each language."""
    root = fromstring((site / "sitemap.xml").read_bytes())
    pages = {
        SITE_URL + address(path.relative_to(site).as_posix()) for path in site.rglob("index.html")
    }
    assert root.tag == f"{MAP}urlset"
    assert sorted(url.findtext(f"{MAP}loc", "") for url in root) == sorted(pages)
    for url in root:
        links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        assert links.keys() == {"zh-CN", "en", "x-default"}
        assert set(links.values()) <= pages
        assert url.findtext(f"{MAP}loc") in links.values()
    assert f"Sitemap: {SITE_URL}/sitemap.xml" in (site / "robots.txt").read_text()


def test_sitemap_leaves_out_forms_that_are_gone() -> None:
    """The pages that stand where the forms of a closed organisation were are not for searching."""
    listed = ListedOrganisation(
        "a",
        Text("甲"),
        Text("办法"),
        (KindFact(id="complaint", name=Text("投诉"), clause="1"),),
        closed=True,
    )
    site = SiteFiles()
    for path in ("", "complaint/", "complaint/print/", "guide/", "versions/1/"):
        for prefix in ("", "/en"):
            site.page(f"{prefix}/a/{path}", "")
    add_sitemap(
        site, site.files, SITE_URL, site_languages(), not_searched=listed.pages_not_searched
    )
    found = [url.findtext(f"{MAP}loc", "") for url in fromstring(site.files["sitemap.xml"])]
    assert sorted(found) == sorted(
        f"{SITE_URL}{prefix}/a/{path}" for path in ("", "versions/1/") for prefix in ("", "/en")
    )


def test_sitemap_is_split() -> None:
    """Too many addresses for one sitemap are split into parts, which an index lists."""
    made = SiteFiles()
    for number in range(3):
        for prefix in ("", "/en"):
            made.page(f"{prefix}/{number}/", "")
    add_sitemap(made, made.files, SITE_URL, site_languages(), most=4)
    index = fromstring(made.files["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    parts = [part.findtext(f"{MAP}loc", "") for part in index]
    assert parts == [f"{SITE_URL}/sitemap-1.xml", f"{SITE_URL}/sitemap-2.xml"]
    assert [len(fromstring(made.files[f"sitemap-{number}.xml"])) for number in (1, 2)] == [4, 2]


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_feeds_are_whole(site: Path, prefix: str) -> None:
    """Each feed has what RFC 4287 requires; ids are unique, and links lead to pages."""
    feeds = [site / prefix / "changes.xml", *(site / prefix).glob("*/changes.xml")]
    assert len(feeds) >= 18
    for path in feeds:
        root = fromstring(path.read_bytes())
        assert root.tag == f"{ATOM}feed"
        entries = root.findall(f"{ATOM}entry")
        for one in (root, *entries):
            for name in ("id", "title", "updated"):
                assert one.findtext(f"{ATOM}{name}"), f"{path}: {name}"
        ids = [one.findtext(f"{ATOM}id", "") for one in (root, *entries)]
        assert len(set(ids)) == len(ids)
        assert all(id.startswith("tag:") for id in ids)
        dates = [one.findtext(f"{ATOM}updated", "") for one in entries]
        assert dates == sorted(dates, reverse=True)
        for link in root.iter(f"{ATOM}link"):
            name = (link.get("href") or "").removeprefix(f"{SITE_URL}/")
            assert (site / name).exists(), name


def test_feed_says_what_is_different(site: Path) -> None:
    """An entry describes the differences in its language, with clauses."""
    for prefix, said in (
        ("", ("新增时限：开展客户满意度调查：每年至少4次（第4.1.8条）", "本站公布的第一个版本。")),
        (
            "en/",
            ("limit added: Survey how satisfied clients are: 4 times a year (clause 4.1.8)",),
        ),
    ):
        content = (site / prefix / "testing-company/changes.xml").read_text(encoding="utf-8")
        for words in said:
            assert words in content


def test_every_noun_of_a_difference_has_words() -> None:
    """The feed has words for every subject of a difference."""
    wanted = {*_WHOLE.values(), *_NOUNS.values(), "organisation", "privacy notice", "closing"}
    assert wanted == set(NOUNS)


def entries(policies: Path, out: Path, day: date) -> dict[str, str]:
    """The title of each entry of the organisation's feed, with when it was updated.

    Neither an entry nor the feed is dated later than the day of the build, and the feed is as new
    as its newest entry.
    """
    build(policies, out, day, SITE_URL)
    feed = fromstring((out / "en" / "sample" / "changes.xml").read_bytes())
    listed = [
        (entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}updated", ""))
        for entry in feed.iter(f"{ATOM}entry")
    ]
    dates = [feed.findtext(f"{ATOM}updated", ""), *(updated for _, updated in listed)]
    assert max(dates) <= f"{day.isoformat()}T00:00:00+08:00"
    assert dates[0] == max(dates[1:])
    return dict(listed)


def test_announced_version_in_the_feed(policies: Path, tmp_path: Path) -> None:
    """An announced version is no entry of the future; on its day it is updated, as its title is."""
    next_version(policies)
    out = tmp_path / "out"
    announced = entries(policies, out, date(2026, 2, 2))
    (title, *_), (updated, *_) = announced.keys(), announced.values()
    assert "version 2 is announced and takes effect on Sunday 1 March 2026" in title
    assert updated == "2026-01-01T00:00:00+08:00"
    assert entries(policies, out, date(2026, 2, 28)) == announced
    begun = entries(policies, out, date(2026, 3, 1))
    (title, *_), (updated, *_) = begun.keys(), begun.values()
    assert "version 2, in force from Sunday 1 March 2026" in title
    assert updated == "2026-03-01T00:00:00+08:00"
    assert entries(policies, out, date(2027, 3, 1)) == begun


def test_history_says_when_a_version_was_announced(policies: Path, tmp_path: Path) -> None:
    """The day in the document's history is when an announced version was updated."""
    next_version(policies)
    line = 'revisions: [{version: "2", date: 2026-01-20, text: 修订}]\n'
    path = policies / "sample" / "policy.yaml"
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    assert [*entries(policies, tmp_path / "out", date(2026, 2, 2)).values()] == [
        "2026-01-20T00:00:00+08:00",
        "2026-01-01T00:00:00+08:00",
    ]
    begun = entries(policies, tmp_path / "out", date(2026, 3, 2))
    assert next(iter(begun.values())) == "2026-03-01T00:00:00+08:00"


def test_first_version_is_not_of_the_future(policies: Path, tmp_path: Path) -> None:
    """A first version that takes effect later is dated as of the build, until its day."""
    (updated,) = entries(policies, tmp_path / "out", date(2025, 12, 1)).values()
    assert updated == "2025-12-01T00:00:00+08:00"
    (updated,) = entries(policies, tmp_path / "out", date(2026, 1, 2)).values()
    assert updated == "2026-01-01T00:00:00+08:00"


def data(path: Path) -> dict[str, object]:
    """The JSON-LD of a page."""
    html = path.read_text(encoding="utf-8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    read = json.loads(block)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-CN"), ("en/", "en")])
def test_structured_data_says_the_facts(site: Path, prefix: str, language: str) -> None:
    """The forms are the organisation's contact points; numbers are those of policy.json."""
    for path in (site / prefix).glob("*/policy.json"):
        policy = json.loads(path.read_text(encoding="utf-8"))
        said: dict[str, object] = data(path.parent / "index.html")
        home = f"{SITE_URL}/{prefix}{policy['id']}/"
        about, mentions = said["about"], said["mentions"]
        assert isinstance(about, dict)
        assert isinstance(mentions, list)
        assert (said["url"], said["inLanguage"]) == (home, language)
        assert said["version"] == policy["version"]
        # Without a language in its address, policy.json is in the policy's own.
        if prefix or policy["language"] == language:
            assert about["name"] == policy["organisation"]["name"]
        assert [point["url"] for point in about["contactPoint"]] == [
            f"{home}{kind['id']}/" for kind in policy["kinds"]
        ]
        told = [
            point.get("telephone") or point.get("email") or point["faxNumber"] for point in mentions
        ]
        channels = [
            one for one in policy["channels"] if one["type"] in ("telephone", "email", "fax")
        ]
        assert told == [one["value"] for one in channels if one["value"]]


def test_index_lists_its_organisations(site: Path) -> None:
    """The list in the data is the list on the page."""
    entity = data(site / "en" / "index.html")["mainEntity"]
    assert isinstance(entity, dict)
    urls = [item["url"] for item in entity["itemListElement"]]
    assert urls == [
        f"{SITE_URL}/en/{path.name}/" for path in sorted(POLICIES.iterdir()) if path.is_dir()
    ]


def test_every_page_says_where_it_stands(site: Path) -> None:
    """Canonical address, languages and preview are full addresses of existing files."""
    for path in site.rglob("index.html"):
        html = path.read_text(encoding="utf-8")
        own = SITE_URL + address(path.relative_to(site).as_posix())
        canonical = re.findall(r'rel="canonical" href="([^"]+)"', html)
        if "/versions/" not in own:
            assert canonical == [own]
        links = [*canonical, *re.findall(r'hreflang="[^"]+" href="(http[^"]+)"', html)]
        links += re.findall(r'property="og:(?:url|image)" content="([^"]+)"', html)
        assert len(links) == 6
        for link in links:
            assert (site / link.removeprefix(f"{SITE_URL}/")).exists(), link


def test_security_txt() -> None:
    """security.txt (RFC 9116) has contact, expiry within a year, languages and its own address."""
    operator = Operator(security_contact="security@ombud.example.com")
    assert (
        security_txt(operator, SITE_URL, date(2026, 11, 24))
        == (
            "Contact: mailto:security@ombud.example.com\n"
            "Expires: 2027-05-01T00:00:00Z\n"
            "Preferred-Languages: zh-CN, en\n"
            f"Canonical: {SITE_URL}/.well-known/security.txt\n"
        ).encode()
    )
    page = Operator.model_validate({"security_contact": "https://ombud.example.com/security"})
    written = security_txt(page, SITE_URL, date(2026, 1, 1)) or b""
    assert b"Contact: https://ombud.example.com/security\n" in written
    assert security_txt(Operator(), SITE_URL, date(2026, 1, 1)) is None


def test_security_txt_of_a_site(policies: Path, tmp_path: Path) -> None:
    """Without a contact, the build reports that there is no file; a later contact adds it."""
    out = tmp_path / "dist"
    file = out / ".well-known" / "security.txt"
    runner = CliRunner()
    said = runner.invoke(cli.app, ["build", "--out", str(out)])
    assert "has no security_contact" in said.output
    assert not file.exists()
    (policies / "site.yaml").write_text("security_contact: a@b.example.com\n", encoding="utf-8")
    said = runner.invoke(cli.app, ["build", "--out", str(out)])
    assert "security_contact" not in said.output
    assert file.read_text().startswith("Contact: mailto:a@b.example.com\n")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("security_contact: nobody", "wrong-value"),
        ("security_contact: http://b.example.com/", "wrong-value"),
        ("language: fr", "wrong-value"),
        ("language: zh", "wrong-value"),
        ("proof_of_work: hard", "wrong-value"),
        ("proof_of_work: 11", "wrong-value"),
        ("proof_of_work: -1", "wrong-value"),
        ("security: a@b.example.com", "unknown-key"),
        ("security_contact: [", "yaml-syntax"),
    ],
)
def test_site_yaml_that_will_not_do(tmp_path: Path, content: str, code: str) -> None:
    """An invalid site.yaml is a finding with file and line, and nothing is built."""
    (tmp_path / "site.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PoliciesRejected) as caught:
        read_operator(tmp_path)
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize(
    ("value", "effort"), [("true", 1), ("1", 1), ("10", 10), ("false", None), ("0", None)]
)
def test_proof_of_work_is_a_switch_or_an_effort(
    tmp_path: Path, value: str, effort: int | None
) -> None:
    """`true` means the usual effort, a number multiplies it; by default there is none."""
    assert read_operator(tmp_path).effort is None
    (tmp_path / "site.yaml").write_text(f"proof_of_work: {value}\n", encoding="utf-8")
    assert read_operator(tmp_path).effort == effort
