"""A renamed organisation: one publication moves it, and all of its old addresses lead on."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.serving.starting import own_keys
from functions.model.statistics.figures import Figures
from functions.model.statistics.published import published as statistics_of
from functions.model.statistics.totals import MonthTotal
from site_src.authoring.diff import diff_against
from site_src.authoring.difference import Change
from site_src.authoring.published_site import reader
from site_src.authoring.rename import rename
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected, RemovalRefused, TargetAhead
from site_src.file_names import JOURNAL, POINTERS, PUBLISHED_RECORD, statistics_file
from site_src.policy.editions import read_published
from site_src.publish.build import build
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from site_src.receipts.keys import write_keys
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    missing,
    next_version,
    plan,
    record_at,
    wrong_files,
)
from tests.helpers.publishing.killed import Killed, before_step, die
from tests.helpers.sample_policies import copied, mend, tree


@pytest.fixture
def published(policies: Path, target: Target) -> Target:
    """A target with `branch`, and `sample` in two versions."""
    copied(policies / "sample", "branch")
    next_version(policies)
    deploy(policies, target)
    return target


def entries(feed: bytes) -> list[str]:
    """What tells a reader of feeds that it has shown an entry."""
    return re.findall(r"<entry><id>([^<]+)</id>", feed.decode())


def leads_to(page: bytes) -> str:
    """Where a page leads that has moved, without script, with it, and for search engines."""
    text = page.decode()
    (refresh,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', text)
    assert f'<link rel="canonical" href="{SITE_URL}{refresh}">' in text
    assert f'<a id="moved" href="{refresh}">' in text
    assert '<meta name="robots" content="noindex">' in text
    return str(refresh)


def test_one_publication_moves_it(policies: Path, published: Target) -> None:
    """Versions, files and journal go on under the new id, and no other organisation is touched."""
    before = record_at(published).organisations
    rename(policies, "sample", "northern")
    done = deploy(policies, published)
    after = record_at(published).organisations
    assert {*after} == {"branch", "northern"}
    assert after["branch"] == before["branch"]
    assert after["northern"].versions == before["sample"].versions
    assert after["northern"].states[:-1] == before["sample"].states
    assert not any("branch/" in name for name in (*done.files, *done.gone))
    assert [change.words for change in done.changes] == ["address: /sample/ → /northern/"]
    assert wrong_files(published) == set()
    assert missing(files_at(published)) == set()
    assert plan(policies, published).files == ()
    known = read_published(policies).root
    assert {*known} == {"branch", "northern"}
    assert {*known["northern"]} == {"1", "2"}


def test_old_addresses(policies: Path, published: Target) -> None:
    """Each page that was there leads to the one of today, in its language; data is where it was."""
    before = files_at(published)
    rename(policies, "sample", "northern")
    deploy(policies, published)
    after = files_at(published)
    own = re.compile(r"(en/)?sample/")
    for name in filter(own.match, before):
        moved = name.replace("sample/", "northern/")
        if name.endswith("index.html"):
            assert leads_to(after[name]) == "/" + moved.removesuffix("index.html")
        else:
            assert after[name] == after[moved]
    assert entries(after["changes.xml"]) == entries(before["changes.xml"])
    assert b"/sample/" not in after["sitemap.xml"]
    assert b"/northern/" in after["sitemap.xml"]
    assert b"/sample/" not in after["index.html"]
    current = json.loads(after[POINTERS])
    assert {*current["organisations"]} == {"branch", "sample"}
    assert current["renamed"] == {"sample": ["northern", "sample"]}


def test_again_and_back(policies: Path, published: Target) -> None:
    """Every id that it ever had leads to that of today, which may be one of them."""
    rename(policies, "sample", "northern")
    deploy(policies, published)
    rename(policies, "northern", "western")
    deploy(policies, published)
    files = files_at(published)
    for old in ("sample", "northern"):
        assert leads_to(files[f"en/{old}/complaint/index.html"]) == "/en/western/complaint/"
    rename(policies, "western", "sample")
    deploy(policies, published)
    files = files_at(published)
    for old in ("northern", "western"):
        assert leads_to(files[f"{old}/index.html"]) == "/sample/"
    assert b'action="/cases/sample/complaint"' in files["sample/complaint/index.html"]
    assert {*record_at(published).organisations} == {"branch", "sample"}
    assert record_at(published).organisations["sample"].versions.keys() == {"1", "2"}
    assert wrong_files(published) == set()
    assert plan(policies, published).files == ()


def test_versions_stay_published(policies: Path, published: Target) -> None:
    """A version that was published under the old id cannot change, and the next one follows it."""
    rename(policies, "sample", "northern")
    copy = policies.with_name("changed")
    shutil.copytree(policies, copy)
    mend(copy / "northern" / "procedure.md", "7 个", "9 个")
    mend(copy / "northern" / "policy.yaml", "value: 7", "value: 9")
    with pytest.raises(PoliciesRejected) as rejected:
        deploy(copy, published)
    assert {found.code for found in rejected.value.findings} == {"published-changed"}
    (copy / "published.json").unlink()
    with pytest.raises(TargetAhead, match="northern: version 2 is published with another content"):
        deploy(copy, published)
    deploy(policies, published)


def steps_of(policies: Path, target: Target, twin: Path) -> int:
    """How many files a publication writes, moves and removes."""
    if not isinstance(target, FolderTarget):
        planned = plan(policies, target)
        return len(planned.files) + len(planned.gone)
    shutil.copytree(target.folder, twin)
    shutil.copytree(policies, twin.with_name("twins-policies"))
    with before_step(FolderTarget(twin), -1, die) as done:
        deploy(twin.with_name("twins-policies"), FolderTarget(twin))
    return len(done)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_killed(policies: Path, published: Target, tmp_path: Path, share: float) -> None:
    """Wherever a publication is killed, the site works, and the next one finishes."""
    rename(policies, "sample", "northern")
    steps = steps_of(policies, published, tmp_path / "twin")
    with before_step(published, round(steps * share), die), pytest.raises(Killed):
        deploy(policies, published)
    files = files_at(published)
    assert missing(files) == set()
    for name, content in files.items():
        if name.startswith("sample/") and b"http-equiv" in content:
            assert f"{leads_to(content)}index.html".lstrip("/") in files
    deploy(policies, published)
    assert published.read(JOURNAL) is None
    assert {*record_at(published).organisations} == {"branch", "northern"}
    assert wrong_files(published) == set()
    assert plan(policies, published).files == ()
    build(policies, policies.with_name("whole"), DAY, SITE_URL)
    whole = tree(policies.with_name("whole"))
    del whole[PUBLISHED_RECORD]
    assert whole.items() <= files_at(published).items()


def test_checkout_that_is_behind(policies: Path, published: Target) -> None:
    """Whoever still has the old folder is told that it was renamed, and publishes nothing."""
    behind = policies.with_name("behind")
    shutil.copytree(policies, behind)
    rename(policies, "sample", "northern")
    deploy(policies, published)
    before = files_at(published)
    with pytest.raises(TargetAhead) as refused:
        deploy(behind, published)
    reasons = "\n".join(refused.value.reasons)
    assert "sample: northern, of the source without a name, has or had the id sample" in reasons
    assert "northern: published with version 1, 2, but this checkout has no" in reasons
    assert files_at(published) == before


def test_id_of_another_source(policies: Path, target: Target) -> None:
    """No id is taken that another source's organisation has, or had."""
    other = policies.with_name("other")
    other.mkdir()
    shutil.move(copied(policies / "sample", "branch"), other / "branch")
    deploy(policies, target, source="one")
    deploy(other, target, source="two")
    rename(other, "branch", "sample")
    with pytest.raises(TargetAhead, match="sample: published from source one"):
        deploy(other, target, source="two")
    rename(other, "sample", "branch")
    rename(policies, "sample", "northern")
    deploy(policies, target, source="one")
    rename(other, "branch", "sample")
    with pytest.raises(TargetAhead, match="northern, of source one, has or had the id sample"):
        deploy(other, target, source="two")


