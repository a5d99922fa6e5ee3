"""The command `rename`: what it writes, what stays, and which names it refuses."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.authoring.rename import rename
from site_src.authoring.revise import revise
from site_src.check.organisation import read_all
from site_src.errors import OrganisationExists
from site_src.policy.edition import Editions
from site_src.policy.folders import recorded_id
from site_src.policy.load import load_editions
from tests.helpers.publishing.checkouts import change, next_version, record_all
from tests.helpers.sample_policies import copied, mend, tree

DAY = date(2026, 3, 2)


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of a command."""
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.output


def editions(folder: Path) -> Editions:
    """What a folder has."""
    loaded = load_editions(folder)
    assert isinstance(loaded, Editions)
    return loaded


def digests(folder: Path) -> dict[str, str]:
    """The digest of each version."""
    return {edition.policy.version: edition.digest for edition in editions(folder).editions}


def test_folder_and_two_keys(policies: Path) -> None:
    """Comments, layout and all other files stay; versions keep what they say."""
    next_version(policies)
    policy = policies / "sample" / "policy.yaml"
    text = policy.read_text("utf-8").replace("id: sample\n", "# Ours.\nid: sample  # short\r\n")
    policy.write_bytes(text.encode())
    before, said = tree(policies / "sample"), digests(policies / "sample")
    code, output = run("rename", "sample", "northern")
    assert code == 0
    assert "its pages are at /northern/, and those at /sample/ lead there" in output
    after = tree(policies / "northern")
    assert not (policies / "sample").exists()
    assert {name for name in before if before[name] != after[name]} == {"policy.yaml"}
    ids = "id: northern  # short\r\nrenamed_from: [sample]\r\n"
    assert after["policy.yaml"].decode() == text.replace("id: sample  # short\r\n", ids)
    assert digests(policies / "northern") == said
    assert {each.policy.id for each in editions(policies / "northern").editions} == {"northern"}
    assert read_all(policies)[1] == ()
    assert recorded_id(policies / "northern") == "sample"


def test_published_versions_stay_so(policies: Path) -> None:
    """Under each later id a published version cannot change, nor be lost; `revise` goes on."""
    record_all(policies, (editions(policies / "sample"),))
    rename(policies, "sample", "western")
    rename(policies, "western", "northern")
    assert editions(policies / "northern").renamed_from == ("sample", "western")
    shutil.copytree(policies / "northern", policies.with_name("kept"))
    change(policies, "northern")
    assert [found.code for found in read_all(policies)[1]] == ["published-changed"]
    shutil.rmtree(policies / "northern")
    shutil.copytree(policies.with_name("kept"), policies / "northern")
    assert revise(policies / "northern", DAY) == "2"
    change(policies, "northern")
    assert revise(policies / "northern", DAY, back_to="1") == "3"
    assert editions(policies / "northern").ids == ("northern", "sample", "western")
    assert read_all(policies)[1] == ()
    shutil.rmtree(policies / "northern" / "revisions" / "1")
    assert [found.code for found in read_all(policies)[1]] == ["published-missing"]


def test_version_of_before_comes_back(policies: Path) -> None:
    """`revise --back-to` an edition that has the old id writes those of today."""
    next_version(policies)
    rename(policies, "sample", "northern")
    revise(policies / "northern", DAY, back_to="1")
    text = (policies / "northern" / "policy.yaml").read_text("utf-8")
    assert text.startswith("id: northern\nrenamed_from: [sample]\n")
    assert read_all(policies)[1] == ()


def test_moved_by_hand(policies: Path) -> None:
    """Whoever moved the folder is told of the command, which writes the ids."""
    (policies / "sample").rename(policies / "northern")
    (finding,) = read_all(policies)[1]
    assert finding.code == "id-mismatch"
    assert "run `build.py rename sample northern`" in finding.remedy.en
    assert run("rename", "sample", "northern")[0] == 0
    assert read_all(policies)[1] == ()
    assert run("rename", "sample", "northern")[0] == 2


def test_draft_that_nobody_saw(policies: Path) -> None:
    """A draft that was never published leaves no old id; one of a published procedure does."""
    published = editions(policies / "sample")
    mend(policies / "sample" / "policy.yaml", "id: sample\n", "id: sample\nstatus: draft\n")
    code, output = run("rename", "sample", "northern")
    assert (code, "never published" in output) == (0, True)
    assert "renamed_from" not in (policies / "northern" / "policy.yaml").read_text("utf-8")
    rename(policies, "northern", "sample")
    record_all(policies, (published,))
    assert rename(policies, "sample", "northern").earlier == ("sample",)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nobody", "northern", "there is no"),
        ("sample", "Northern", "is not valid"),
        ("sample", "track", "is an address of the site itself"),
        ("sample", "branch", "already exists"),
        ("sample", "sample", "already exists"),
        ("sample", "agency", "branch was called agency before"),
    ],
)
def test_refused(policies: Path, old: str, new: str, why: str) -> None:
    """A name that is none, is taken, or was another's changes nothing, and exits with 2."""
    copied(policies / "sample", "agency")
    rename(policies, "agency", "branch")
    before = tree(policies)
    code, output = run("rename", old, new)
    assert (code, why in output) == (2, True), output
    assert tree(policies) == before


def test_id_of_before_is_nobody_elses(policies: Path) -> None:
    """`new` and `import` refuse it, too; the organisation itself can have it back."""
    copied(policies / "sample", "other")
    rename(policies, "sample", "northern")
    assert run("new", "sample")[0] == 2
    with pytest.raises(OrganisationExists):
        rename(policies, "other", "sample")
    rename(policies, "northern", "sample")
    assert editions(policies / "sample").ids == ("sample", "northern")


def test_policy_that_cannot_be_read(policies: Path) -> None:
    """Nothing moves before the file can be read."""
    (policies / "sample" / "policy.yaml").write_text("id: [", "utf-8")
    assert run("rename", "sample", "northern")[0] == 1
    assert (policies / "sample").is_dir()


def test_base_of_others(policies: Path) -> None:
    """A published policy that extends the old id cannot change: the id goes on to lead there."""
    branch = policies / "branch"
    branch.mkdir()
    text = (policies / "sample" / "policy.yaml").read_text("utf-8")
    own = text[: text.index("kinds:")].replace("id: sample", "id: branch")
    own = own.replace("prefix: SM", "prefix: BR")
    own += 'extends: {policy: sample, version: "1"}\n'
    (branch / "policy.yaml").write_text(own, "utf-8")
    (branch / "procedure.md").write_text("", "utf-8")
    before = digests(branch)
    rename(policies, "sample", "northern")
    assert digests(branch) == before
    assert read_all(policies)[1] == ()
