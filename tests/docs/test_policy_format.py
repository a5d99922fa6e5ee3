"""docs/policy-format.md and its Chinese page explain every key, and every example builds.

A comment before a fence says what the example is: `policy.yaml` and `procedure.md` are pieces
of one complete policy; `example: NAME` is added to it; `wrong: CODE` is added to it and must
give that finding; `clauses: …` are the numbers that the text must be read into; `branch: FILE`
is a second policy, which shares clauses of the complete one. `staff.yaml` is its staff, and
`wrong-staff: CODE` is another, which must give that finding; so with `reply: FILE` and
`wrong-reply: CODE`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from typer.main import get_command

from cli import app as cli
from site_src.check.organisation import read_all
from site_src.numbers.chinese_durations import find_durations
from site_src.places import ROOT
from site_src.policy.clauses import raw_lines, read_clauses
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.model.policy import schema
from site_src.policy.staff.entries import staff_schema
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import read_yaml
from site_src.publish.build import build

DOC = (ROOT / "docs" / "policy-format.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "docs" / "policy-format.zh-CN.md").read_text(encoding="utf-8")
PAGES = {"en": DOC, "zh-CN": CHINESE}
HEADINGS = {
    "The policy": "办法整体",
    "Staff": "人员",
    "Replies": "答复模板",
    "Findings, and what to do": "问题与改法",
}
"""Headings of the Chinese page, where they are no keys."""
FENCE = re.compile(r"(?:<!-- ([\w.-]+)(?:: (.+?))? -->\n)?```(\w*)\n(.*?)```", re.DOTALL)
BOOKSHOP = "sample-bookshop"
COMMON = ("clause", "kind", "proposed")
SCHEMA = json.loads(schema())
STAFF_SCHEMA = json.loads(staff_schema())


@dataclass(frozen=True)
class Example:
    """A fenced example: its role, its name or code, its language and its content."""

    role: str
    name: str
    language: str
    content: str


EXAMPLES = tuple(Example(*(part or "" for part in match)) for match in FENCE.findall(DOC))
NAMES = sorted({example.name for example in EXAMPLES if example.role == "example"})
WRONG = [example for example in EXAMPLES if example.role == "wrong"]


def pieces(role: str, name: str = "", language: str = "") -> str:
    """The content of all fences with that role, name and language, in order."""
    return "".join(
        example.content
        for example in EXAMPLES
        if example.role == role and example.name == name and language in ("", example.language)
    )


def merged(facts: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """The facts with an example added: lists are extended, nested mappings are merged."""
    whole = dict(facts)
    for key, value in added.items():
        match whole.get(key), value:
            case list() as items, list():
                whole[key] = [*items, *value]
            case dict() as inner, dict():
                whole[key] = merged(inner, value)
            case _:
                whole[key] = value
    return whole


def read(folder: Path, text: str) -> YamlDocument | tuple[Finding, ...]:
    """YAML as the project reads it."""
    file = folder / "example.yaml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file)


@pytest.fixture
def bookshop(tmp_path: Path) -> Path:
    """The folder of the complete policy, typed only from the page."""
    folder = tmp_path / "policies" / BOOKSHOP
    folder.mkdir(parents=True)
    (folder / "policy.yaml").write_text(pieces("policy.yaml"), encoding="utf-8")
    (folder / "procedure.md").write_text(pieces("procedure.md"), encoding="utf-8")
    return folder


def test_complete_policy_builds(bookshop: Path, tmp_path: Path) -> None:
    """The policy that the page develops step by step has no findings and builds."""
    assert read_all(bookshop.parent)[1] == ()
    build(bookshop.parent, tmp_path / "dist", date(2026, 3, 2))
    page = (tmp_path / "dist" / BOOKSHOP / "procedure" / "index.html").read_text(encoding="utf-8")
    for words in ("示例书店", "5个工作日", "15天", "1个月", "400-000-0000", "店长"):
        assert words in page
    assert (tmp_path / "dist" / BOOKSHOP / "complaint" / "index.html").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_example_builds(bookshop: Path, tmp_path: Path, name: str) -> None:
    """Each example, added to the complete policy with its clauses, has no findings and builds."""
    facts = read(tmp_path, pieces("example", name, "yaml"))
    whole = read_yaml(bookshop / "policy.yaml")
    assert isinstance(facts, YamlDocument)
    assert isinstance(whole, YamlDocument)
    text = yaml.safe_dump(merged(whole.data, facts.data), allow_unicode=True, sort_keys=False)
    (bookshop / "policy.yaml").write_text(text, encoding="utf-8")
    with (bookshop / "procedure.md").open("a", encoding="utf-8") as file:
        file.write("\n" + pieces("example", name, "markdown"))
    assert read_all(bookshop.parent)[1] == ()
    assert build(bookshop.parent, tmp_path / "dist", date(2026, 3, 2)) > 10


@pytest.mark.parametrize("example", WRONG, ids=lambda example: example.name)
def test_wrong_example_is_found(bookshop: Path, example: Example) -> None:
    """Each example that the page calls wrong gives the finding that the page names."""
    with (bookshop / "policy.yaml").open("a", encoding="utf-8") as file:
        file.write(example.content)
    assert example.name in {finding.code for finding in read_all(bookshop.parent)[1]}


def test_staff_of_the_bookshop(bookshop: Path, tmp_path: Path) -> None:
    """The staff.yaml on the page has no findings, and the functions are told of three people."""
    (bookshop / "staff.yaml").write_text(pieces("staff.yaml"), encoding="utf-8")
    assert read_all(bookshop.parent, day=date(2026, 3, 2))[1] == ()
    build(bookshop.parent, tmp_path / "dist", date(2026, 3, 2))
    directory = tmp_path / "dist" / "contracts" / "directory" / f"{BOOKSHOP}.json"
    assert len(json.loads(directory.read_bytes())["staff"]) == 3


def test_wrong_staff_is_found(bookshop: Path) -> None:
    """Each staff.yaml that the page calls wrong gives the finding that the page names."""
    wrong = [example for example in EXAMPLES if example.role == "wrong-staff"]
    assert wrong
    for example in wrong:
        (bookshop / "staff.yaml").write_text(example.content, encoding="utf-8")
        assert {finding.code for finding in read_all(bookshop.parent)[1]} == {example.name}


def test_replies_of_the_bookshop(bookshop: Path, tmp_path: Path) -> None:
    """The reply on the page has no findings and reaches the functions; the wrong one is found."""
    replies = bookshop / "replies"
    replies.mkdir()
    (replies / "visit.md").write_text(pieces("reply", "visit.md"), encoding="utf-8")
    assert read_all(bookshop.parent, day=date(2026, 3, 2))[1] == ()
    build(bookshop.parent, tmp_path / "dist", date(2026, 3, 2))
    directory = tmp_path / "dist" / "contracts" / "directory" / f"{BOOKSHOP}.json"
    (reply,) = json.loads(directory.read_bytes())["replies"]
    assert (reply["id"], reply["name"]) == ("visit", {"zh-CN": "请顾客带书来店"})
    (wrong,) = [example for example in EXAMPLES if example.role == "wrong-reply"]
    (replies / "soon.md").write_text(wrong.content, encoding="utf-8")
    assert [finding.code for finding in read_all(bookshop.parent)[1]] == [wrong.name]


def test_branch_shares_clauses(bookshop: Path, tmp_path: Path) -> None:
    """The policy that shares the bookshop's clauses has no findings and builds."""
    folder = bookshop.parent / "sample-branch"
    folder.mkdir()
    for name in ("policy.yaml", "procedure.md"):
        (folder / name).write_text(pieces("branch", name), encoding="utf-8")
    organisations, findings = read_all(bookshop.parent)
    assert findings == ()
    branch = next(one for one in organisations if one.id == "sample-branch").editions[0]
    wanted = ["1", "1.1", "2", "2.1", "3", "3.1", "3.2", "3.4"]
    assert [clause.id for clause in branch.clauses] == wanted
    assert [limit.id for limit in branch.policy.limits] == ["answer", "ask-review"]
    assert build(bookshop.parent, tmp_path / "dist", date(2026, 3, 2)) > 20


