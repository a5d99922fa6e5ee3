"""Each sample procedure, written as a document of each format, is read back whole."""

from pathlib import Path

import pytest

from site_src.importing.read import read_document
from tests.commands.import_quality import (
    IMPORT_QUALITY,
    clauses_read,
    clauses_section,
    samples,
)
from tests.helpers.documents.formats import WRITERS
from tests.helpers.documents.parts import clause_ids, content_words
from tests.helpers.documents.printed import write_text

SAMPLES = samples()


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("name", ["commercial-bank", "testing-company", "housing-association"])
def test_clauses_and_words_are_those_of_the_document(
    name: str, format: str, tmp_path: Path
) -> None:
    """Every clause is found with its words, none is invented, and no word is lost."""
    read = clauses_read(SAMPLES[name], format, tmp_path)
    assert read.found == read.clauses
    assert (read.invented, read.words_lost) == (0, 0)


def test_figures_in_the_docs_are_current() -> None:
    """docs/import-quality.md has the table that the samples give now: every clause, no loss."""
    section = clauses_section()
    assert section in IMPORT_QUALITY.read_text(encoding="utf-8")
    (total,) = [line for line in section.splitlines() if line.startswith("| **all**")]
    clauses, *found, invented, lost = [int(cell) for cell in total.split("|")[2:-1]]
    assert (found, invented, lost) == ([clauses] * len(WRITERS), 0, 0)


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_typed_numbers_are_read_as_automatic_ones(format: str, tmp_path: Path) -> None:
    """A document whose numbers are typed, indented and bold gives the same clauses."""
    text = SAMPLES["employer-hr"]
    path = tmp_path / f"typed.{format}"
    WRITERS[format](path, text, automatic=False)  # type: ignore[call-arg]
    assert clause_ids(read_document(path).procedure) == clause_ids(text)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_every_encoding_gives_the_same_text(encoding: str, tmp_path: Path) -> None:
    """A text is the same in every encoding that Notepad offers, with a mark or without one."""
    text = SAMPLES["car-dealer"]
    plain = read_document(write_text(tmp_path / "a.txt", text, "utf-8")).procedure
    assert read_document(write_text(tmp_path / "b.txt", text, encoding)).procedure == plain
    assert clause_ids(plain) == clause_ids(text)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_written_procedure_is_imported_as_it_is(name: str, tmp_path: Path) -> None:
    """A procedure.md that is imported keeps every clause and every word."""
    path = tmp_path / "procedure.md"
    path.write_text(SAMPLES[name], encoding="utf-8")
    document = read_document(path)
    assert clause_ids(document.procedure) == clause_ids(SAMPLES[name])
    assert content_words(document.procedure) == content_words(SAMPLES[name])
    assert document.left_out == ()
