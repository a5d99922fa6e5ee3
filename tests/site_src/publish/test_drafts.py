"""Drafts and organisations with findings are left out; the rest is built and published."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected
from site_src.file_names import POINTERS
from site_src.publish.build import build, build_local, build_part
from site_src.publish.targets.folder import FolderTarget
from site_src.receipts.keys import PublishedKeys
from tests.conftest import SITE_URL
from tests.helpers.places import EXAMPLES
from tests.helpers.publishing.checkouts import deploy, files_at, plan, record_at
from tests.helpers.sample_policies import copied, mend, tree, write

DAY = date(2026, 3, 2)
KEYS = PublishedKeys({})
UNREADABLE = [
    path.name
    for path in sorted((EXAMPLES / "broken").iterdir())
    if path.name
    in {
        *("base-unknown", "file-encoding", "file-missing", "id-taken", "missing-key"),
        "prefix-taken",
        *("reference-unknown", "too-long", "unknown-key", "wrong-value"),
        *("yaml-duplicate", "yaml-syntax"),
    }
]
"""The twins that no page can be drawn of, whatever else is right in them."""


@pytest.fixture
def two(policies: Path) -> Path:
    """Two organisations with the same procedure."""
    copied(policies / "sample", "branch")
    return policies


def draft(policies: Path, id: str = "branch") -> None:
    """Makes an organisation a draft with a fact that nobody has confirmed."""
    file = policies / id / "policy.yaml"
    file.write_text(f"status: draft\n{file.read_text('utf-8')}", "utf-8")
    mend(file, "{id: answer, value: 5,", "{proposed: 5 个工作日内, id: answer, value: 5,")


def finished(policies: Path, id: str = "branch") -> None:
    """Confirms the fact and takes the status off."""
    mend(policies / id / "policy.yaml", "status: draft\n", "")
    mend(policies / id / "policy.yaml", "proposed: 5 个工作日内, ", "")


def wrong(policies: Path, id: str = "branch") -> None:
    """Gives an organisation a finding."""
    mend(policies / id / "policy.yaml", "value: 5", "value: 7")


def local(policies: Path, out: Path) -> dict[str, list[str]]:
    """Builds for this machine; returns the codes of what was left out."""
    built = build_local(policies, out, SITE_URL, KEYS)
    return {id: [one.code for one in found] for id, found in built.left_out.items()}


def current(out: Path) -> set[str]:
    """The organisations that the functions take filings for."""
    return set(json.loads((out / POINTERS).read_text())["organisations"])


def public(out: Path) -> dict[str, bytes]:
    """The files that visitors can get, with the pointers."""
    return {
        name: content
        for name, content in tree(out).items()
        if not name.startswith(("contracts/", "assets/")) or name == POINTERS
    }


def test_draft_is_refused_by_name(two: Path, tmp_path: Path) -> None:
    """Neither `build` nor `deploy` takes a draft, and nothing is written."""
    draft(two)
    for publish in (
        lambda: build(two, tmp_path / "dist", DAY, SITE_URL),
        lambda: deploy(two, FolderTarget(tmp_path / "www"), DAY, SITE_URL),
    ):
        with pytest.raises(PoliciesRejected) as rejected:
            publish()
        assert [(one.organisation, one.code) for one in rejected.value.findings] == [
            ("branch", "draft"),
            ("branch", "fact-proposed"),
        ]
    assert not (tmp_path / "dist").exists()
    assert not (two / "published.json").exists()


def test_draft_is_drawn_here(two: Path, tmp_path: Path) -> None:
    """Each page says that it is a draft and what is left to do, in the page's language."""
    out = tmp_path / "dist"
    draft(two)
    assert local(two, out) == {}
    for prefix, title, confirm in (
        ("", "草稿：未公布", "要确认：1 项"),
        ("en/", "Draft: not published", "To confirm: 1"),
    ):
        pages = [*(out / prefix / "branch").rglob("*.html")]
        assert len(pages) > 5
        for page in pages:
            words = page.read_text("utf-8")
            assert words.count(title) == 2, page  # as the name of the section, and in it
            assert confirm in words
            assert "noindex" in words
        procedure = (out / prefix / "branch" / "procedure" / "index.html").read_text("utf-8")
        clause = procedure.index('id="clause-2.2"'), procedure.index('id="clause-2.3"')
        said = "还没有人确认" if not prefix else "nobody has confirmed"
        assert said in procedure[slice(*clause)]
        assert said not in procedure[clause[1] :]
        index = (out / prefix / "index.html").read_text("utf-8")
        assert f'<span class="tag">{"Draft" if prefix else "草稿"}</span>' in index
    assert "Draft" not in (out / "sample" / "index.html").read_text("utf-8")
    assert b"/branch/" not in (out / "sitemap.xml").read_bytes()
    assert current(out) == {"branch", "sample"}


