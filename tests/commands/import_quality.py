"""Measures imports and writes docs/import-quality.md: what is read of each sample, in each format.

`python -m tests.commands.import_quality` writes the file, all but its last section.
"""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from site_src.importing.read import read_document
from site_src.places import POLICIES, ROOT
from tests.helpers.documents.formats import WRITERS
from tests.helpers.documents.parts import clause_words, content_words
from tests.helpers.import_quality.facts_section import facts_section

IMPORT_QUALITY = ROOT / "docs" / "import-quality.md"

_HEAD = """# What an import reads

`python -m tests.commands.import_quality` writes this file from the procedures in `policies/`, all
but the last section, which people write.
"""

_BY_PEOPLE = "## Tried with a procedure that nobody had seen"
"""The heading of the section that is kept as it is."""

_CLAUSES = """## Clauses

Each procedure is written as a Word document with automatic numbers, contents, header and footer;
as a PDF with contents, header and footer on each page; as an ODF text with automatic numbers; and
as a text file in GBK with indents and page numbers. Then it is imported. A clause is found if the
imported text has a clause of its number that says the same words. Invented are clauses whose number
the procedure does not have. Words lost are characters that are neither in the text nor in what the
import says it left out.

The rules were made while looking at these procedures. `tests/site_src/importing/test_unseen.py` has
others, and files that LibreOffice wrote.
"""


@dataclass(frozen=True)
class ClausesRead:
    """How many clauses of a procedure an import found, invented and lost words of."""

    clauses: int
    found: int
    invented: int
    words_lost: int


def samples() -> dict[str, str]:
    """The procedures of this checkout by organisation."""
    return {
        path.parent.name: path.read_text(encoding="utf-8")
        for path in sorted(POLICIES.glob("*/procedure.md"))
    }


def clauses_read(text: str, format: str, folder: Path) -> ClausesRead:
    """Writes the procedure in a format, imports it, and compares the two."""
    document = read_document(WRITERS[format](folder / f"procedure.{format}", text))
    own, read = Counter(clause_words(text)), Counter(clause_words(document.procedure))
    invented = Counter(id for id, _ in read) - Counter(id for id, _ in own)
    all_words = document.procedure + "".join(left.words for left in document.left_out)
    lost = Counter(content_words(text)) - Counter(content_words(all_words))
    return ClausesRead(own.total(), (own & read).total(), invented.total(), lost.total())


def clauses_section() -> str:
    """The section on clauses: a row for each sample, a column for each format."""
    lines = [
        "| procedure | clauses | " + " | ".join(WRITERS) + " | invented | words lost |",
        "|---|---:|" + "---:|" * (len(WRITERS) + 2),
    ]
    totals: list[list[int]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in samples().items():
            read = [clauses_read(text, format, Path(folder)) for format in WRITERS]
            row = [
                read[0].clauses,
                *(one.found for one in read),
                sum(one.invented for one in read),
                sum(one.words_lost for one in read),
            ]
            totals.append(row)
            lines.append(f"| {name} | " + " | ".join(map(str, row)) + " |")
    total = (sum(column) for column in zip(*totals, strict=True))
    lines.append("| **all** | " + " | ".join(map(str, total)) + " |")
    return f"{_CLAUSES}\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Writes docs/import-quality.md, and keeps the section that people wrote."""
    _, heading, kept = IMPORT_QUALITY.read_text(encoding="utf-8").partition(_BY_PEOPLE)
    IMPORT_QUALITY.write_text(
        "\n".join((_HEAD, clauses_section(), facts_section(), f"{heading}{kept}")),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
