"""The first publication to a target of an earlier release adopts what is there, and says so."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from functions.model.contract.digest import digest
from site_src.errors import TargetAhead, WrongTarget
from site_src.file_names import EARLIER, PUBLISHED_RECORD
from site_src.publish.build import build
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    mailbox,
    next_version,
    plan,
    record_at,
    remove_from,
    write_to,
)
from tests.helpers.sample_policies import copied, mend

MANIFEST, UNSURE = EARLIER


def as_0_1_0(target: Target) -> None:
    """Brings the target to the form of release 0.1.0: a manifest, and no record."""
    digests = {name: digest(content) for name, content in files_at(target).items()}
    write_to(target, MANIFEST, json.dumps(digests, indent=1).encode())
    remove_from(target, PUBLISHED_RECORD)


def as_before_sources(target: Target, listing: bool = True) -> None:
    """Brings it to the form of the release after that: a record of versions and states, too."""
    record = record_at(target)
    as_0_1_0(target)
    organisations = {
        id: {
            "versions": {name: version.digest for name, version in each.versions.items()},
            "listing": {
                "contract": each.contract,
                "listed": each.listed,
                "news": each.news,
                "calendars": each.calendars,
            },
        }
        for id, each in record.organisations.items()
    }
    if not listing:
        for each in organisations.values():
            del each["listing"]
    states = {id: each.states for id, each in record.organisations.items()}
    content = {"organisations": organisations, "states": states | record.settings.states}
    write_to(target, PUBLISHED_RECORD, json.dumps(content, indent=1).encode())


EARLIER_FORMS = pytest.mark.parametrize("earlier", [as_0_1_0, as_before_sources])


@EARLIER_FORMS
def test_it_is_adopted(target: Target, policies: Path, earlier: Callable[[Target], None]) -> None:
    """What is there already is not written again; from then on there is a record."""
    deploy(policies, target)
    files = files_at(target)
    earlier(target)
    done = deploy(policies, target)
    assert (done.files, done.gone, done.adopted) == ((), (), 1)
    assert files_at(target) == files
    assert [*record_at(target).organisations] == ["sample"]
    again = deploy(policies, target)
    assert (again.files, again.adopted) == ((), None)


@EARLIER_FORMS
def test_a_checkout_that_is_behind_adopts_nothing(
    target: Target, policies: Path, earlier: Callable[[Target], None]
) -> None:
    """What an earlier release published is not taken back: versions and organisations."""
    behind = policies.with_name("behind")
    shutil.copytree(policies, behind)
    copied(policies / "sample", "branch")
    next_version(policies)
    deploy(policies, target)
    earlier(target)
    files = files_at(target)
    with pytest.raises(TargetAhead) as refused:
        deploy(behind, target)
    first, second = refused.value.reasons
    assert first.startswith("branch: published with version 1, but this checkout has no")
    assert second.startswith("sample: version 2 is published, but this checkout lacks it.")
    assert files_at(target) == files


def test_earlier_state_is_known(target: Target, policies: Path) -> None:
    """States of mailboxes go on, too: the earlier one is still refused."""
    behind = policies.with_name("behind")
    deploy(policies, target)
    shutil.copytree(policies, behind)
    mailbox(policies)
    deploy(policies, target)
    as_before_sources(target)
    with pytest.raises(TargetAhead, match="sample: the target has a newer state"):
        deploy(behind, target)


def test_file_in_doubt_is_written_again(target: Target, policies: Path) -> None:
    """What an earlier release noted as unsure is written, whatever its manifest says."""
    deploy(policies, target)
    right = target.read("sample/index.html")
    as_before_sources(target)
    write_to(target, "sample/index.html", b"late")
    write_to(target, UNSURE, b'["sample/index.html"]')
    assert deploy(policies, target).files == ("sample/index.html",)
    assert target.read("sample/index.html") == right
    assert target.read(UNSURE) is None


@pytest.mark.parametrize("listing", [True, False])
def test_what_is_left_out(policies: Path, tmp_path: Path, listing: bool) -> None:
    """It stays as it is published, if the earlier release said what the list has of it."""
    target = FolderTarget(tmp_path / "www")
    copied(policies / "sample", "branch")
    deploy(policies, target)
    as_before_sources(target, listing)
    mend(policies / "branch" / "policy.yaml", "value: 5", "value: 7")
    if not listing:
        with pytest.raises(WrongTarget, match=r"branch is published, .* without --keep-going"):
            deploy(policies, target, keep_going=True)
        return
    files = files_at(target)
    done = deploy(policies, target, keep_going=True)
    assert done.files == ()
    assert [*done.left_out] == ["branch"]
    del files[MANIFEST]
    assert files_at(target) == files


def test_folder_of_a_build(policies: Path, tmp_path: Path) -> None:
    """What `build` wrote is published by the first deploy to it: nothing changes."""
    build(policies, tmp_path / "dist", DAY, SITE_URL)
    target = FolderTarget(tmp_path / "dist")
    done = deploy(policies, target)
    assert (done.files, done.adopted) == ((), 1)
    shutil.rmtree(policies / "sample")
    with pytest.raises(TargetAhead, match="sample: published with version 1"):
        deploy(policies, target)


def test_folder_of_an_earlier_build(policies: Path, tmp_path: Path) -> None:
    """Its record lay beside it; the next build writes everything once, and removes the rest."""
    out = tmp_path / "dist"
    build(policies, out, DAY, SITE_URL)
    (out / PUBLISHED_RECORD).unlink()
    (out / "gone").mkdir()
    (out / "gone" / "index.html").write_text("of an organisation that is gone")
    files = files_at(FolderTarget(out))
    del files["gone/index.html"]
    assert build(policies, out, DAY, SITE_URL) == len(files)
    assert files_at(FolderTarget(out)) == files


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"null", b"{", b'{"a": 1}', b"[" * 9999])
def test_damaged_manifest(policies: Path, tmp_path: Path, content: bytes) -> None:
    """A manifest of an earlier release that cannot be read is named; nothing is written."""
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target)
    as_0_1_0(target)
    write_to(target, MANIFEST, content)
    next_version(policies)
    before = files_at(target)
    with pytest.raises(WrongTarget, match=f"{MANIFEST} at the target cannot be read"):
        deploy(policies, target)
    assert files_at(target) == before


@pytest.mark.parametrize("name", ["../victim", "/victim", "a/../../victim", "a//b", "..", "a\\b"])
def test_manifest_is_not_believed(policies: Path, tmp_path: Path, name: str) -> None:
    """A name that leads out of the target is refused before anything is written or removed."""
    victim, target = tmp_path / "victim", FolderTarget(tmp_path / "www")
    victim.write_text("kept")
    deploy(policies, target)
    as_0_1_0(target)
    digests = json.loads(target.read(MANIFEST) or b"")
    write_to(target, MANIFEST, json.dumps(digests | {name: "0"}).encode())
    with pytest.raises(WrongTarget, match="cannot be read"):
        deploy(policies, target)
    assert victim.read_text() == "kept"


def test_command_says_it(policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says how many organisations it has adopted."""
    monkeypatch.setattr("cli.publishing.deploying.today", lambda: DAY)
    target = FolderTarget(tmp_path / "www")
    deploy(policies, target)
    as_before_sources(target)
    arguments = ["deploy", "--to", str(target.folder), "--site-url", SITE_URL]
    said = CliRunner().invoke(cli.app, arguments)
    assert said.exit_code == 0, said.output
    assert "adopted what an earlier release published there: 1 organisations" in said.stdout
    assert plan(policies, target).files == ()
