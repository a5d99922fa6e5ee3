"""Differences in words, compared with a version, a folder or an address."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner

from cli import app as cli
from site_src.authoring.published_site import published_versions
from site_src.languages import site_languages
from site_src.publish.build import build
from site_src.publish.targets.folder import FolderTarget
from site_src.render.data.sitemap import add_sitemap
from site_src.site_files import SiteFiles
from tests.conftest import SITE_URL
from tests.helpers.publishing.checkouts import DAY, deploy
from tests.helpers.sample_policies import mend, tree
from tests.helpers.servers.listening import free_port

runner = CliRunner()
Change = Callable[[Path, Path], None]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without writing to the terminal."""

    def log_message(self, format: str, *args: Any) -> None:
        """Does nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a served folder on localhost."""
    handler = partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def diff(*arguments: str) -> str:
    """The output of the command, which exits with 1 where it reports a difference."""
    result = runner.invoke(cli.app, ["diff", *arguments])
    same = "The public will see no difference." in result.stdout or result.stdout == "[]\n"
    assert result.exit_code == (0 if same else 1), result.output
    return result.stdout


@pytest.fixture
def published(policies: Path, tmp_path: Path) -> Path:
    """The site as it is before anything changes."""
    build(policies, tmp_path / "dist")
    return tmp_path / "dist"


def limit(facts: Path, text: Path) -> None:
    """5 working days become 7."""
    mend(facts, "value: 5", "value: 7")
    mend(text, "5 个工作日", "7 个工作日")


def channel(facts: Path, text: Path) -> None:
    """The telephone is removed."""
    line = '  - {id: telephone, type: telephone, name: 电话, value: 400-000-0000, clause: "2.1"}\n'
    mend(facts, line, "")
    mend(text, "拨打 400-000-0000，也可以", "")


def category(facts: Path, text: Path) -> None:
    """A category with a nested one is added."""
    added = (
        "categories:\n  - {id: goods, name: {zh-CN: 商品, en: Goods}, clause: '2.1', "
        "children: [{id: lost, name: {zh-CN: 丢失, en: Lost}, clause: '2.1'}]}\nsteps:"
    )
    mend(facts, "steps:", added)


def provision(facts: Path, text: Path) -> None:
    """A provision exists, and its text changes afterwards (see `promised`)."""
    mend(facts, "text: 客户可以写信", "text: 客户可以打电话或者写信")


def role(facts: Path, text: Path) -> None:
    """Another role answers."""
    mend(
        facts,
        'role: service, action: 答复, clause: "2.2"}\nlimits',
        'role: manager, action: 答复, clause: "2.3"}\nlimits',
    )


def privacy(facts: Path, text: Path) -> None:
    """The retention is longer."""
    mend(facts, "retention_years: 3", "retention_years: 5")


def organisation(facts: Path, text: Path) -> None:
    """The organisation gets business hours."""
    mend(facts, "prefix: SM", "hours: {opens: 09:00, closes: 17:00}, prefix: SM")


def clause(facts: Path, text: Path) -> None:
    """A clause is added."""
    text.write_text(text.read_text("utf-8") + "\n2.4 不收费。\n", encoding="utf-8")


