"""What clerks save and mistype is read, or named at its own line with what to write."""

import json
from pathlib import Path

import pytest

from site_src.check.organisation import read_all
from site_src.check.rules import check_edition
from site_src.places import POLICIES
from site_src.policy.finding import Finding
from site_src.policy.load import load
from site_src.policy.mistakes.refusals import SHAPES
from site_src.policy.yaml.reading import read_yaml
from tests.helpers.sample_policies import loaded, mend

CLAUSE = "2.2 客服部"


def only_finding(policies: Path) -> Finding:
    """The one finding that prevents reading the sample."""
    findings = load(policies / "sample")
    assert isinstance(findings, tuple)
    (finding,) = findings
    return finding


@pytest.mark.parametrize(
    ("character", "number", "name"),
    [
        ("\u200b", "U+200B", "ZERO WIDTH SPACE"),
        ("\u200c", "U+200C", "ZERO WIDTH NON-JOINER"),
        ("\u200d", "U+200D", "ZERO WIDTH JOINER"),
        ("\u200e", "U+200E", "LEFT-TO-RIGHT MARK"),
        ("\u200f", "U+200F", "RIGHT-TO-LEFT MARK"),
        ("\u00ad", "U+00AD", "SOFT HYPHEN"),
        ("\u2028", "U+2028", "LINE SEPARATOR"),
        ("\u2060", "U+2060", "WORD JOINER"),
        ("\u2800", "U+2800", "BRAILLE PATTERN BLANK"),
        ("\u3164", "U+3164", "HANGUL FILLER"),
        ("\ufeff", "U+FEFF", "BYTE ORDER MARK"),
        ("\ufffd", "U+FFFD", "REPLACEMENT CHARACTER"),
        ("\U000e0041", "U+E0041", "TAG LATIN CAPITAL LETTER A"),
        ("\x07", "U+0007", "CONTROL CHARACTER"),
        ("\x0b", "U+000B", "VERTICAL TAB"),
    ],
)
def test_invisible_character_in_text(
    policies: Path, character: str, number: str, name: str
) -> None:
    """An invisible character in a text is named with its place and the words before it."""
    mend(policies / "sample" / "procedure.md", CLAUSE, f"2.2 客{character}服部")
    finding = only_finding(policies)
    assert (finding.code, finding.line, finding.column) == ("file-encoding", 11, 6)
    assert f"{number} ({name})" in finding.message.en
    assert finding.message.en.endswith("after “2.2 客”")


@pytest.mark.parametrize(
    "escape", ["\\u200B", "\\uFEFF", "\\u00AD", "\\u2060", "\\u3164", "\\uFFFD"]
)
def test_invisible_character_in_facts(policies: Path, escape: str) -> None:
    """An invisible character in a fact is named with the words before it."""
    mend(policies / "sample" / "policy.yaml", "duty: 答复", f'duty: "答{escape}复"')
    finding = only_finding(policies)
    assert (finding.code, finding.line) == ("file-encoding", 22)
    assert f"U+{escape[2:]}" in finding.message.en
    assert finding.message.en.endswith("after “答”")


@pytest.mark.parametrize("place", ["start", "page break", "emoji", "wide spaces"])
def test_harmless_characters(policies: Path, place: str) -> None:
    """A byte order mark at the start, page breaks, emoji and wide spaces change nothing."""
    file = policies / "sample" / "procedure.md"
    text = file.read_text(encoding="utf-8")
    changed = {
        "start": "\ufeff" + text,
        "page break": text.replace(CLAUSE, f"\f{CLAUSE}"),
        "emoji": text.replace(CLAUSE, f"{CLAUSE}\U0001f468\u200d\U0001f469"),
        "wide spaces": text.replace(CLAUSE, f"\u3000\u3000{CLAUSE}".replace(" ", "\u00a0")),
    }[place]
    file.write_text(changed, encoding="utf-8")
    assert check_edition(loaded(policies / "sample")) == ()


@pytest.mark.parametrize("name", ["procedure.md", "policy.yaml"])
@pytest.mark.parametrize(
    ("encoding", "words"),
    [("gb18030", "probably GBK"), ("utf-16", "UTF-16")],
)
def test_other_encodings(policies: Path, name: str, encoding: str, words: str) -> None:
    """A file in GBK or UTF-16 is a finding that names the encoding and how to save it."""
    file = policies / "sample" / name
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.encode(encoding))
    finding = only_finding(policies)
    assert (finding.code, finding.file.name) == ("file-encoding", name)
    assert words in finding.message.en
    assert "Save the file as UTF-8" in finding.remedy.en