def test_moves_to_another_source(policies: Path, target: Target) -> None:
    """An organisation that is renamed where it moves to is claimed by its new id."""
    deploy(policies, target, source="one")
    other = policies.with_name("other")
    shutil.copytree(policies, other)
    rename(other, "sample", "northern")
    with pytest.raises(TargetAhead, match="northern: published from source one"):
        deploy(other, target, source="two")
    deploy(other, target, source="two", claimed=("northern",))
    assert {*record_at(target).organisations} == {"northern"}
    with pytest.raises(TargetAhead, match="northern, of source two, has or had the id sample"):
        deploy(policies, target, source="one")


def test_no_two_become_one(policies: Path, published: Target) -> None:
    """An organisation with cases of its own takes no other's: `closed` is for that."""
    shutil.rmtree(policies / "sample")
    mend(policies / "branch" / "policy.yaml", "id: branch", "id: branch\nrenamed_from: [sample]")
    (policies / "published.json").unlink()
    with pytest.raises(TargetAhead, match="cases of its own, so it cannot be what sample was"):
        deploy(policies, published)


def test_removed_and_renamed(policies: Path, published: Target) -> None:
    """What is renamed is not removed; a removed organisation can come back under another id."""
    rename(policies, "sample", "northern")
    with pytest.raises(RemovalRefused, match="sample is renamed to northern here"):
        deploy(policies, published, removed=("sample",))
    shutil.move(policies / "northern", policies.with_name("kept"))
    deploy(policies, published, removed=("sample",))
    shutil.move(policies.with_name("kept"), policies / "northern")
    with pytest.raises(TargetAhead, match="northern: taken off the site"):
        deploy(policies, published)
    deploy(policies, published, taken_back=("northern",))
    assert {*record_at(published).organisations} == {"branch", "northern"}
    assert wrong_files(published) == set()


