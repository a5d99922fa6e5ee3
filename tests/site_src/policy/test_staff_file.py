"""staff.yaml is read with the place of everything, and belongs to no version."""

from datetime import date
from pathlib import Path

import pytest

from functions.model.desk.staff import StaffMember
from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected
from site_src.places import POLICIES
from site_src.policy.edition import Editions
from site_src.policy.editions import read_published
from site_src.policy.load import load_editions
from site_src.publish.build import build
from tests.conftest import SITE_URL
from tests.helpers.sample_policies import SAMPLE_STAFF, entry, loaded, staffed, write, write_staff

DAY = date(2026, 3, 2)


def organisation(policies: Path, id: str = "sample") -> Editions:
    """The editions of a folder, which can be read."""
    editions = load_editions(policies / id)
    assert isinstance(editions, Editions), editions
    return editions


def test_without_the_file_there_is_no_staff(policies: Path) -> None:
    """An organisation without staff.yaml is as it was: nobody, and no finding."""
    assert organisation(policies).roster is None
    assert organisation(policies).staff == ()
    assert read_all(policies)[1] == ()


def test_people_are_read(policies: Path) -> None:
    """Each entry is a member of staff; what is written twice counts once."""
    text = staffed(
        entry("Lin.Yi@Sample.example.com", "service", "service", until="2027-06-30"),
        "  - {address: lu.min@sample.example.com, name: ' 陆敏 ', roles: [manager, service],"
        " also: [陆经理, 陆经理]}\n",
    )
    write_staff(policies / "sample", text)
    assert organisation(policies).staff == (
        StaffMember(
            address="Lin.Yi@sample.example.com",
            name="林怡",
            roles=("service",),
            until=date(2027, 6, 30),
        ),
        StaffMember(
            address="lu.min@sample.example.com",
            name="陆敏",
            roles=("manager", "service"),
            also=("陆经理",),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("name: 林怡", "nmae: 林怡", ["missing-key 4:5", "unknown-key 5:5"]),
        ("name: 林怡", "name: 林", ["wrong-value 5:5"]),
        ("name: 林怡", 'name: "林怡\\n"', []),
        ("name: 林怡", 'name: "林\\t怡"', ["wrong-value 5:5"]),
        ("name: 林怡", 'name: "林\\u200b怡"', ["file-encoding 5:5"]),
        ("name: 林怡", "name：林怡", ["yaml-syntax 5:9"]),
        ("name: 林怡", "name: 林怡\n    name: 林宜", ["yaml-duplicate 6:5"]),
        ("lin.yi@sample.example.com", "lin.yi", ["wrong-value 4:5"]),
        ("roles: [service]", "roles: []", ["wrong-value 6:5"]),
        ("roles: [service]", "roles: service", ["wrong-value 6:5"]),
        ("roles: [service]", "roles: [Service]", ["wrong-value 6:13"]),
        ("roles: [service]", "roles: [service", ["yaml-syntax 8:3"]),
        ("also: [陆经理]", "also: [陆]", ["wrong-value 11:12"]),
        ("also: [陆经理]", "until: 2027-02-30", ["wrong-value 11:5"]),
        ("staff:\n", "people:\n", ["missing-key 2:1", "unknown-key 2:1"]),
        ("staff:\n", "", ["yaml-syntax 1:1"]),
    ],
)
def test_mistakes_are_found_where_they_stand(
    policies: Path, old: str, new: str, found: list[str]
) -> None:
    """A wrong entry is a finding with file, line and column, in both languages."""
    assert old in SAMPLE_STAFF
    file = write_staff(policies / "sample", SAMPLE_STAFF.replace(old, new, 1))
    findings = read_all(policies, day=DAY)[1]
    places = [f"{finding.code} {finding.line}:{finding.column}" for finding in findings]
    assert sorted(places) == sorted(found)
    for finding in findings:
        assert finding.file == file
        assert finding.organisation == "sample"
        assert finding.message.en != finding.message.zh


def test_wrong_encoding_is_found(policies: Path) -> None:
    """A file that is not UTF-8 is named, and so is a folder in its place."""
    file = write_staff(policies / "sample")
    file.write_bytes(SAMPLE_STAFF.encode("gb18030"))
    assert [finding.code for finding in read_all(policies)[1]] == ["file-encoding"]
    file.unlink()
    file.mkdir()
    assert [finding.code for finding in read_all(policies)[1]] == ["file-missing"]


def test_broken_file_stops_the_build(policies: Path, tmp_path: Path) -> None:
    """Nothing is written, and the finding names file and line, as for policy.yaml."""
    file = write_staff(policies / "sample", "staff:\n\t- address: x\n")
    with pytest.raises(PoliciesRejected) as caught:
        build(policies, tmp_path / "dist", DAY, SITE_URL)
    (finding,) = caught.value.findings
    assert (finding.file, finding.line, finding.code) == (file, 2, "yaml-syntax")
    assert not (tmp_path / "dist").exists()


def test_staff_belongs_to_no_version(policies: Path) -> None:
    """The digest of a version does not know the file, so changing it makes no new version."""
    before = loaded(policies / "sample").digest
    write_staff(policies / "sample")
    assert loaded(policies / "sample").digest == before


def test_published_digests_are_as_they_were() -> None:
    """The samples have staff, and every published version still has its digest."""
    organisations, findings = read_all(POLICIES)
    assert findings == ()
    published = read_published(POLICIES)
    assert len(organisations) == 20
    for editions in organisations:
        assert editions.staff
        for edition in editions.editions:
            known = published.digest(editions.ids, edition.policy.version)
            assert known in (None, edition.digest, edition.earlier_digest)


def test_staff_is_nobody_elses(policies: Path) -> None:
    """A policy that extends another takes its clauses, not its people."""
    write_staff(policies / "sample")
    write(policies, "branch", 'extends: {policy: sample, version: "1"}\n', "# 投诉办法\n")
    assert organisation(policies, "branch").staff == ()
    assert len(organisation(policies).staff) == 2