def test_every_fence_is_tested_or_a_command() -> None:
    """Every YAML and Markdown fence has a role, and every command exists."""
    roles = {"policy.yaml", "procedure.md", "example", "wrong", "clauses", "branch"}
    roles |= {"staff.yaml", "wrong-staff", "reply", "wrong-reply"}
    commands = get_command(cli.app).commands  # type: ignore[attr-defined]
    for example in EXAMPLES:
        if example.language in ("yaml", "markdown"):
            assert example.role in roles, example
        elif example.language == "sh":
            for line in example.content.splitlines():
                assert line.split()[:2] == ["python", "build.py"]
                assert line.split()[2] in commands
        else:
            assert example.language == "text", example


@pytest.mark.parametrize(
    "example",
    [example for example in EXAMPLES if example.role == "clauses"],
    ids=lambda example: example.name,
)
def test_clause_numbers(example: Example) -> None:
    """Each text has the clause numbers that the page lists."""
    clauses = read_clauses(raw_lines(Path("procedure.md"), example.content))
    assert ", ".join(clause.id for clause in clauses) == example.name


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_lengths_of_time(page: str) -> None:
    """Each phrase in the table has the value and unit that its row states."""
    rows = re.findall(r"^\| ([^|`]+) \| (\d+) \| `(\w+)` \|$", page, re.MULTILINE)
    assert len(rows) > 10
    for words, value, unit in rows:
        found = [(one.value, one.unit) for one in find_durations(words)]
        assert found == [(Fraction(value), unit)], words


