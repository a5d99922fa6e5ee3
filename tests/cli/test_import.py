"""`build.py import`: a draft from a document, or a message that says what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from site_src.authoring.editor_schemas import SCHEMAS
from tests.helpers.documents.printed import write_pdf
from tests.helpers.documents.word_file import write_word

TEXT = """\
# 示例书店投诉办法

## 1 提出

1.1 读者可以拨打 400-000-0000，也可以写信到 help@bookshop.example.com。

## 2 处理

2.1 客服部受理投诉，在 5 个工作日内答复读者。
"""


def run(*arguments: object) -> tuple[int, str]:
    """The exit code and all output of a command."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_a_draft_is_written_and_what_was_left_out_is_said(tmp_path: Path) -> None:
    """Both files are there, the text whole; the report names place, words and reason."""
    policies = tmp_path / "policies"
    policies.mkdir()
    file = write_pdf(tmp_path / "办法.pdf", TEXT)
    code, output = run(
        "import", file, "--org", "my-shop", "--policies", policies, "--language", "zh-CN"
    )
    assert code == 0
    folder = policies / "my-shop"
    assert sorted(path.name for path in policies.iterdir()) == ["my-shop", *SCHEMAS]
    assert sorted(path.name for path in folder.iterdir()) == ["policy.yaml", "procedure.md"]
    text = (folder / "procedure.md").read_text(encoding="utf-8")
    assert text == TEXT
    facts = (folder / "policy.yaml").read_text(encoding="utf-8")
    assert "id: my-shop\n" in facts
    assert "status: draft\n" in facts
    assert "  这是页码\n    第 1 页第 " in output
    assert f"已写入：{folder}" in output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A name that is taken, or cannot be an address, is wrong use; nothing is written."""
    file = write_word(tmp_path / "a.docx", TEXT)
    policies = tmp_path / "policies"
    (policies / "my-shop").mkdir(parents=True)
    for name, says in (("my-shop", "already exists"), ("My Shop", "not valid"), ("cases", "site")):
        code, output = run("import", file, "--org", name, "--policies", policies)
        assert code == 2
        assert says in output
    assert [path.name for path in policies.rglob("*")] == ["my-shop"]


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "this is an RTF document"), ("zh-CN", "这是 RTF 文档，不能直接导入")],
)
def test_a_file_that_cannot_be_read(language: str, says: str, tmp_path: Path) -> None:
    """The message names the file and says what to do, in the reader's language; exit 1."""
    file = tmp_path / "a.docx"
    file.write_bytes(b"{\\rtf1 text}")
    code, output = run(
        "import", file, "--org", "my-shop", "--policies", tmp_path, "--language", language
    )
    assert code == 1
    assert str(file) in output
    assert says in output
    assert not (tmp_path / "my-shop").exists()
