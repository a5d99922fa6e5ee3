"""The contract of every shelf: a folder, and S3 on an emulator."""

import base64
import hashlib
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.adapters.aws import session
from functions.adapters.contracts.s3 import s3_client
from functions.adapters.files.folder import FolderFileStorage
from functions.adapters.files.s3 import S3FileStorage
from functions.cases.ports.file_storage import PLACES, FileStorage, UploadForm, checked_key
from functions.model.errors import FileMissing, FilesUnavailable, SettingInvalid

UPLOAD = f"uploads/{'0a' * 16}"
CLAIMED = f"waiting/SEC-22222-22222/{'0a' * 16}"


def create_bucket() -> None:
    """A bucket in the region that the emulator's clients sign for."""
    boto3.client("s3").create_bucket(
        Bucket="attachments", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )


@pytest.fixture(params=["folder", "s3", "s3 with prefix"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FileStorage]:
    """Each shelf, empty."""
    if request.param == "folder":
        yield FolderFileStorage(str(tmp_path / "files"))
        return
    request.getfixturevalue("ministack")
    session.cache_clear()
    create_bucket()
    yield S3FileStorage("attachments" + ("/a/b" if "prefix" in request.param else ""), s3_client())
    session.cache_clear()


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    """A file that was being written is removed at a start and on each listing, once it is old."""
    FolderFileStorage(str(tmp_path)).put(UPLOAD, b"whole")
    old, new = (tmp_path / "uploads" / f".{name}.0a0b0c0d.new" for name in ("old", "new"))
    kept = FolderFileStorage(str(tmp_path))
    for listing in (False, True):
        for draft in (old, new):
            draft.write_bytes(b"half")
        os.utime(old, (0, 0))
        if listing:
            assert [entry.key for entry in kept.entries("uploads")] == [UPLOAD]
        else:
            kept = FolderFileStorage(str(tmp_path))
        assert (old.exists(), new.exists()) == (False, True)
    assert kept.read(UPLOAD) == b"whole"


def test_files_come_and_go(shelf: FileStorage) -> None:
    """What is put is read back, also after a second time; what is removed is gone."""
    with pytest.raises(FileMissing):
        shelf.read(UPLOAD)
    shelf.put(UPLOAD, b"one")
    shelf.put(UPLOAD, b"two")
    assert shelf.read(UPLOAD) == b"two"
    shelf.remove(UPLOAD)
    shelf.remove(UPLOAD)
    with pytest.raises(FileMissing):
        shelf.read(UPLOAD)


def test_a_link_hands_out_one_file_with_its_headers(shelf: FileStorage) -> None:
    """A bucket hands a file out by a signed URL, with type and name as asked; a folder does not."""
    shelf.put(CLAIMED, b"%PDF-1.7")
    name = "inline; filename*=UTF-8''%E7%BB%93%E7%AE%97.pdf"
    url = shelf.link(CLAIMED, "application/pdf", name)
    if isinstance(shelf, FolderFileStorage):
        assert url is None
        return
    assert url is not None
    assert "X-Amz-Expires=900" in url
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"%PDF-1.7"
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == name


def test_files_of_a_case_go_together(shelf: FileStorage) -> None:
    """From wherever they lie, and no others, also of a reference that begins the same."""
    kept = (UPLOAD, f"waiting/SEC-22222-222222/{'0a' * 16}", f"waiting/SEC-33333-33333/{'0b' * 16}")
    for place in PLACES:
        for id_ in ("0a" * 16, "0b" * 16):
            shelf.put(f"{place}/SEC-22222-22222/{id_}", b"x")
    for key in kept:
        shelf.put(key, b"kept")
    for _ in range(2):
        shelf.remove_all("SEC-22222-22222")
        left = [entry.key for place in ("uploads", *PLACES) for entry in shelf.entries(place)]
        assert sorted(left) == sorted(kept)
    for reference in ("", "..", "SEC-22222-22222/x", "*"):
        with pytest.raises(ValueError, match="not a valid key"):
            shelf.remove_all(reference)


def test_copies_stand_for_themselves(shelf: FileStorage) -> None:
    """A copy stays when the first is removed, replaced or cannot be copied again."""
    shelf.put(UPLOAD, b"one")
    shelf.copy(UPLOAD, CLAIMED)
    shelf.copy(UPLOAD, CLAIMED)
    shelf.put(UPLOAD, b"two")
    assert shelf.read(CLAIMED) == b"one"
    shelf.remove(UPLOAD)
    assert shelf.read(CLAIMED) == b"one"
    with pytest.raises(FileMissing):
        shelf.copy(UPLOAD, CLAIMED)
    assert shelf.read(CLAIMED) == b"one"
    shelf.put(UPLOAD, b"three")
    shelf.copy(UPLOAD, CLAIMED)
    assert shelf.read(CLAIMED) == b"three"
    assert [entry.key for entry in shelf.entries("waiting")] == [CLAIMED]


def test_entries_are_those_of_one_place(shelf: FileStorage) -> None:
    """Each file is listed once, under its place, with the time it was left."""
    shelf.put(UPLOAD, b"one")
    shelf.put(CLAIMED, b"one")
    for place, keys in (("uploads", [UPLOAD]), ("waiting", [CLAIMED]), ("cleared", [])):
        entries = list(shelf.entries(place))
        assert [entry.key for entry in entries] == keys
        for entry in entries:
            assert abs(datetime.now(UTC) - entry.left_at) < timedelta(minutes=5)


def post(ticket: UploadForm, content: bytes) -> int:
    """What a browser does with a ticket; gives the status."""
    boundary = uuid4().hex
    parts = [(name, "", value.encode()) for name, value in ticket.fields.items()]
    parts.append(("file", '; filename="a.txt"', content))
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + value
        + b"\r\n"
        for name, more, value in parts
    )
    request = urllib.request.Request(
        ticket.url,
        body + f"--{boundary}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


@pytest.mark.usefixtures("ministack")
def test_ticket_takes_one_file() -> None:
    """A POST of the fields and the file stores it under the key; any other size is refused."""
    session.cache_clear()
    create_bucket()
    shelf = S3FileStorage("attachments", s3_client())
    content = b"one"
    ticket = shelf.ticket(UPLOAD, len(content), hashlib.sha256(content).hexdigest(), "")
    session.cache_clear()
    assert ticket.url.startswith(shelf.origin)
    assert post(ticket, content + b"more") == 400
    with pytest.raises(FileMissing):
        shelf.read(UPLOAD)
    assert post(ticket, content) == 204
    assert shelf.read(UPLOAD) == content
    forged = UploadForm(ticket.url, ticket.fields | {"key": CLAIMED})
    assert post(forged, content) == 403


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-1"])
def test_ticket_binds_key_size_hash_and_region(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy that AWS signs names one key, one size, one checksum, and the bucket's region."""
    for name, value in {
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    session.cache_clear()
    shelf = S3FileStorage("attachments", s3_client())
    ticket = shelf.ticket(UPLOAD, 3, "ab" * 32, "")
    session.cache_clear()
    assert shelf.origin == f"https://attachments.s3.{region}.amazonaws.com"
    assert ticket.fields["key"] == UPLOAD
    conditions = json.loads(base64.b64decode(ticket.fields["policy"]))["conditions"]
    assert ["content-length-range", 3, 3] in conditions
    assert {"key": UPLOAD} in conditions
    assert {"x-amz-checksum-sha256": base64.b64encode(b"\xab" * 32).decode()} in conditions


def test_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A full or closed folder is unavailable: nothing is taken that is not on disk."""
    folder = tmp_path / "files"
    shelf = FolderFileStorage(str(folder))
    shutil.rmtree(folder)
    folder.write_text("no folder")
    with pytest.raises(FilesUnavailable):
        shelf.put(UPLOAD, b"one")
    with pytest.raises(SettingInvalid, match="OMBUD_ATTACHMENTS is "):
        FolderFileStorage(str(folder))


@pytest.mark.usefixtures("ministack")
def test_bucket_that_is_not_there_says_so() -> None:
    """What S3 refuses is unavailable, with S3's own word for it."""
    session.cache_clear()
    shelf = S3FileStorage("nobody", s3_client())
    with pytest.raises(FilesUnavailable, match="NoSuchBucket"):
        shelf.put(UPLOAD, b"one")
    session.cache_clear()


@given(st.text(max_size=60) | st.from_regex(r"(uploads|waiting)/[./A-Z0-9a-f-]{0,40}"))
def test_no_key_leads_off_the_shelf(key: str) -> None:
    """A key is one of two forms, of which no character can climb; anything else is an error."""
    try:
        checked_key(key)
    except ValueError:
        return
    place, *rest = key.split("/")
    assert place in ("uploads", *PLACES)
    assert all(part.replace("-", "").isalnum() and part.isascii() for part in rest)