def test_marks_are_in_no_data(two: Path, tmp_path: Path) -> None:
    """Neither the policy for programs nor a contract has the keys of drafts."""
    draft(two)
    local(two, tmp_path / "dist")
    for name, content in tree(tmp_path / "dist").items():
        if name.endswith(".json") and not name.endswith("openapi.json"):
            assert b'"proposed"' not in content, name
            assert b'"status":"draft"' not in content, name


def test_what_is_still_to_do_is_drawn(two: Path, tmp_path: Path) -> None:
    """Words that are missing stand on the page as TODO; other values have a stand-in."""
    draft(two)
    file = two / "branch" / "policy.yaml"
    text = file.read_text("utf-8").replace("effective_from: 2026-01-01", "effective_from: TODO")
    file.write_text(text.replace("purpose: 受理投诉", "purpose: TODO"), "utf-8")
    assert local(two, tmp_path / "dist") == {}
    form = (tmp_path / "dist" / "branch" / "complaint" / "index.html").read_text("utf-8")
    assert "TODO" in form
    assert "privacy.purpose" in form
    places = [one.field for one in read_all(two)[1] if one.code == "value-missing"]
    assert places == ["effective_from", "privacy.purpose"]


def test_draft_becomes_published_and_back(two: Path, tmp_path: Path) -> None:
    """Each state is as if built from nothing; a published site never keeps a draft's page."""
    out = tmp_path / "dist"
    build(two, out, DAY, SITE_URL)
    before = public(out)
    draft(two)
    local(two, out)
    assert "草稿" in (out / "branch" / "index.html").read_text("utf-8")
    built = build_part(two, out, SITE_URL, day=DAY)
    assert {id: len(found) for id, found in built.left_out.items()} == {"branch": 2}
    assert not (out / "branch").exists()
    assert not (out / "contracts" / "directory" / "branch.json").exists()
    assert current(out) == {"sample"}
    assert b"/branch/" not in (out / "index.html").read_bytes()
    local(two, out)
    finished(two)
    build(two, out, DAY, SITE_URL)
    assert public(out) == before


def test_mended_draft_is_drawn_again(two: Path, tmp_path: Path) -> None:
    """A draft that cannot be read keeps its last pages until it can, and others are rebuilt."""
    out = tmp_path / "dist"
    draft(two)
    local(two, out)
    before = (out / "branch" / "index.html").read_bytes()
    file = two / "branch" / "policy.yaml"
    good = file.read_text("utf-8")
    file.write_text(f"{good}\nkinds：x\n", "utf-8")
    mend(two / "sample" / "policy.yaml", "title: {zh-CN: ", "title: {zh-CN: 新的")
    assert local(two, out) == {"branch": ["yaml-syntax"]}
    assert (out / "branch" / "index.html").read_bytes() == before
    assert "新的" in (out / "sample" / "index.html").read_text("utf-8")
    file.write_text(good, "utf-8")
    assert local(two, out) == {}


