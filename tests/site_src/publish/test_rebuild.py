"""A build of only what changed gives the same site as a build from nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from site_src.check.organisation import read_all
from site_src.errors import PoliciesRejected
from site_src.file_names import POINTERS, PUBLISHED_RECORD
from site_src.places import ROOT, TEMPLATES
from site_src.publish import inputs
from site_src.publish.build import build, build_part
from site_src.publish.rendering.pool import each
from site_src.receipts.keys import PublishedKeys
from site_src.render import environment as templates
from site_src.render.site_renderer import render
from site_src.site_settings import read_operator
from tests.conftest import SITE_URL
from tests.helpers.sample_policies import copied, mend, tree, write

DAY = date(2026, 3, 2)
OTHER_DAY = date(2027, 1, 2)
HOME = Path("sample") / "index.html"


@pytest.fixture
def two(policies: Path) -> Path:
    """Two organisations with the same procedure."""
    copied(policies / "sample", "branch")
    return policies


@pytest.fixture
def out(two: Path, tmp_path: Path) -> Path:
    """The site of the two organisations, built once."""
    folder = tmp_path / "dist"
    build(two, folder, DAY, SITE_URL)
    return folder


def from_nothing(policies: Path, day: date = DAY) -> dict[str, bytes]:
    """The files of a build without a record."""
    with TemporaryDirectory() as folder:
        build(policies, Path(folder) / "dist", day, SITE_URL)
        files = tree(Path(folder) / "dist")
    del files[PUBLISHED_RECORD]
    return files


def shown(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files without old contracts and assets, which are kept."""
    kept = ("contracts/", "assets/")
    return {
        name: content
        for name, content in files.items()
        if not name.startswith(kept) or name == POINTERS
    }


def as_from_nothing(policies: Path, out: Path, day: date = DAY) -> bool:
    """Whether the site equals a build from nothing, byte for byte."""
    whole, made = from_nothing(policies, day), tree(out)
    return whole.items() <= made.items() and shown(whole).keys() == shown(made).keys()


def changed_text(policies: Path) -> None:
    """Adds a word to one procedure."""
    path = policies / "sample" / "procedure.md"
    path.write_text(path.read_text("utf-8") + "\n另行公布。\n", "utf-8")


def added(policies: Path) -> None:
    """Adds an organisation."""
    copied(policies / "sample", "third")


def removed(policies: Path) -> None:
    """Removes an organisation."""
    shutil.rmtree(policies / "branch")


def renamed(policies: Path) -> None:
    """Changes a name in the list of organisations."""
    path = policies / "sample" / "policy.yaml"
    path.write_text(path.read_text("utf-8").replace("示例单位", "示范单位"), "utf-8")


