"""A checkout that is behind takes back nothing that others have published: it is refused."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.errors import RemovalRefused, TargetAhead, WrongTarget
from site_src.file_names import JOURNAL, PUBLISHED_RECORD
from site_src.publish.record.record import record_as_json
from site_src.publish.targets.folder import FolderTarget
from site_src.publish.targets.target import Target
from site_src.receipts.keys import PublishedKeys, keys_of, write_keys
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import (
    DAY,
    deploy,
    files_at,
    mailbox,
    next_version,
    plan,
    record_at,
    write_to,
)
from tests.helpers.sample_policies import mend, tree
from tests.site_src.check.test_calendar_rules import OFF, YEAR

NEXT_DAY = date(2026, 3, 3)


@pytest.fixture
def behind(policies: Path, tmp_path: Path) -> Path:
    """A second checkout, with `sample` alone; `policies` has another organisation, too."""
    shutil.copytree(policies, tmp_path / "behind")
    shutil.copytree(policies / "sample", policies / "other")
    mend(policies / "other" / "policy.yaml", "id: sample", "id: other")
    mend(policies / "other" / "policy.yaml", "SM", "XY")
    return tmp_path / "behind"


def refused(policies: Path, target: Target, **names: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons for which a deploy is refused; it has written nothing."""
    before = files_at(target), target.read(PUBLISHED_RECORD), tree(policies)
    with pytest.raises(TargetAhead) as raised:
        deploy(policies, target, NEXT_DAY, SITE_URL, **names)
    assert (files_at(target), target.read(PUBLISHED_RECORD), tree(policies)) == before
    return raised.value.reasons


def test_version_that_others_published(policies: Path, behind: Path, target: Target) -> None:
    """A checkout without the version that another published is refused, and names it."""
    shutil.rmtree(policies / "other")
    deploy(policies, target, DAY, SITE_URL)
    next_version(policies)
    deploy(policies, target, DAY, SITE_URL)
    reasons = refused(behind, target)
    assert any(
        one.startswith("sample: version 2 is published, but this checkout lacks it")
        for one in reasons
    )
    assert target.read("sample/versions/2/index.html")


def test_version_with_another_content(policies: Path, behind: Path, target: Target) -> None:
    """Two checkouts that give one version two contents: the second is refused."""
    shutil.rmtree(policies / "other")
    deploy(policies, target, DAY, SITE_URL)
    (behind / "published.json").unlink(missing_ok=True)
    mend(behind / "sample" / "policy.yaml", "value: 5", "value: 7")
    mend(behind / "sample" / "procedure.md", "5 个工作日", "7 个工作日")
    (reason,) = refused(behind, target)
    assert reason.startswith("sample: version 1 is published with another content than here.")


def test_organisation_that_is_lacking(policies: Path, behind: Path, target: Target) -> None:
    """A checkout without an organisation is refused; a deleted folder is no order to remove."""
    deploy(policies, target, DAY, SITE_URL)
    for checkout in (behind, policies):
        shutil.rmtree(checkout / "other", ignore_errors=True)
        (reason,) = refused(checkout, target)
        assert reason.startswith(
            "other: published with version 1, but this checkout has no policies/other/."
        )
        assert "--remove other" in reason


def test_organisation_is_removed_on_purpose(policies: Path, behind: Path, target: Target) -> None:
    """`--remove` takes an organisation off the site; its contracts stay, others need no option."""
    deploy(policies, target, DAY, SITE_URL)
    shutil.rmtree(policies / "other")
    done = deploy(policies, target, DAY, SITE_URL, removed=("other",))
    assert "other/index.html" in done.gone
    assert target.read("other/index.html") is None
    assert "other" not in json.loads((policies / "published.json").read_text())
    assert plan(behind, target, DAY, SITE_URL).files == ()


def test_removed_organisation_does_not_come_back(
    policies: Path, behind: Path, target: Target, tmp_path: Path
) -> None:
    """Who still has the folder of a removed organisation is refused, unless it is on purpose."""
    shutil.copytree(policies, tmp_path / "another")
    deploy(policies, target, DAY, SITE_URL)
    deploy(behind, target, DAY, SITE_URL, removed=("other",))
    (reason,) = refused(tmp_path / "another", target)
    assert reason.startswith("other: taken off the site on 2026-03-02, but this checkout has")
    deploy(tmp_path / "another", target, DAY, SITE_URL, taken_back=("other",))
    assert target.read("other/index.html")