def start(facts: Path, text: Path) -> None:
    """A limit starts from another event and applies to another party."""
    mend(facts, "from: received, role: service", "from: registered")


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            limit,
            [
                "limit “答复”: 5 working days → 7 working days, clause 2.2",
                "text of 2.2: 客服部收到投诉后，在 5 个工作日内答复。 → "
                "客服部收到投诉后，在 7 个工作日内答复。",
            ],
        ),
        (
            channel,
            [
                "channel removed: 电话 400-000-0000, clause 2.1",
                "text of 2.1: 客户可以拨打 400-000-0000，也可以写信到 help@sample.example.com。 → "
                "客户可以写信到 help@sample.example.com。",
            ],
        ),
        (category, ["category added: Goods, clause 2.1", "category added: Lost, clause 2.1"]),
        (provision, ["provision, text: 客户可以写信 → 客户可以打电话或者写信, clause 2.1"]),
        (
            role,
            [
                "step “答复”, clause: 2.2 → 2.3, clause 2.3",
                "step “答复”, role: Service → Manager, clause 2.3",
            ],
        ),
        (privacy, ["privacy notice, retention years: 3 → 5"]),
        (organisation, ["organisation, hours: none → opens 09:00, closes 17:00"]),
        (clause, ["text of 2.4 added: 不收费。"]),
        (
            start,
            [
                "limit “答复”, from: from the day the filing is received → "
                "from the day it is registered, clause 2.2",
                "limit “答复”, role: Service → none, clause 2.2",
            ],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_change_in_words(policies: Path, tmp_path: Path, change: Change, lines: list[str]) -> None:
    """Each change is a line with the old side, the new side and the clause."""
    facts, text = (policies / "sample" / name for name in ("policy.yaml", "procedure.md"))
    with facts.open("a", encoding="utf-8") as file:
        file.write("provisions:\n  - {topic: conduct, text: 客户可以写信, clause: '2.1'}\n")
    build(policies, tmp_path / "dist")
    change(facts, text)
    told = diff("--against", str(tmp_path / "dist")).splitlines()
    assert told == ["sample:", *(f"  {line}" for line in lines)]


def test_against_the_version_before(policies: Path) -> None:
    """Without --against, the open version is compared with the previous one."""
    assert runner.invoke(cli.app, ["revise", "sample"]).exit_code == 0
    limit(policies / "sample" / "policy.yaml", policies / "sample" / "procedure.md")
    told = diff()
    assert "  version: 1 → 2\n  in force from: 2026-01-01 → " in told
    assert "limit “答复”: 5 working days → 7 working days, clause 2.2" in told


def test_against_an_address(policies: Path, published: Path) -> None:
    """A published site is read over HTTP in the same way as from its folder."""
    limit(policies / "sample" / "policy.yaml", policies / "sample" / "procedure.md")
    with served(published) as address:
        assert diff("--against", address) == diff("--against", str(published))


def test_as_json(policies: Path, published: Path) -> None:
    """The JSON has organisation, subject, how, clause, both sides and the sentence."""
    limit(policies / "sample" / "policy.yaml", policies / "sample" / "procedure.md")
    first, second = json.loads(diff("--against", str(published), "--format", "json"))
    assert first == {
        "organisation": "sample",
        "language": "en",
        "what": "limit “答复”",
        "how": "changed",
        "clause": "2.2",
        "old": "5 working days",
        "new": "7 working days",
        "words": "limit “答复”: 5 working days → 7 working days, clause 2.2",
    }
    assert second["what"] == "text of 2.2"


def test_in_chinese(policies: Path, published: Path) -> None:
    """With --language zh-CN subjects, sides and sentence are Chinese, in every format."""
    limit(policies / "sample" / "policy.yaml", policies / "sample" / "procedure.md")
    against = ("--against", str(published), "--language", "zh-CN")
    assert "  时限“答复”：5个工作日 → 7个工作日，条款“2.2”" in diff(*against).splitlines()
    first, second = json.loads(diff(*against, "--format", "json"))
    assert (first["language"], first["how"], first["old"]) == ("zh-CN", "changed", "5个工作日")
    assert second["what"] == "条款“2.2”的条文"
    assert '<th scope="col">变动</th>' in diff(*against, "--format", "html")


def test_as_html(policies: Path, published: Path) -> None:
    """The HTML has both sides beside each other, and markup in a text is escaped."""
    mend(policies / "sample" / "procedure.md", "2.2 客服部", "2.2 <b>客服部</b>")
    page = diff("--against", str(published), "--format", "html")
    assert "<h2>sample</h2>" in page
    assert "<del>客服部收到投诉后，在 5 个工作日内答复。</del>" in page
    assert "<ins>&lt;b&gt;客服部&lt;/b&gt;收到投诉后，在 5 个工作日内答复。</ins>" in page


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("text", "The public will see no difference.\n"),
        ("json", "[]\n"),
        ("html", "<p>The public will see no difference.</p>"),
    ],
)
def test_no_difference(policies: Path, published: Path, format: str, said: str) -> None:
    """Comments and blank lines are not differences."""
    path = policies / "sample" / "policy.yaml"
    path.write_text("# 说明\n\n" + path.read_text("utf-8"), encoding="utf-8")
    assert said in diff("--against", str(published), "--format", format)


def test_keys_of_a_later_release_are_no_difference(policies: Path, published: Path) -> None:
    """A site that an earlier release wrote lacks keys; that they are empty here is no change."""
    file = published / "en" / "sample" / "policy.json"
    content = json.loads(file.read_text("utf-8"))
    del content["declared"], content["effective_clause"]
    for fact in (*content["limits"], *content["levels"]):
        for key in ("note", "within_hours", "for_staff"):
            fact.pop(key, None)
    file.write_text(json.dumps(content), "utf-8")
    assert diff("--against", str(published)) == "The public will see no difference.\n"


