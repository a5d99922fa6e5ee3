"""Reads the text files of a policy, within bounds that no procedure reaches."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.policy.clauses import Clause, RawLine, raw_lines
from site_src.policy.finding import Finding, FindingCode
from site_src.policy.layout.encoding import decode_utf_8

_MOST_BYTES = 1_000_000
_MOST_CHARACTERS_OF_LINE = 4_000
_MOST_CHARACTERS_OF_CLAUSE = 20_000
"""The time of some comparisons grows with the square of what stands between two clause numbers."""


_MARKS, _MOST_MARKS = "[>!*", 2_000
"""Marks that may stand within each other: the time to render them grows with their square."""


def read_text(file: Path) -> str | Finding:
    """The text of a file in UTF-8, or the finding that prevents reading it."""
    try:
        with file.open("rb") as content:
            data = content.read(_MOST_BYTES + 1)
    except OSError as error:
        message = Bilingual(
            f"{file.name}: {error.strerror}", f"无法读取 {file.name}（{error.strerror}）"
        )
        remedy = Bilingual(
            "Make it a plain file that the account which builds the site can read.",
            "请改成普通文件，并让生成网站的账号有权读取。",
        )
        return _finding("file-missing", file, 1, message, remedy)
    if len(data) > _MOST_BYTES:
        size = f"{_MOST_BYTES // 1000} kB"
        message = Bilingual(f"{file.name} is longer than {size}", f"{file.name} 超过 {size}")
        remedy = Bilingual(
            "Remove what is no part of the procedure, such as pasted pictures.",
            "请删去不属于办法的内容，例如粘贴进来的图片。",
        )
        return _finding("too-long", file, 1, message, remedy)
    return decode_utf_8(file, data)


def read_lines(file: Path) -> tuple[RawLine, ...] | Finding:
    """The lines of a procedure or its translation, or the finding that prevents reading them."""
    text = read_text(file)
    if isinstance(text, Finding):
        return text
    for mark in _MARKS:
        if text.count(mark) > _MOST_MARKS:
            count = text.count(mark)
            message = Bilingual(
                f"the text has {count} times the character {mark}", f"字符 {mark} 出现了 {count} 次"
            )
            remedy = Bilingual(f"A text may have {_MOST_MARKS}.", f"最多可以有 {_MOST_MARKS} 个。")
            return _finding("too-long", file, 1, message, remedy)
    lines = raw_lines(file, text)
    for line in lines:
        if len(line.words) > _MOST_CHARACTERS_OF_LINE:
            length = len(line.words)
            message = Bilingual(f"the line has {length} characters", f"这一行有 {length} 个字")
            remedy = Bilingual(
                f"Divide it: a line may have {_MOST_CHARACTERS_OF_LINE}.",
                f"请分成几行：一行最多 {_MOST_CHARACTERS_OF_LINE} 个字。",
            )
            return _finding("too-long", file, line.number, message, remedy)
    return lines


def overlong_clauses(clauses: Iterable[Clause]) -> Iterator[Finding]:
    """The findings for clauses that are too long."""
    for clause in clauses:
        length, first = len(clause.words), clause.lines[0]
        if length > _MOST_CHARACTERS_OF_CLAUSE:
            message = Bilingual(
                f"the clause that begins here has {length} characters",
                f"从这里开始的一条有 {length} 个字",
            )
            remedy = Bilingual(
                f"Number its parts, so that none has more than {_MOST_CHARACTERS_OF_CLAUSE}.",
                f"请给其中各部分编号，每条不超过 {_MOST_CHARACTERS_OF_CLAUSE} 个字。",
            )
            yield _finding("too-long", first.file, first.number, message, remedy)


def _finding(
    code: FindingCode, file: Path, line: int, message: Bilingual, remedy: Bilingual
) -> Finding:
    return Finding(code=code, file=file, line=line, column=1, message=message, remedy=remedy)