def test_removal_of_what_is_not_there(policies: Path, behind: Path, target: Target) -> None:
    """`--remove` is refused for an unknown name and for a folder that is still there."""
    deploy(policies, target, DAY, SITE_URL)
    with pytest.raises(RemovalRefused, match=r"policies/other/ is still there"):
        deploy(policies, target, DAY, SITE_URL, removed=("other",))
    with pytest.raises(RemovalRefused, match="published are: other, sample"):
        deploy(behind, target, DAY, SITE_URL, removed=("othr",))
    with pytest.raises(RemovalRefused, match="there is no policies/mailbox"):
        deploy(policies, target, DAY, SITE_URL, taken_back=("mailbox",))


def operator(policies: Path) -> None:
    """Adds the operator's settings."""
    (policies / "site.yaml").write_text("security_contact: security@example.com\n", "utf-8")


def calendar(policies: Path) -> None:
    """Adds a year to a calendar."""
    (policies / "calendar").mkdir()
    (policies / "calendar" / "CN-2027.yaml").write_text(YEAR.format(off=OFF, work=""), "utf-8")


@pytest.mark.parametrize(
    ("name", "change"),
    [("sample", mailbox), ("site.yaml", operator), ("calendar", calendar)],
    ids=["mailbox", "settings", "calendar"],
)
def test_state_without_a_version(
    name: str, change: Callable[[Path], None], policies: Path, behind: Path, target: Target
) -> None:
    """An earlier state of what has no version is refused, and published if that is the purpose."""
    deploy(policies, target, DAY, SITE_URL)
    shutil.copytree(policies / "other", behind / "other")
    change(policies)
    newer = deploy(policies, target, DAY, SITE_URL)
    assert newer.files
    (reason,) = refused(behind, target)
    assert reason.startswith(f"{name}: the target has a newer state of policies/{name}")
    deploy(behind, target, DAY, SITE_URL, taken_back=(name,))
    assert refused(policies, target)[0].startswith(f"{name}: ")


def test_key_that_is_lacking(policies: Path, behind: Path, target: Target) -> None:
    """A checkout without a published key of receipts is refused: genuine receipts would fail."""
    shutil.copytree(policies / "other", behind / "other")
    key = bytes(range(32))
    deploy(policies, target, DAY, SITE_URL)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    keys = write_keys(policies, keys_of(policies).added(key, ("sample",), at))
    deploy(policies, target, DAY, SITE_URL)
    kid = PublishedKeys.model_validate_json(keys.read_bytes()).of("sample")[0].kid
    (reason,) = refused(behind, target)
    assert reason.startswith(f"sample: the key {kid} is published, but this checkout's keys.json")
    deploy(behind, target, DAY, SITE_URL, taken_back=("keys.json",))


def test_clock_that_is_behind(policies: Path, behind: Path, target: Target) -> None:
    """A machine with a wrong date does not put an earlier version back in force."""
    next_version(policies)
    deploy(policies, target, DAY, SITE_URL)
    with pytest.raises(TargetAhead, match=r"would put version 1 back\. Check the date") as raised:
        deploy(policies, target, date(2026, 2, 20), SITE_URL)
    assert "2026-02-20" in str(raised.value)


@pytest.mark.parametrize("name", [PUBLISHED_RECORD, JOURNAL])
@pytest.mark.parametrize("content", [b'["', b"[]", b"\xff", b'{"organisations": 1, "a": 1}'])
def test_damaged_record(name: str, content: bytes, policies: Path, target: Target) -> None:
    """A record or a journal that cannot be read stops the deploy with what to do."""
    deploy(policies, target, DAY, SITE_URL)
    write_to(target, name, content)
    with pytest.raises(WrongTarget, match=f"{name} at the target cannot be read; .*remove it"):
        deploy(policies, target, DAY, SITE_URL)