def test_build_follows(policies: Path, tmp_path: Path) -> None:
    """The folder of a build follows the checkout, and has the old addresses, too."""
    out = tmp_path / "dist"
    build(policies, out, DAY, SITE_URL)
    rename(policies, "sample", "northern")
    build(policies, out, DAY, SITE_URL)
    assert leads_to((out / "sample" / "index.html").read_bytes()) == "/northern/"
    assert wrong_files(FolderTarget(out)) == set()
    assert build(policies, out, DAY, SITE_URL) == 0
    build(policies, tmp_path / "whole", DAY, SITE_URL)
    whole = tree(tmp_path / "whole")
    del whole[PUBLISHED_RECORD]
    assert whole.items() <= tree(out).items()


def test_diff_tells_of_the_address(policies: Path, tmp_path: Path) -> None:
    """What the public will see is the address and what else differs, and nothing is removed."""
    out = tmp_path / "www"
    deploy(policies, FolderTarget(out))
    rename(policies, "sample", "northern")
    said = [change.words for change in against(policies, out)]
    assert said == ["address: /sample/ → /northern/"]
    deploy(policies, FolderTarget(out))
    assert against(policies, out) == ()
    rename(policies, "northern", "western")
    assert [change.words for change in against(policies, out)] == [
        "address: /northern/ → /western/"
    ]


def against(policies: Path, out: Path) -> tuple[Change, ...]:
    """What `diff --against` says."""
    return diff_against(reader(str(out)), read_all(policies)[0], "en")


def test_keys_and_figures_stay_under_the_first_id(policies: Path, tmp_path: Path) -> None:
    """Receipts of before and after are checked with one key; exported figures are found."""
    rename(policies, "sample", "northern")
    mend(policies / "northern" / "policy.yaml", "kinds:\n", "statistics: {publish: true}\nkinds:\n")
    keys = own_keys(policies, b"1" * 32)
    assert {*keys.root} == {"sample"}
    write_keys(policies, keys)
    figures = tmp_path / "figures"
    figures.mkdir()
    month = MonthTotal(month="2026-02", as_of=datetime(2026, 3, 1, tzinfo=UTC), figures=Figures())
    counted = statistics_of("sample", "Asia/Shanghai", [month], "1")
    statistics_file(figures, "sample").write_text(counted.model_dump_json(), "utf-8")
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, statistics=figures)
    files = files_at(target)
    assert {*json.loads(files["keys.json"])} == {"sample"}
    assert keys.of("sample")[0].kid in files["verify/index.html"].decode()
    assert b"/cases/northern/statistics.json" in files["northern/procedure/index.html"]
    assert plan(policies, target, statistics=figures).files == ()