def test_chinese_page_has_every_example(request: pytest.FixtureRequest) -> None:
    """Both pages have the same examples in the same order, each with its role."""
    fences = [match[0] for match in FENCE.finditer(DOC)]
    assert len(FENCE.findall(CHINESE)) == len(fences)
    if request.config.getoption("--update-golden"):
        page = FENCE.sub(lambda _: fences.pop(0), CHINESE)
        (ROOT / "docs" / "policy-format.zh-CN.md").write_text(page, encoding="utf-8")
    else:
        assert [match[0] for match in FENCE.finditer(CHINESE)] == fences


def test_chinese_page_has_every_section_and_row() -> None:
    """Both pages have as many headings and table rows, section by section."""
    shapes = [
        [(bool(text.strip()), text.count("\n| ")) for text in sections(page).values()]
        for page in PAGES.values()
    ]
    assert shapes[0] == shapes[1]


def test_chinese_page_is_chinese() -> None:
    """Every paragraph, heading and row of more than ids has Chinese words."""
    prose = FENCE.sub("", CHINESE)
    english = [
        part
        for part in re.split(r"\n{2,}|\n(?=[|#-])", prose)
        if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", re.sub("`[^`]*`", "", part))
        and not re.search("[\u4e00-\u9fff]{2}", part)
        and not part.startswith("| half")
    ]
    assert [part for part in english if " `" not in part] == []


def sections(page: str) -> dict[str, str]:
    """Each part of the page by its heading."""
    parts = re.split(r"^#{2,4} (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def keys() -> Iterator[tuple[str, str]]:
    """Each key of the models with the heading of the section that explains it."""
    of: dict[str, str] = {
        "BusinessHours": "`organisation`",
        "Opening": "`organisation`",
        "Break": "`organisation`",
        "Ground": "`kinds`",
        "When": "`steps`",
        "LaterOf": "`limits`",
        "ContactFact": "`branches`",
    }
    for properties in (STAFF_SCHEMA, STAFF_SCHEMA["$defs"]["StaffEntry"]):
        yield from (("Staff", name) for name in properties["properties"])
    for name, value in SCHEMA["properties"].items():
        yield "The policy", name
        for model in re.findall(r'"#/\$defs/(\w+)"', json.dumps(value)):
            of[model] = f"`{name}`"
    for model, section in of.items():
        for name in SCHEMA["$defs"][model].get("properties", {}):
            if name not in COMMON:
                yield section, name


@pytest.mark.parametrize(("section", "key"), sorted(set(keys())))
def test_every_key_is_explained(section: str, key: str) -> None:
    """Each key of each model is named in the section of its list or mapping, on both pages."""
    assert f"`{key}`" in sections(DOC)[section]
    assert f"`{key}`" in sections(CHINESE)[HEADINGS.get(section, section)]


def values(schema: Any) -> Iterator[str]:
    """Every value that a key allows."""
    if isinstance(schema, dict):
        yield from schema.get("enum", [])
        yield from (schema["const"],) if "const" in schema else ()
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from values(one)


def test_every_value_is_explained() -> None:
    """Each event, unit, channel type, topic, formality, kind and so on is on the page."""
    words = set(values(SCHEMA))
    assert {"working_day", "each_period", "authority", "recusal", "real_name", "appeal"} <= words
    for page in PAGES.values():
        assert {word for word in words if f"`{word}`" not in page} == set()


def test_every_finding_is_explained() -> None:
    """Each finding code has a row with its meaning and its remedy."""
    heading = "Findings, and what to do"
    for table in (sections(DOC)[heading], sections(CHINESE)[HEADINGS[heading]]):
        rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", table, re.MULTILINE))
        assert set(get_args(FindingCode)) - rows.keys() == set()
        assert all(len(row.split(" | ")) == 2 for row in rows.values())


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_links_on_the_page_lead_somewhere(page: str) -> None:
    """Each link to a heading finds the heading."""
    headings = re.findall(r"^#{2,4} (.+)$", page, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