def test_record_that_was_cut_or_changed(policies: Path, target: Target) -> None:
    """The record carries its own digest, so a part of one is never taken for a whole one."""
    deploy(policies, target, DAY, SITE_URL)
    whole = target.read(PUBLISHED_RECORD) or b""
    for content in (whole[:-40], whole.replace(b"sample", b"simple", 1)):
        write_to(target, PUBLISHED_RECORD, content)
        with pytest.raises(WrongTarget, match="cannot be read"):
            deploy(policies, target, DAY, SITE_URL)


@pytest.mark.parametrize(
    "row", [{"files": []}, {"versions": {"1": 1}}, {"unknown": 1}, {"source": 1}]
)
def test_record_of_another_form(policies: Path, target: Target, row: dict[str, object]) -> None:
    """What has the right digest and the wrong form is refused, too."""
    deploy(policies, target, DAY, SITE_URL)
    head, body, _ = (target.read(PUBLISHED_RECORD) or b"").split(b"\n")
    document = json.loads(body)
    document["organisations"]["sample"] |= row
    body = json.dumps(document).encode()
    head = json.dumps(json.loads(head) | {"sha256": sha256(body).hexdigest()}).encode()
    write_to(
        target, PUBLISHED_RECORD, head.replace(b": ", b":").replace(b", ", b",") + b"\n" + body
    )
    with pytest.raises(WrongTarget, match="cannot be read"):
        deploy(policies, target, DAY, SITE_URL)


@pytest.mark.parametrize(
    "name", ["../victim.txt", "/victim.txt", "sample/../../victim.txt", "a//b", "..\\\\victim.txt"]
)
def test_record_leads_nowhere_else(name: str, policies: Path, tmp_path: Path) -> None:
    """A record that names a file outside the site removes nothing there."""
    victim, target = tmp_path / "victim.txt", FolderTarget(tmp_path / "www")
    victim.write_text("kept", "utf-8")
    deploy(policies, target, DAY, SITE_URL)
    record = record_at(target)
    write_to(
        target,
        PUBLISHED_RECORD,
        record_as_json(replace(record, files=record.files | {name: "0"}, common="")),
    )
    with pytest.raises(WrongTarget, match="leads out of"):
        deploy(policies, target, DAY, SITE_URL)
    assert victim.read_text("utf-8") == "kept"


@pytest.mark.parametrize("folder", ["contracts", "sample", "en", "en/sample/complaint"])
def test_link_in_the_target_is_not_followed(folder: str, policies: Path, tmp_path: Path) -> None:
    """A folder of the target that is a link to another place is neither written nor emptied."""
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "www" / folder
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WrongTarget, match="leads out of"):
        deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    assert tree(tmp_path / "elsewhere") == {}


def test_target_may_be_a_link(policies: Path, tmp_path: Path) -> None:
    """The folder itself may be a link, as where releases lie side by side."""
    (tmp_path / "release").mkdir()
    (tmp_path / "www").symlink_to(tmp_path / "release")
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    assert (tmp_path / "release" / "index.html").is_file()


def test_command_says_it_on_a_few_lines(
    policies: Path, behind: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command exits with 1, names what is lacking and writes nothing; --remove goes through."""
    for module in ("cli.publishing.deploying", "site_src.publish.build"):
        monkeypatch.setattr(f"{module}.today", lambda: DAY)
    arguments = ["deploy", "--to", str(tmp_path / "www"), "--site-url", SITE_URL]
    run = CliRunner().invoke
    assert run(cli.app, arguments).exit_code == 0
    shutil.rmtree(policies / "other")
    for extra in ((), ("--dry-run",)):
        said = run(cli.app, [*arguments, *extra])
        assert said.exit_code == 1
        first, reason = said.stderr.splitlines()
        assert first == "Nothing was written: this checkout is behind what is published."
        assert reason.startswith("  other: published with version 1")
    assert run(cli.app, [*arguments, "--remove", "sample"]).exit_code == 2
    assert run(cli.app, [*arguments, "--remove", "other"]).exit_code == 0
    assert not (tmp_path / "www" / "other").exists()
