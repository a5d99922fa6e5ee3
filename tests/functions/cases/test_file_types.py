"""What a file is, by its content: the types that are taken, and a corpus of hostile ones."""

import re
import time
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.files.file_types import examine_content, examine_head
from functions.model.attachment import (
    MEDIA_TYPES,
    AttachmentRules,
    FileType,
    Flaw,
    display_name,
    endings_of,
    neutral_name,
)
from functions.model.files.signatures import HEAD
from tests.helpers.sample_files import (
    DOCX,
    GOOD,
    JPEG,
    PDF,
    UNSAFE,
    WRONG,
    adts,
    compound,
    frames,
    id3,
    iso_media,
    ogg,
)

ALL = AttachmentRules()


@pytest.mark.parametrize("type_", MEDIA_TYPES)
def test_each_type_is_known_by_its_content(type_: FileType) -> None:
    """A file is what it begins with, whatever it is called."""
    assert examine_content("a.exe", GOOD[type_], ALL) == type_


def test_evidence_of_every_type_is_taken_unless_the_policy_narrows_it() -> None:
    """The default rules take every type that is recognised, and people read them by groups."""
    assert set(ALL.types) == set(MEDIA_TYPES)
    assert ALL.type_names == {
        "photos": ("JPEG", "PNG", "WEBP", "HEIC", "AVIF"),
        "videos": ("MP4", "MOV", "3GP"),
        "recordings": ("M4A", "MP3", "AMR", "AAC", "OGG", "WAV"),
        "documents": ("PDF", "DOCX", "DOC", "ODT", "XLSX", "XLS", "ODS", "TXT"),
    }
    assert AttachmentRules(types=("pdf",)).type_names == {"documents": ("PDF",)}


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (iso_media("mif1", "mif1", "heic"), "heic"),
        (iso_media("msf1", "msf1", "hevc", "heic", "mif1", "iso8"), "heic"),
        (iso_media("heix", "mif1", "heix", "miaf", "MiHA", "jpeg"), "heic"),
        (iso_media("mif1"), "heic"),
        (iso_media("heic", *["mif1"] * 30), "heic"),
        (iso_media("mif1", "mif1", "avif"), "avif"),
        (iso_media("iso8", "mif1", "heic"), "heic"),
        (iso_media("heic", "mif1", "heic", "mp42"), "heic"),
        (iso_media("heic", "mif1", "heic", large=True), "heic"),
        (iso_media("isom", "iso2", "avc1", "mp41", tracks=("vide", "soun")), "mp4"),
        (iso_media("M4V ", "M4V ", "M4A ", "mp42"), "mp4"),
        (iso_media("mp42", "M4V ", "M4A ", tracks=("vide", "soun")), "mp4"),
        (iso_media("mp42", "mp42", "isom", tracks=("soun",)), "m4a"),
        (iso_media("mp42", "M4A ", "mp42"), "m4a"),
        (iso_media("qt  ", "qt  ", "mp42"), "mov"),
        (iso_media("3gp4", "isom", "3gp4"), "3gp"),
        (frames(), "mp3"),
        (frames(id3(0)), "mp3"),
        (frames(id3(20) + id3(30) + bytes(5000)), "mp3"),
        (frames(header=b"\xff\xf3\x40\xc4"), "mp3"),
        (b"#!AMR-WB\n" + 2 * (b"\x04" + bytes(17)), "amr"),
        (adts(1), "aac"),
        (ogg(b"\x01vorbis" + bytes(23)), "ogg"),
        (ogg(b"Speex   1.2" + bytes(69)), "ogg"),
        (compound("Workbook", "MBD1", inside=("WordDocument",)), "xls"),
        (compound("ObjectPool", "WordDocument", inside=("Workbook",)), "doc"),
        (compound(*(f"Data{n}" for n in range(30)), "WordDocument"), "doc"),
    ],
)
def test_container_is_what_it_contains(content: bytes, type_: FileType) -> None:
    """Brands, tracks, frames and entries decide, each as in a file of a phone or a library."""
    assert examine_content("a", content, ALL) == type_


@pytest.mark.parametrize("type_", MEDIA_TYPES)
def test_first_bytes_show_what_may_be_sent(type_: FileType) -> None:
    """What a policy leaves out is known by its first bytes; what it takes is not refused."""
    others = AttachmentRules(types=tuple(name for name in MEDIA_TYPES if name != type_))
    head = GOOD[type_][:HEAD]
    assert examine_head("a.jpg", head, ALL) is None
    shares_its_beginning = type_ in ("docx", "xlsx", "doc", "xls", "mp4")
    refused = None if shares_its_beginning else Flaw("a.jpg", "wrong_type")
    assert examine_head("a.jpg", head, others) == refused


def test_text_that_is_cut_within_a_character_may_be_sent() -> None:
    """The first bytes of a text may end in the middle of a Chinese character."""
    for encoding in ("utf-8", "gb18030"):
        content = ("a" + "长" * 2000).encode(encoding)
        for length in range(HEAD - 3, HEAD):
            assert examine_head("a.txt", content[:length], ALL) is None
        assert examine_content("a.txt", content, ALL) == "txt"


@pytest.mark.parametrize("name", WRONG)
def test_anything_else_is_refused(name: str) -> None:
    """No name makes a page, a program or an archive a picture or a text."""
    assert examine_content("photo.jpg", WRONG[name], ALL) == Flaw("photo.jpg", "wrong_type")


@pytest.mark.parametrize("name", UNSAFE)
def test_what_hides_something_is_refused(name: str) -> None:
    """Two files in one, macros, and what unpacks beyond reason."""
    assert examine_content("photo.jpg", UNSAFE[name], ALL) == Flaw("photo.jpg", "unsafe")


def test_full_directory_is_not_read() -> None:
    """An archive of 200,000 names is refused at once: reading its directory took five seconds."""
    entry = b"PK\x01\x02" + bytes(42)
    full = b"PK\x03\x04" + bytes(26) + entry * 200_000
    started = time.process_time()
    assert examine_content("a.docx", full, ALL) == Flaw("a.docx", "unsafe")
    assert time.process_time() - started < 1


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
        ("长" * 200 + ".pdf", "长" * 75 + ".pdf"),
        ("😀" * 80 + ".pdf", "😀" * 56 + ".pdf"),
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