@pytest.mark.parametrize(
    "twin", sorted(path.name for path in (EXAMPLES / "broken").iterdir() if path.is_dir())
)
def test_any_finding_of_a_draft_leaves_the_rest(tmp_path: Path, twin: str) -> None:
    """A draft with any finding is drawn, or left out with its findings; nothing else stops."""
    policies, out = tmp_path / "policies", tmp_path / "dist"
    shutil.copytree(EXAMPLES / "broken" / twin, policies)
    file = policies / "sample" / "policy.yaml"
    if file.is_file() and not file.read_bytes().startswith(b"status"):
        file.write_bytes(b"status: draft\n" + file.read_bytes())
    left_out = local(policies, out)
    assert ("sample" in left_out) == (twin in UNREADABLE), left_out
    assert (out / "sample").exists() != (twin in UNREADABLE)


def test_draft_takes_no_prefix(two: Path, tmp_path: Path) -> None:
    """With the prefix of another organisation, the draft alone has the finding."""
    draft(two)
    file = two / "branch" / "policy.yaml"
    own = file.read_text("utf-8").partition("prefix: ")[2].partition(",")[0]
    mend(file, f"prefix: {own}", "prefix: SM")
    found = {(one.organisation, one.code) for one in read_all(two)[1]}
    assert found == {("branch", code) for code in ("draft", "fact-proposed", "prefix-taken")}
    assert [*local(two, tmp_path / "dist")] == ["branch"]
    assert current(tmp_path / "dist") == {"sample"}
    assert not (tmp_path / "dist" / "branch").exists()


def test_draft_is_no_base(two: Path) -> None:
    """A policy cannot be published with the clauses of a draft."""
    write(two, "derived", 'extends: {policy: branch, version: "1"}\n', "# 投诉办法\n")
    assert read_all(two)[1] == ()
    draft(two)
    found = [one for one in read_all(two)[1] if one.organisation == "derived"]
    assert [(one.code, one.message.en) for one in found] == [
        ("base-unknown", "the policy to extend is a draft")
    ]


@pytest.mark.parametrize("leave", [draft, wrong])
def test_deploy_keeps_what_it_leaves_out(
    two: Path, tmp_path: Path, leave: Callable[[Path], None]
) -> None:
    """What is published of it stays, file by file and in the list; the rest is renewed."""
    target = FolderTarget(tmp_path / "www")
    deploy(two, target, DAY, SITE_URL)
    before, known = public(tmp_path / "www"), (two / "published.json").read_bytes()
    leave(two)
    mend(two / "sample" / "policy.yaml", "mailbox: help@", "mailbox: post@")
    done = deploy(two, target, DAY, SITE_URL, keep_going=True)
    assert done.left_out.keys() == {"branch"}
    assert done.changes == ()
    assert (two / "published.json").read_bytes() == known
    assert public(tmp_path / "www") == before
    assert plan(two, target, DAY, SITE_URL, keep_going=True).files == ()
    again = deploy(two, target, DAY, SITE_URL, keep_going=True)
    assert (again.files, again.gone) == ((), ())
    assert "branch" in record_at(target).organisations


def test_deploy_publishes_nothing_of_a_new_draft(two: Path, tmp_path: Path) -> None:
    """No file of it reaches the target, contracts included, and no list names it."""
    draft(two)
    done = deploy(two, FolderTarget(tmp_path / "www"), DAY, SITE_URL, keep_going=True)
    assert done.left_out.keys() == {"branch"}
    only = tmp_path / "only"
    shutil.copytree(two, only)
    shutil.rmtree(only / "branch")
    (only / "published.json").unlink()
    deploy(only, FolderTarget(tmp_path / "other"), DAY, SITE_URL)
    assert files_at(FolderTarget(tmp_path / "www")) == files_at(FolderTarget(tmp_path / "other"))
    assert set(json.loads((two / "published.json").read_text())) == {"sample"}
    finished(two)
    assert deploy(two, FolderTarget(tmp_path / "www"), DAY, SITE_URL).left_out == {}
    assert (tmp_path / "www" / "branch" / "index.html").is_file()
