"""Reads replies/: texts with which staff begin what they write, outside every version.

`visit.md` is a reply in the policy's language, `visit.en.md` its translation. The first line is a
heading, by which staff know it; everything below is the reply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from functions.model.acts import LONGEST_TEXT
from functions.model.desk.reply import ReplyTemplate
from functions.model.language import Language
from functions.model.text import Text
from site_src.bilingual import Bilingual
from site_src.policy.address import Slug
from site_src.policy.clauses import RawLine
from site_src.policy.finding import Finding
from site_src.policy.invisible_characters import marks_in_text
from site_src.policy.text_files import read_lines
from site_src.policy.translation import wrong_language

FOLDER = "replies"
_MARK = "# "
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)


@dataclass(frozen=True)
class Reply:
    """A reply in one language as read; `lines` are its text, `language` None is the policy's."""

    id: str
    language: Language | None
    file: Path
    name: str
    lines: tuple[RawLine, ...]

    @property
    def words(self) -> str:
        """The text, without empty lines around it."""
        return "\n".join(line.words for line in self.lines).strip()


def read_replies(
    folder: Path, original: Language | None
) -> tuple[tuple[Reply, ...], tuple[Finding, ...]]:
    """The replies of an organisation in alphabetical order, and what prevents reading others.

    `original` is the policy's language, None if it is not known: what is in it translates nothing.
    """
    read = [_read(file, original) for file in sorted((folder / FOLDER).glob("[!.]*"))]
    replies = tuple(result for result in read if isinstance(result, Reply))
    findings = [finding for result in read if isinstance(result, tuple) for finding in result]
    own = {reply.id for reply in replies if reply.language is None}
    for reply in replies:
        if reply.id not in own:
            message = Bilingual(
                f"there is no {reply.id}.md that this would translate",
                f"没有它所翻译的 {reply.id}.md",
            )
            remedy = Bilingual(
                "Add it in the language of the policy, or take the language out of this name.",
                "请补上办法所用语言的一份，或者去掉这个文件名里的语言。",
            )
            findings.append(reply_finding(reply.file, 1, message, remedy))
    return replies, tuple(findings)


def templates(replies: tuple[Reply, ...], language: Language) -> tuple[ReplyTemplate, ...]:
    """The replies as the functions know them; `language` is the policy's."""
    found: list[ReplyTemplate] = []
    for own in replies:
        if own.language is None:
            tongues = [own, *(one for one in replies if one.id == own.id and one.language)]
            spoken = {one.language or language: one for one in tongues}
            found.append(
                ReplyTemplate(
                    id=own.id,
                    name=Text({tongue: one.name for tongue, one in spoken.items()}),
                    words=Text({tongue: one.words for tongue, one in spoken.items()}),
                )
            )
    return tuple(found)


def reply_finding(
    file: Path, line: int, message: Bilingual, remedy: Bilingual, column: int = 1
) -> Finding:
    """A finding about how a reply is written."""
    return Finding(
        code="reply-wrong", file=file, line=line, column=column, message=message, remedy=remedy
    )


def _read(file: Path, original: Language | None) -> Reply | tuple[Finding, ...]:
    name, _, language = file.name.removesuffix(".md").partition(".")
    if findings := tuple(_wrong_name(file, name, language, original)):
        return findings
    lines = read_lines(file)
    if isinstance(lines, Finding):
        return (lines,)
    if marks := tuple(marks_in_text(lines)):
        return marks
    first = next((at for at, line in enumerate(lines) if line.words.strip()), 0)
    heading = lines[first].words if lines else ""
    reply = Reply(
        name, language or None, file, heading.removeprefix(_MARK).strip(), lines[first + 1 :]
    )
    if not heading.startswith(_MARK) or not reply.name or not reply.words:
        message = Bilingual(
            "a reply needs a heading and a text", "答复模板要有一行标题，标题下面要有正文"
        )
        remedy = Bilingual(
            "Write `# ` and its name on the first line, and the text below.",
            "第一行写“# ”和名称，正文从下一行起。",
        )
        return (reply_finding(file, 1, message, remedy),)
    if len(reply.words) > LONGEST_TEXT:
        message = Bilingual(
            f"the reply has {len(reply.words)} characters", f"这份答复有 {len(reply.words)} 个字"
        )
        remedy = Bilingual(f"It may have {LONGEST_TEXT}.", f"最多可以有 {LONGEST_TEXT} 个字。")
        return (reply_finding(file, 1, message, remedy),)
    return reply


def _wrong_name(
    file: Path, name: str, language: str, original: Language | None
) -> Iterator[Finding]:
    if language and (wrong := wrong_language(language, original)):
        yield reply_finding(file, 1, *wrong)
    try:
        _SLUG.validate_python(name)
        is_slug = True
    except ValidationError:
        is_slug = False
    if not is_slug or file.suffix != ".md":
        message = Bilingual(f"{file.name} is no name of a reply", f"{file.name} 不能作答复的文件名")
        remedy = Bilingual(
            "Use small letters, digits and hyphens, and end in .md: `visit.md`, `visit.en.md`.",
            "请用小写字母、数字和连字符，以 .md 结尾，例如 visit.md、visit.en.md。",
        )
        yield reply_finding(file, 1, message, remedy)
