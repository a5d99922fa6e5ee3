"""Several checkouts publish into one site: each its own organisations, and none those of others."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from site_src.errors import RemovalRefused, TargetAhead
from site_src.file_names import POINTERS
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from site_src.receipts.keys import keys_of, write_keys
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    mailbox,
    missing,
    next_version,
    plan,
    record_at,
    wrong_files,
)
from tests.helpers.sample_policies import copied, mend
from tests.site_src.check.test_calendar_rules import OFF, YEAR

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def other(policies: Path) -> Path:
    """A second checkout, with `branch` alone; `policies` has `sample` alone."""
    folder = policies.with_name("other")
    folder.mkdir()
    shutil.move(copied(policies / "sample", "branch"), folder / "branch")
    return folder


def test_each_publishes_its_own(policies: Path, other: Path, target: Target) -> None:
    """Lists, map, pointers and keys have everybody's; neither needs or removes the other's."""
    for folder, id, key in ((policies, "sample", b"1" * 32), (other, "branch", b"2" * 32)):
        write_keys(folder, keys_of(folder).added(key, (id,), AT))
    deploy(policies, target, source="one")
    second = deploy(other, target, source="two")
    assert not any("sample/" in name for name in (*second.files, *second.gone))
    mailbox(policies)
    third = deploy(policies, target, source="one")
    assert not any("branch/" in name for name in (*third.files, *third.gone))
    files = files_at(target)
    assert {*json.loads(files[POINTERS])["organisations"]} == {"branch", "sample"}
    assert {*json.loads(files["keys.json"])} == {"branch", "sample"}
    for name in ("index.html", "sitemap.xml", "changes.xml"):
        assert b"/branch/" in files[name]
        assert b"/sample/" in files[name]
    assert missing(files) == set()
    assert wrong_files(target) == set()
    for folder, source in ((policies, "one"), (other, "two")):
        assert plan(folder, target, source=source).files == ()
    record = record_at(target)
    assert {id: each.source for id, each in record.organisations.items()} == {
        "branch": "two",
        "sample": "one",
    }
    assert [(row["source"], row["by"], row["organisations"]) for row in record.publications] == [
        ("one", "ana@here", ["sample"]),
        ("two", "ana@here", ["branch"]),
        ("one", "ana@here", ["sample"]),
    ]


def test_what_another_source_publishes(policies: Path, other: Path, tmp_path: Path) -> None:
    """An organisation of another source is refused by name, unless it is claimed."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, source="one")
    with pytest.raises(TargetAhead) as refused:
        deploy(policies, target, source="two")
    (reason,) = refused.value.reasons
    assert reason == (
        "sample: published from source one, and this is source two. If it moves here, add "
        "--claim sample."
    )
    shutil.copytree(policies / "sample", other / "sample")
    moved = deploy(other, target, source="two", claimed=("sample",))
    assert not any("sample/" in name for name in moved.files)
    assert {*record_at(target).of("two")} == {"branch", "sample"}
    with pytest.raises(TargetAhead, match="sample: published from source two"):
        deploy(policies, target, source="one")
    shutil.rmtree(policies / "sample")
    assert deploy(policies, target, source="one").gone == ()
    with pytest.raises(RemovalRefused, match="sample is not published at the target from source"):
        deploy(policies, target, source="one", removed=("sample",))


def test_forgotten_source(policies: Path, other: Path, tmp_path: Path) -> None:
    """A deploy without its source's name is refused, and publishes nothing under another."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target)
    deploy(other, target, source="two")
    with pytest.raises(TargetAhead) as refused:
        deploy(other, target)
    assert [reason.partition(":")[0] for reason in refused.value.reasons] == ["branch", "sample"]


def test_each_takes_off_its_own(policies: Path, other: Path, tmp_path: Path) -> None:
    """A source that lacks one of its organisations is refused; `--remove` takes that one off."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, source="one")
    deploy(other, target, source="two")
    shutil.rmtree(other / "branch")
    with pytest.raises(TargetAhead, match="branch: published with version 1, but this checkout"):
        deploy(other, target, source="two")
    done = deploy(other, target, source="two", removed=("branch",))
    assert "branch/index.html" in done.gone
    assert not any("sample/" in name for name in done.gone)
    assert b"/branch/" not in files_at(target)["index.html"]
    assert wrong_files(target) == set()


def test_prefix_of_another_source(policies: Path, other: Path, tmp_path: Path) -> None:
    """Two organisations never share a prefix, whatever checkouts they come from."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, source="one")
    file = other / "branch" / "policy.yaml"
    own = file.read_text("utf-8").partition("prefix: ")[2].partition(",")[0]
    mend(file, f"prefix: {own}", "prefix: SM")
    with pytest.raises(TargetAhead, match="branch: sample, of source one, has the prefix SM, too"):
        deploy(other, target, source="two")


def test_one_source_decides_the_settings(policies: Path, other: Path, tmp_path: Path) -> None:
    """Language, contact and calendars are those of the source that has any; others use them."""
    target = FolderTarget(tmp_path / "www")
    (policies / "site.yaml").write_text("security_contact: security@example.com\n", "utf-8")
    (policies / "calendar").mkdir()
    (policies / "calendar" / "CN-2027.yaml").write_text(YEAR.format(off=OFF, work=""), "utf-8")
    deploy(policies, target, source="one")
    before = files_at(target)
    deploy(other, target, source="two")
    after = files_at(target)
    assert after[".well-known/security.txt"] == before[".well-known/security.txt"]
    calendars = json.loads(before[POINTERS])["calendars"]
    assert json.loads(after[POINTERS])["calendars"] == calendars
    assert plan(policies, target, source="one").files == ()
    (other / "site.yaml").write_text("proof_of_work: true\n", "utf-8")
    with pytest.raises(TargetAhead, match=r"site\.yaml: source one decides the settings"):
        deploy(other, target, source="two")
    deploy(other, target, source="two", claimed=("site.yaml",))
    assert json.loads(files_at(target)[POINTERS])["proof_of_work"] == 1
    with pytest.raises(TargetAhead, match="source two decides the settings"):
        deploy(policies, target, source="one")


def test_one_site_has_one_address(policies: Path, other: Path, tmp_path: Path) -> None:
    """A source that would publish the site at another address is refused."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, source="one")
    with pytest.raises(TargetAhead, match=f"other sources publish this site as {SITE_URL}"):
        deploy(other, target, DAY, "https://elsewhere.example.com", source="two")


def test_source_that_is_behind(policies: Path, other: Path, target: Target) -> None:
    """Within a source the rules are those of a site with one: a version is never taken back."""
    behind = policies.with_name("behind")
    shutil.copytree(policies, behind)
    deploy(other, target, source="two")
    next_version(policies)
    deploy(policies, target, source="one")
    with pytest.raises(TargetAhead, match="sample: version 2 is published, but this checkout"):
        deploy(behind, target, source="one")
