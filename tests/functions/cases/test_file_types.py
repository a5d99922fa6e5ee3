"""What a file is, by its content: the types that are taken, and a corpus of hostile ones."""

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.files.file_types import examine_content
from functions.model.attachment import (
    MEDIA_TYPES,
    AttachmentRules,
    FileType,
    Flaw,
    display_name,
    endings_of,
    neutral_name,
)
from tests.helpers.sample_files import DOCX, GOOD, JPEG, PDF, UNSAFE, WRONG

ALL = AttachmentRules(types=tuple(MEDIA_TYPES))


@pytest.mark.parametrize("type_", MEDIA_TYPES)
def test_each_type_is_known_by_its_content(type_: FileType) -> None:
    """A file is what it begins with, whatever it is called."""
    assert examine_content("a.exe", GOOD[type_], ALL) == type_


@pytest.mark.parametrize("name", WRONG)
def test_anything_else_is_refused(name: str) -> None:
    """No name makes a page, a program or an archive a picture or a text."""
    assert examine_content("photo.jpg", WRONG[name], ALL) == Flaw("photo.jpg", "wrong_type")


@pytest.mark.parametrize("name", UNSAFE)
def test_what_hides_something_is_refused(name: str) -> None:
    """Two files in one, macros, and what unpacks beyond reason."""
    assert examine_content("photo.jpg", UNSAFE[name], ALL) == Flaw("photo.jpg", "unsafe")


def test_empty_and_large_files_are_refused() -> None:
    """Nothing is no file; the most bytes are taken, and not one more."""
    rules = AttachmentRules(megabytes=1)
    assert examine_content("a.txt", b"", rules) == Flaw("a.txt", "empty")
    assert examine_content("a.txt", b"a" * rules.most_bytes, rules) == "txt"
    assert examine_content("a.txt", b"a" * (rules.most_bytes + 1), rules) == Flaw(
        "a.txt", "too_large"
    )


def test_policy_narrows_the_types() -> None:
    """A type that the policy does not list is not taken."""
    rules = AttachmentRules(types=("jpeg",))
    assert examine_content("a", JPEG, rules) == "jpeg"
    assert examine_content("a", PDF, rules) == Flaw("a", "wrong_type")
    assert examine_content("a", DOCX, rules) == Flaw("a", "wrong_type")


@given(st.binary(max_size=400))
def test_no_content_breaks_the_examination(content: bytes) -> None:
    """Whatever the bytes, there is a type or a flaw; nothing is raised."""
    found = examine_content("a", content, ALL)
    assert isinstance(found, Flaw) or found in MEDIA_TYPES


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\照片.jpg", "照片.jpg"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('<img src="x">.png', "_img src=_x__.png"),
        ("...", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("长" * 200 + ".pdf", "长" * 76 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given_name: str, shown: str) -> None:
    """No path, no control or direction mark, nothing reserved, no more than eighty characters."""
    assert display_name(given_name) == shown


@given(st.text(max_size=300), st.sampled_from(sorted(MEDIA_TYPES)))
def test_no_name_leaves_its_folder(name: str, type_: FileType) -> None:
    """Whatever was typed is one visible name, which ends as what the file is."""
    neutral = neutral_name(name, type_)
    assert PurePosixPath(neutral).name == neutral
    assert PureWindowsPath(neutral).name == neutral
    assert not neutral.startswith(".")
    assert len(neutral) <= 86
    assert neutral.rpartition(".")[2].lower() in endings_of(type_)
    assert not any(unicodedata.category(char)[0] == "C" for char in neutral)
    assert not re.search(r'[<>:"/\\|?*]', neutral)