def announced(policies: Path) -> None:
    """Adds a version that takes effect between the two days."""
    folder = policies / "sample"
    archived = folder / "revisions" / "1"
    archived.mkdir(parents=True)
    for name in ("policy.yaml", "procedure.md"):
        shutil.copy(folder / name, archived)
    text = (folder / "policy.yaml").read_text("utf-8")
    lines = [
        "effective_from: 2027-01-01" if line.startswith("effective_from") else line
        for line in text.replace('version: "1"', 'version: "2"').splitlines()
    ]
    (folder / "policy.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def closing(policies: Path) -> None:
    """Closes an organisation between the two days."""
    path = policies / "sample" / "policy.yaml"
    path.write_text(path.read_text("utf-8") + "closed: {on: 2027-01-01}\n", "utf-8")


def switched(policies: Path) -> None:
    """Enables proof of work, which changes every form."""
    (policies / "site.yaml").write_text("proof_of_work: true\n", "utf-8")


@pytest.mark.parametrize("change", [changed_text, added, removed, renamed, announced, switched])
def test_changed_policies(two: Path, out: Path, change: Callable[[Path], None]) -> None:
    """After each kind of change the site equals a build from nothing, and then stays the same."""
    change(two)
    assert build(two, out, DAY, SITE_URL) > 0
    assert as_from_nothing(two, out)
    assert build(two, out, DAY, SITE_URL) == 0


def test_base_changed(two: Path, out: Path) -> None:
    """A changed word changes the pages of every policy that shares the clause."""
    write(two, "derived", 'extends: {policy: sample, version: "1"}\n', "# 投诉办法\n")
    build(two, out, DAY, SITE_URL)
    before = (out / "derived" / "procedure" / "index.html").read_bytes()
    changed_text(two)
    build(two, out, DAY, SITE_URL)
    assert (out / "derived" / "procedure" / "index.html").read_bytes() != before
    assert as_from_nothing(two, out)


def test_nothing_changed(two: Path, out: Path) -> None:
    """A build without changes writes nothing, not even the times of files."""
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert build(two, out, DAY, SITE_URL) == 0
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert as_from_nothing(two, out)
    rendered = render(read_all(two)[0], DAY, SITE_URL, operator=read_operator(two)).files
    assert rendered == from_nothing(two)


def test_only_what_changed_is_written(two: Path, out: Path) -> None:
    """A changed word does not touch the files of another organisation."""
    before = {path: path.stat().st_mtime_ns for path in (out / "branch").rglob("*")}
    changed_text(two)
    build(two, out, DAY, SITE_URL)
    assert before == {path: path.stat().st_mtime_ns for path in (out / "branch").rglob("*")}


@pytest.mark.parametrize("change", [announced, closing])
def test_day_passes(two: Path, out: Path, change: Callable[[Path], None]) -> None:
    """A version takes over, and an organisation closes, on its day although no file has changed."""
    change(two)
    build(two, out, DAY, SITE_URL)
    assert build(two, out, OTHER_DAY, SITE_URL) > 0
    assert as_from_nothing(two, out, OTHER_DAY)


def deleted(out: Path) -> None:
    """Deletes a page."""
    (out / HOME).unlink()


def tampered(out: Path) -> None:
    """Changes a page to other content of the same size and with the old time."""
    path = out / HOME
    noted = path.stat()
    path.write_bytes(path.read_bytes().replace(b"<main", b"<niam"))
    os.utime(path, ns=(noted.st_atime_ns, noted.st_mtime_ns))


def foreign(out: Path) -> None:
    """Adds foreign files to the site, at the top and in a folder."""
    (out / "x.html").write_text("x")
    (out / "sample" / "old").mkdir()
    (out / "sample" / "old" / "x.html").write_text("x")


def without_contract(out: Path) -> None:
    """Deletes a contract."""
    current = json.loads((out / "contracts" / "current.json").read_text())
    (out / "contracts" / f"{current['organisations']['sample']}.json").unlink()


def without_pointers(out: Path) -> None:
    """Deletes the pointers to the current contracts."""
    (out / "contracts" / "current.json").unlink()


def folder_for_page(out: Path) -> None:
    """Puts a folder in the place of a page."""
    (out / HOME).unlink()
    (out / HOME / "x").mkdir(parents=True)


def emptied(out: Path) -> None:
    """Deletes the site."""
    shutil.rmtree(out)


def record_gone(out: Path) -> None:
    """Deletes the record and a page."""
    (out / PUBLISHED_RECORD).unlink()
    deleted(out)


def page_and_folder_copied(out: Path) -> None:
    """Puts a copy of the site in its place, with the old times of writing, and a damaged page."""
    shutil.copytree(out, out.with_name("copy"))
    shutil.rmtree(out)
    out.with_name("copy").rename(out)
    tampered(out)


@pytest.mark.parametrize(
    "damage",
    [
        deleted,
        tampered,
        foreign,
        without_contract,
        without_pointers,
        folder_for_page,
        emptied,
        record_gone,
        page_and_folder_copied,
    ],
)
def test_damaged_site(two: Path, out: Path, damage: Callable[[Path], None]) -> None:
    """After any damage to the site or the record, the next build restores the site."""
    damage(out)
    build(two, out, DAY, SITE_URL)
    assert as_from_nothing(two, out)


def test_finding_is_found_again(two: Path, out: Path) -> None:
    """A bad policy is refused each time, and the site does not change."""
    before = tree(out)
    mend(two / "sample" / "policy.yaml", "value: 5", "value: 6")
    for _ in range(2):
        with pytest.raises(PoliciesRejected, match="2 findings"):
            build(two, out, DAY, SITE_URL)
        assert tree(out) == before
    mend(two / "sample" / "policy.yaml", "value: 6", "value: 5")
    assert build(two, out, DAY, SITE_URL) == 0


def test_published_otherwise(two: Path, out: Path) -> None:
    """A version published with other content is refused although its files are unchanged."""
    (two / "published.json").write_text('{"sample": {"1": "other"}}')
    with pytest.raises(PoliciesRejected) as rejected:
        build(two, out, DAY, SITE_URL)
    assert [finding.code for finding in rejected.value.findings] == ["published-changed"]


def test_template_changed(
    two: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed template changes every page that uses it."""
    copy = tmp_path / "program"
    shutil.copytree(TEMPLATES, copy)
    monkeypatch.setattr(templates, "TEMPLATES", copy)
    monkeypatch.setattr(inputs, "LIVE", (*inputs.LIVE, copy))
    build(two, out, DAY, SITE_URL)
    mend(copy / "base.html", "<body>", '<body data-changed="1">')
    build(two, out, DAY, SITE_URL)
    assert b'data-changed="1"' in (out / HOME).read_bytes()
    assert as_from_nothing(two, out)


def test_address_changed(two: Path, out: Path) -> None:
    """Another address of the site changes the posters."""
    build(two, out, DAY, "https://elsewhere.example.com")
    assert b"elsewhere.example.com" in (out / "sample" / "poster" / "index.html").read_bytes()


def test_each_keeps_the_order() -> None:
    """Results come in the order of the ids, whichever process they come from."""
    ids = [str(number) for number in range(40)]
    assert list(each(str.upper, ids)) == ids


def test_unchanged_site_needs_no_libraries(two: Path, out: Path) -> None:
    """A build without changes does not load YAML, templates or models."""
    ask = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from site_src.publish.build import build;"
        "print(build(Path(sys.argv[1]), Path(sys.argv[2]), date(2026, 3, 2), sys.argv[3]),"
        "sorted({'yaml', 'jinja2', 'markdown', 'babel', 'pydantic'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask, str(two), str(out), SITE_URL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "0 []\n"


def test_a_part_is_rebuilt_without_what_has_findings(two: Path, out: Path) -> None:
    """One organisation's finding leaves its pages as they were, and the others are rebuilt."""
    before = (out / HOME).read_bytes()
    mend(two / "sample" / "policy.yaml", "value: 5", "value: 7")
    mend(two / "branch" / "policy.yaml", "title: {zh-CN: ", "title: {zh-CN: 新的")
    built = build_part(two, out, SITE_URL, PublishedKeys({}))
    assert built.written > 0
    assert built.left_out.keys() == {"sample"} == {one.organisation for one in built.findings}
    assert (out / HOME).read_bytes() == before
    assert "新的" in (out / "branch" / "index.html").read_text(encoding="utf-8")
    assert set(json.loads((out / POINTERS).read_text())["organisations"]) == {"sample", "branch"}
    with pytest.raises(PoliciesRejected):
        build(two, out, None, SITE_URL, PublishedKeys({}))
    mend(two / "sample" / "policy.yaml", "value: 7", "value: 5")
    assert build_part(two, out, SITE_URL, PublishedKeys({}))[1] == ()


def test_a_part_is_built_from_nothing(two: Path, tmp_path: Path) -> None:
    """What never had good pages has none; its finding is told again at each build."""
    mend(two / "sample" / "policy.yaml", "value: 5", "value: 7")
    for _ in range(2):
        findings = build_part(two, tmp_path / "dist", SITE_URL, PublishedKeys({}))[1]
        assert {finding.organisation for finding in findings} == {"sample"}
        assert (tmp_path / "dist" / "branch" / "index.html").is_file()
        assert not (tmp_path / "dist" / "sample").exists()
