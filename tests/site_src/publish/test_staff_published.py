"""A change of staff.yaml publishes the organisation's directory, and nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest

from functions.adapters.contracts.folder import FolderContracts
from site_src.errors import PoliciesRejected, TargetAhead
from site_src.file_names import PUBLISHED_RECORD
from site_src.publish.build import build, build_part
from site_src.publish.targets.folder import FolderTarget
from site_src.receipts.keys import PublishedKeys
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import deploy
from tests.helpers.sample_policies import SAMPLE_STAFF, copied, entry, staffed, tree, write_staff

DAY = date(2026, 3, 2)
DIRECTORY = "contracts/directory/sample.json"
LIN, LU = "lin.yi@sample.example.com", "lu.min@sample.example.com"


def written(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The names of the files that differ, without the record."""
    differ = {name for name in before | after if before.get(name) != after.get(name)}
    return differ - {PUBLISHED_RECORD}


def test_directory_has_the_staff(policies: Path, tmp_path: Path) -> None:
    """The functions read each person with roles, last day and other names."""
    text = staffed(entry(LIN, "service", until="2026-12-31"), entry(LU, "manager", "service"))
    write_staff(policies / "sample", text)
    build(policies, tmp_path / "dist", DAY, SITE_URL)
    directory = FolderContracts(str(tmp_path / "dist" / "contracts")).directory("sample")
    assert directory is not None
    assert [(one.address, one.roles, one.until) for one in directory.staff] == [
        (LIN, ("service",), date(2026, 12, 31)),
        (LU, ("manager", "service"), None),
    ]
    assert directory.staff[0].is_current(date(2026, 12, 31))
    assert not directory.staff[0].is_current(date(2027, 1, 1))


def test_no_page_names_them(policies: Path, tmp_path: Path) -> None:
    """Neither a page nor a file for programs has a name or an address of the staff."""
    write_staff(policies / "sample")
    build(policies, tmp_path / "dist", DAY, SITE_URL)
    for name, content in tree(tmp_path / "dist").items():
        if name != DIRECTORY:
            for words in ("林怡", "陆敏", "陆经理", LIN, LU):
                assert words.encode() not in content, name


def test_change_writes_the_directory_alone(policies: Path, tmp_path: Path) -> None:
    """The next build sees the file come, change and go, and writes the directory each time."""
    out = tmp_path / "dist"
    copied(policies / "sample", "branch")
    build(policies, out, DAY, SITE_URL)
    bare = tree(out)
    file = write_staff(policies / "sample")
    build(policies, out, DAY, SITE_URL)
    staffed_site = tree(out)
    assert written(bare, staffed_site) == {DIRECTORY}
    assert build(policies, out, DAY, SITE_URL) == 0
    file.write_text(SAMPLE_STAFF.replace("roles: [manager]", "roles: [manager, service]"), "utf-8")
    build(policies, out, DAY, SITE_URL)
    assert written(staffed_site, tree(out)) == {DIRECTORY}
    file.unlink()
    build(policies, out, DAY, SITE_URL)
    assert written(bare, tree(out)) == set()


def test_deploy_uploads_the_directory_alone(policies: Path, tmp_path: Path) -> None:
    """A deploy after a change writes one file, and published digests stay as they are."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target, DAY, SITE_URL)
    published = (policies / "published.json").read_bytes()
    write_staff(policies / "sample")
    done = deploy(policies, target, DAY, SITE_URL)
    assert (done.files, done.gone, done.changes) == ((DIRECTORY,), (), ())
    assert (policies / "published.json").read_bytes() == published
    assert deploy(policies, target, DAY, SITE_URL).files == ()


def test_stale_checkout_is_refused(policies: Path, tmp_path: Path) -> None:
    """A checkout that still has somebody who was removed is behind; a deploy on purpose is not."""
    target = FolderTarget(tmp_path / "www")
    file = write_staff(policies / "sample", staffed(entry(LIN, "service"), entry(LU, "service")))
    deploy(policies, target, DAY, SITE_URL)
    stale = file.read_text(encoding="utf-8")
    write_staff(policies / "sample", staffed(entry(LU, "service")))
    deploy(policies, target, DAY, SITE_URL)
    file.write_text(stale, encoding="utf-8")
    with pytest.raises(TargetAhead) as caught:
        deploy(policies, target, DAY, SITE_URL)
    (reason,) = caught.value.reasons
    assert reason.startswith("sample: the target has a newer state of policies/sample")
    done = deploy(policies, target, DAY, SITE_URL, taken_back=("sample",))
    assert done.files == (DIRECTORY,)


def test_vacant_role_is_found_the_day_after(policies: Path, tmp_path: Path) -> None:
    """No file changes, and still the build after somebody's last day finds the role vacant."""
    out = tmp_path / "dist"
    write_staff(policies / "sample", staffed(entry(LIN, "service", until="2026-03-02")))
    build(policies, out, DAY, SITE_URL)
    assert build(policies, out, DAY, SITE_URL) == 0
    with pytest.raises(PoliciesRejected) as caught:
        build(policies, out, date(2026, 3, 3), SITE_URL)
    assert [finding.code for finding in caught.value.findings] == ["role-vacant"]


def test_last_day_may_be_the_last_of_all(policies: Path, tmp_path: Path) -> None:
    """A clerk may write 9999-12-31 for "until further notice"."""
    write_staff(policies / "sample", staffed(entry(LIN, "service", until="9999-12-31")))
    assert build(policies, tmp_path / "dist", DAY, SITE_URL) > 0


def test_serve_goes_on_without_it(policies: Path, tmp_path: Path) -> None:
    """A broken staff.yaml keeps its own organisation as it was; others are rebuilt."""
    out = tmp_path / "dist"
    copied(policies / "sample", "branch")
    write_staff(policies / "sample")
    build_part(policies, out, SITE_URL, PublishedKeys({}))
    before = tree(out)
    write_staff(policies / "sample", "staff:\n  - address: x\n")
    write_staff(policies / "branch", SAMPLE_STAFF)
    findings = build_part(policies, out, SITE_URL, PublishedKeys({})).findings
    assert {finding.organisation for finding in findings} == {"sample"}
    assert written(before, tree(out)) == {"contracts/directory/branch.json"}
    assert len(json.loads(before[DIRECTORY])["staff"]) == 2
