"""A publication may be killed at any step: the site works, and the next one finishes."""

import os
import shutil
from pathlib import Path
from signal import SIGKILL

import pytest

from site_src.errors import TargetAhead
from site_src.file_names import JOURNAL, PUBLISHED_RECORD
from site_src.publish.build import build
from site_src.publish.commit import commit
from site_src.publish.deploy import deploy as deploy_waiting
from site_src.publish.prepare import Prepared
from site_src.publish.record.record import UNSURE
from site_src.publish.stage import StagedFiles
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from site_src.publish.work import find_work, known_at
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    mailbox,
    missing,
    next_version,
    options,
    plan,
    record_at,
    remove_from,
    write_to,
    wrong_files,
)
from tests.helpers.publishing.killed import Killed, before_step, die, killed_by_signal
from tests.helpers.sample_policies import copied, tree


def restore(target: Target, files: dict[str, bytes]) -> None:
    """Brings the target to exactly these files."""
    for name in {*target.names()} - files.keys():
        remove_from(target, name)
    for name, content in files.items():
        if target.read(name) != content:
            remove_from(target, name)  # which may be a link to a staged file
            write_to(target, name, content)


def test_each_step_of_a_publication(target: Target, policies: Path, tmp_path: Path) -> None:
    """Wherever it is killed, pages have what they need, and the record is sure of nothing else.

    The publication writes a new version, and removes an organisation.
    """
    copied(policies / "sample", "branch")
    deploy(policies, target)
    before = {name: target.read(name) or b"" for name in target.names()}
    next_version(policies)
    shutil.rmtree(policies / "branch")
    given = options(policies, removed=("branch",))
    work = find_work(given, known_at(target.read, target, given), target)
    prepared = Prepared(work, tmp_path / "stage")
    publication = prepared.publication(work.known, target.read)
    stride = 1 if isinstance(target, FolderTarget) else 11  # each takes a second on the emulator
    finished, step = False, 0
    while not finished:
        restore(target, before)
        stage = shutil.copytree(prepared.stage.folder, tmp_path / str(step), copy_function=os.link)
        with (
            target.writer("ana", print) as writer,
            before_step(target, step, die) as done,
        ):
            known_at(writer.read, target, given)
            try:
                commit(writer, publication, work.known.record, "", StagedFiles(stage), lambda: None)
                finished = True
            except Killed:
                assert len(done) == step
        files = files_at(target)
        assert missing(files) == set(), f"killed before step {step}"
        known = known_at(target.read, target, given).record
        sure = {
            name: digest
            for files_of in (known.files, *(one.files for one in known.organisations.values()))
            for name, digest in files_of.items()
            if digest != UNSURE
        }
        wanted = publication.digests
        for name, digest in sure.items():
            assert name in files, f"killed before step {step}"
            if name in wanted:
                assert files[name] == (
                    prepared.stage.content(name) if digest == wanted[name] else before[name]
                ), f"killed before step {step}"
        step += stride
    assert step > 10
    assert target.read(JOURNAL) is None
    assert record_at(target) == publication.record


@pytest.mark.parametrize("share", [0.1, 0.6, 0.95])
def test_the_next_publication_finishes(target: Target, policies: Path, share: float) -> None:
    """After a kill early, late, or after the record was written, the next one does the rest.

    A checkout without the new version is refused: somebody may have filed under it.
    """
    deploy(policies, target)
    shutil.copytree(policies, policies.with_name("behind"))
    next_version(policies)
    steps = len(plan(policies, target).files)
    with before_step(target, round(steps * share), die), pytest.raises(Killed):
        deploy(policies, target)
    assert missing(files_at(target)) == set()
    with pytest.raises(TargetAhead, match="sample: version 2 is published"):
        deploy(policies.with_name("behind"), target)
    deploy(policies, target)
    assert plan(policies, target).files == ()
    build(policies, policies.with_name("whole"), DAY, SITE_URL)
    whole = tree(policies.with_name("whole"))
    del whole[PUBLISHED_RECORD]
    assert whole.items() <= files_at(target).items()


def test_another_source_leaves_what_was_killed(target: Target, policies: Path) -> None:
    """Whoever publishes next takes the journal over and leaves the other's pages to them."""
    other = policies.with_name("other")
    shutil.copytree(policies, other)
    copied(other / "sample", "branch")
    shutil.rmtree(other / "sample")
    deploy(policies, target, source="one")
    next_version(policies)
    steps = len(plan(policies, target, source="one").files)
    with before_step(target, steps // 2, die), pytest.raises(Killed):
        deploy(policies, target, source="one")
    half = files_at(target)
    deploy(other, target, source="two")
    assert target.read(JOURNAL) is None
    assert record_at(target).organisations["sample"].versions.keys() == {"1", "2"}
    assert missing(files_at(target)) == set()
    kept = {name: content for name, content in half.items() if "sample/" in name}
    assert kept.items() <= files_at(target).items()
    deploy(policies, target, source="one")
    assert wrong_files(target) == set()
    assert plan(policies, target, source="one").files == ()
    assert {*record_at(target).listed} == {"branch", "sample"}


def test_first_publication_that_was_killed(target: Target, policies: Path) -> None:
    """What was never published whole is in no list, and its versions are known all the same."""
    with before_step(target, 9, die), pytest.raises(Killed):
        deploy(policies, target)
    given = options(policies)
    known = known_at(target.read, target, given).record
    assert known.listed == {}
    assert [*known.organisations["sample"].versions] == ["1"]
    deploy(policies, target)
    assert plan(policies, target).files == ()


def test_build_that_was_killed(policies: Path, tmp_path: Path) -> None:
    """The folder of a build is finished by the next build, and a stage is not left behind."""
    out = tmp_path / "dist"
    build(policies, out, DAY, SITE_URL)
    mailbox(policies)
    with before_step(FolderTarget(out), 2, die), pytest.raises(Killed):
        build(policies, out, DAY, SITE_URL)
    assert missing(tree(out)) == set()
    build(policies, out, DAY, SITE_URL)
    assert [path.name for path in (out / "contracts" / ".publish").iterdir()] == ["lock"]
    build(policies, tmp_path / "whole", DAY, SITE_URL)
    whole = tree(tmp_path / "whole")
    del whole[PUBLISHED_RECORD]
    assert whole.items() <= tree(out).items()


@pytest.mark.parametrize("step", [1, 20])
def test_sigkill(target: Target, policies: Path, step: int) -> None:
    """A killed process leaves no lock that stops the next one, nor half a file (P3)."""
    assert killed_by_signal(policies, target, step) == -SIGKILL
    waits: list[str] = []
    deploy_waiting(options(policies), target, waits.append)
    assert len(waits) <= (0 if isinstance(target, FolderTarget) else 1)
    assert plan(policies, target).files == ()
    assert missing(files_at(target)) == set()
