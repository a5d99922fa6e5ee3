"""The words of the desk are those of the catalogues."""

from pathlib import Path

import pytest

from functions.model.language import Language
from tests.helpers.desk.desk_catalogue import files, words_of


@pytest.mark.parametrize(
    ("language", "catalogue", "file"), files(), ids=lambda each: str(each)[-9:]
)
def test_words_are_made_of_the_catalogue(
    language: Language, catalogue: Path, file: Path, pytestconfig: pytest.Config
) -> None:
    """Every message that the desk marks stands translated in the file that the function reads.

    `--update-golden` writes the file.
    """
    made = words_of(catalogue)
    if pytestconfig.getoption("--update-golden"):
        file.write_text(made, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == made, language
