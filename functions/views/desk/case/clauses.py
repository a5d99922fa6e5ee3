"""Marks that cite a clause and lead to it, in the version that the case stands under."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from functions.views.case_file import CaseFile
from functions.views.wording.citations import cite_marked


@dataclass(frozen=True)
class ClauseMark:
    """A citation, `clause 2.5`, and the address of the clause on the public page of the version."""

    cited: Markup
    href: str


def clause_mark(file: CaseFile, clause: str) -> ClauseMark:
    """The mark of a clause of the version that the case was filed under."""
    return ClauseMark(cite_marked(file.pages.words, clause), clause_address(file, clause))


def clause_address(file: CaseFile, clause: str) -> str:
    """Where the public page of the version shows the clause."""
    return f"{version_address(file)}#clause-{quote(clause)}"


def version_address(file: CaseFile) -> str:
    """The public page of the version that the case was filed under."""
    contract = file.contract
    prefix = file.pages.words.prefix
    return f"{prefix}/{contract.address}/versions/{contract.version}/"