def published_at(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """The place of a published site, without its contracts unless it is a folder."""
    if kind == "folder":
        return str(folder)
    shutil.rmtree(folder / "contracts")
    if kind == "address":
        return str(request.getfixturevalue("served_site"))
    request.getfixturevalue("ministack")
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="site")
    for name, content in tree(folder).items():
        s3.put_object(Bucket="site", Key=name, Body=content)
    return "s3://site"


@pytest.fixture
def served_site(published: Path) -> Iterator[str]:
    """The address of the published site."""
    with served(published) as address:
        yield address


PLACES = ["folder", "address", "s3"]


@pytest.mark.parametrize("kind", PLACES)
def test_organisations_come_and_go(
    kind: str, policies: Path, published: Path, request: pytest.FixtureRequest
) -> None:
    """A new organisation and one that will be removed are reported, wherever the site lies."""
    shutil.move(policies / "sample", policies / "another")
    mend(policies / "another" / "policy.yaml", "id: sample", "id: another")
    assert diff("--against", published_at(kind, published, request)).splitlines() == [
        "another:",
        "  organisation added: Sample",
        "sample:",
        "  organisation removed: Sample",
        "  version removed: 1",
    ]


@pytest.mark.parametrize("kind", PLACES)
def test_version_that_is_lacking(
    kind: str, policies: Path, published: Path, request: pytest.FixtureRequest
) -> None:
    """A version that others published, and this checkout lacks, is reported as removed."""
    mend(policies / "sample" / "policy.yaml", 'version: "1"', 'version: "0"')
    said = diff("--against", published_at(kind, published, request)).splitlines()
    assert said == ["sample:", "  version: 1 → 0", "  version removed: 1"]


def test_parts_of_a_map_are_read() -> None:
    """Versions are found in each part of a map that is split."""
    site = SiteFiles()
    for organisation in ("a", "b", "c"):
        site.page(f"/{organisation}/versions/1.2/", "")
        site.page(f"/en/{organisation}/versions/1.2/", "")
    add_sitemap(site, tuple(site.files), SITE_URL, site_languages(), most=4)
    one = frozenset({"1.2"})
    assert published_versions(site.files.get) == {"a": one, "b": one, "c": one}


def test_organisation_that_was_deleted_here(policies: Path, tmp_path: Path) -> None:
    """Without a site to compare with, `diff` reports what was published and is gone here."""
    deploy(policies, FolderTarget(tmp_path / "www"), DAY, SITE_URL)
    (policies / "sample").rename(policies / "another")
    mend(policies / "another" / "policy.yaml", "id: sample", "id: another")
    assert diff().splitlines() == ["sample:", "  organisation removed: sample"]


def test_nothing_to_compare_with(policies: Path, published: Path, tmp_path: Path) -> None:
    """Without a version, folder, site or policy `diff` exits with 2, if nobody answers with 3."""
    (tmp_path / "empty").mkdir()
    shutil.copytree(published, tmp_path / "older")
    (tmp_path / "older" / "en" / "sample" / "policy.json").write_text("{}")
    with served(tmp_path / "empty") as address:
        for arguments, why in (
            ([], "no policy has an earlier version"),
            (["--against", str(tmp_path / "nowhere")], "there is no folder"),
            (["--against", str(tmp_path / "empty")], "none of these organisations is published"),
            (["--against", address], "none of these organisations is published"),
            (["--against", "http://127.0.0.1:port/"], "is no address"),
            (["--against", "s3://site/path"], "s3://site/path names no bucket"),
            (
                ["--against", str(tmp_path / "older")],
                "cannot read the published policy of sample",
            ),
        ):
            result = runner.invoke(cli.app, ["diff", *arguments])
            assert (result.exit_code, result.stdout) == (2, ""), arguments
            assert why in result.stderr
    result = runner.invoke(cli.app, ["diff", "--against", f"http://127.0.0.1:{free_port()}/"])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "does not answer: [Errno 111] Connection refused" in result.stderr


def test_unreadable_policy_is_not_compared(policies: Path, published: Path) -> None:
    """A policy that cannot be read is not compared: `diff` exits with 1 and the finding."""
    mend(policies / "sample" / "policy.yaml", "prefix: SM, ", "")
    result = runner.invoke(cli.app, ["diff", "--against", str(published)])
    assert result.exit_code == 1
    assert "missing-key" in result.stderr
