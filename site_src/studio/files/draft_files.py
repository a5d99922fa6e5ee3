"""Reads the two files of a draft: the text of the procedure and the facts."""

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from site_src.bilingual import Bilingual
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE, folders
from site_src.policy.yaml.document import YamlDocument
from site_src.policy.yaml.reading import parse_yaml
from site_src.studio.errors import FilesUnreadable


@dataclass(frozen=True)
class DraftFiles:
    """The contents of `policy.yaml` and `procedure.md` at one moment."""

    folder: Path
    facts: str
    procedure: str

    @property
    def organisation(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def digest(self) -> str:
        """What tells this state from any other; each form carries it."""
        return sha256(f"{self.facts}\0{self.procedure}".encode()).hexdigest()[:16]

    @cached_property
    def document(self) -> YamlDocument:
        """The facts as data. Raises FilesUnreadable."""
        read = parse_yaml(self.facts, self.folder / POLICY_FILE)
        if isinstance(read, YamlDocument):
            return read
        first = read[0]
        raise FilesUnreadable(
            Bilingual(
                "policy.yaml, line {line}: {problem}. {remedy}",
                "policy.yaml 第 {line} 行：{problem}。{remedy}",
            ).filled(line=first.line, problem=first.message, remedy=first.remedy)
        )

    def text(self, name: str) -> str:
        """The content of the file of that name."""
        return self.facts if name == POLICY_FILE else self.procedure

    def with_text(self, name: str, text: str) -> "DraftFiles":
        """The files with another content of one of them."""
        if name == POLICY_FILE:
            return replace(self, facts=text)
        return replace(self, procedure=text)


def read_files(policies: Path, organisation: str) -> DraftFiles:
    """The files of an organisation as they are now.

    Raises UnknownOrganisation, and FilesUnreadable if one is missing or not UTF-8.
    """
    (folder,) = folders(policies, (organisation,))
    return DraftFiles(folder, _read(folder / POLICY_FILE), _read(folder / PROCEDURE_FILE))


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FilesUnreadable(
            Bilingual(
                f"{file.parent.name}/{file.name} cannot be read: it is missing or not UTF-8. Put "
                "it back, or save it as UTF-8.",
                f"无法读取 {file.parent.name}/{file.name}：文件不存在，或者不是 UTF-8 编码。"
                "请放回原处，或者另存为 UTF-8。",
            )
        ) from error