def test_utf_16_without_a_mark(policies: Path) -> None:
    """English text in UTF-16 is known by its zeros."""
    (policies / "sample" / "procedure.md").write_bytes("# Complaints\n".encode("utf-16-le"))
    assert "UTF-16" in only_finding(policies).message.en


def test_bytes_in_no_encoding(policies: Path) -> None:
    """A file that is damaged names the line of the first byte that is not UTF-8."""
    file = policies / "sample" / "procedure.md"
    file.write_bytes(file.read_bytes() + b"\n\xff\xff")
    finding = only_finding(policies)
    assert finding.line == len(file.read_bytes().split(b"\n"))
    assert "GBK" not in finding.message.en


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nprefix：JDB\nb: 2", 2, 7, "the colon after prefix is full-width"),
        ("o:\n  name: X\n  prefix：JDB\n  audience: public", 3, 9, "prefix is full-width"),
        ("o:\n  name: X\n  prefix：JDB\nb: 1", 3, 9, "prefix is full-width"),
        ("l:\n  - id：a\n    name: b", 2, 7, "the colon after id is full-width"),
        ("l:\n  - {id： a, name: b}", 2, 8, "the colon after id is full-width"),
        ("l:\n  - {id: a， name: b}", 2, 11, "the comma before name is full-width"),
        ("a: 1\nprefix:JDB\nb: 2", 2, 7, "no space after the colon of prefix"),
        ("a: “b” c: d", 1, 4, "the quotation mark “ is Chinese"),
        ("l: ｛id: a｝", 1, 4, "the bracket ｛ is full-width"),
        ("a:\n\tb: 1", 2, 1, "indented with a tab"),
        ("a: 1\n— id: b\nc: 2", 2, 1, "the dash — at the start of the line is no hyphen"),
        ("a: 1\nb: \x07", 2, 4, "control character, U+0007"),
    ],
)
def test_mistyped_yaml(tmp_path: Path, text: str, line: int, column: int, words: str) -> None:
    """A mistyped line is named itself, not the line after it, and with what to write."""
    file = tmp_path / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    findings = read_yaml(file)
    assert isinstance(findings, tuple)
    (finding,) = findings
    assert (finding.code, finding.line, finding.column) == ("yaml-syntax", line, column)
    assert words in finding.message.en


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  name：甲\n  乙\nb: 1",
        "a: >\n  x：y\n\n  z：w\nb: 1",
        "a: 甲：乙",
        "a: '“甲”'",
        "# prefix：JDB\na: 1",
        "url: https://example.com/",
    ],
)
def test_wide_colons_in_words(tmp_path: Path, text: str) -> None:
    """A full-width colon in the words of a fact or of a comment is no mistake."""
    file = tmp_path / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    assert not isinstance(read_yaml(file), tuple)


def test_no_pattern_in_messages(policies: Path) -> None:
    """What a value may be is said in words: every pattern of the format has some."""
    schema = json.loads((POLICIES / "policy.schema.json").read_text(encoding="utf-8"))
    assert patterns(schema) <= SHAPES.keys()
    mend(policies / "sample" / "policy.yaml", "prefix: SM", "prefix: 样本")
    finding = only_finding(policies)
    assert (
        finding.message.en == "needs 2 to 4 capital letters or digits, without I, L, O, U, 0 and 1"
    )


def patterns(schema: object) -> set[str]:
    """Every pattern in a JSON Schema."""
    if isinstance(schema, dict):
        own = {schema["pattern"]} if isinstance(schema.get("pattern"), str) else set()
        return own.union(*(patterns(value) for value in schema.values()))
    return set().union(*map(patterns, schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize("cited", ["2.2（a）", "2.2(a)", "2.2 (a)", "2.2（ａ）"])
def test_brackets_of_citations(policies: Path, cited: str) -> None:
    """A citation may use either brackets; the fact is shown at its item."""
    folder = policies / "sample"
    text = (folder / "procedure.md").read_text(encoding="utf-8")
    clause = next(line for line in text.splitlines() if line.startswith("2.2 "))
    (folder / "procedure.md").write_text(
        text.replace(clause, f"2.2 规定：\n\n(a) {clause.removeprefix('2.2 ')}\n\n(b) 其他。"),
        encoding="utf-8",
    )
    facts = (folder / "policy.yaml").read_text(encoding="utf-8")
    (folder / "policy.yaml").write_text(
        facts.replace('clause: "2.2"', f'clause: "{cited}"'), encoding="utf-8"
    )
    edition = loaded(folder)
    assert [clause.id for clause in edition.clauses if clause.id.startswith("2.2")] == [
        "2.2",
        "2.2(a)",
        "2.2(b)",
    ]
    assert read_all(policies)[1] == ()
