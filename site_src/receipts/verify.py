"""Checks a receipt against the keys that an organisation publishes; asks nobody.

`assets/verify.js` does the same in a browser. A test gives both the same receipts.
"""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from functions.model.signature import (
    CONTENT_BEGINS,
    FORMAT,
    LABELS,
    PROOF_BEGINS,
    SIGNATURE,
    canonical,
    content_hash,
)
from site_src.errors import NoReceipt
from site_src.receipts.keys import PublishedKey, PublishedKeys

_NAMED = ("Organisation", "Policy-Version", "Reference", "Received")
"""What the first of the signed words repeats, so that a changed line can be named."""

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Receipt:
    """A receipt as it was read; `content` is None where the proof came without its words."""

    content: str | None
    lines: dict[str, str]


@dataclass(frozen=True)
class ReceiptProblem:
    """What does not match: a line of the proof or `Content`, and why."""

    what: str
    why: str


def read_receipt(data: bytes) -> Receipt:
    """The receipt in a text file, or in the text that lies in a PDF. Raises NoReceipt."""
    try:
        text = (_attached(data) if data.startswith(_PDF) else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoReceipt("this is no text in UTF-8") from error
    lines = canonical(text).split("\n")
    # The last one: whoever filed may have written such lines among their own words.
    starts = [at for at, line in enumerate(lines) if line.startswith(f"{LABELS[0]}: ")]
    if not starts:
        raise NoReceipt(f"there is no proof in it: no line starts with {LABELS[0]}")
    start = starts[-1]
    said: dict[str, str] = {}
    for at, label in enumerate((*LABELS, SIGNATURE), start):
        found, _, value = lines[at].partition(": ") if at < len(lines) else ("", "", "")
        if found != label:
            raise NoReceipt(f"the proof is damaged: its line {label} is not there")
        said[label] = value
    whole = CONTENT_BEGINS in lines[:start] and lines[start - 1] == PROOF_BEGINS
    content = "\n".join(lines[lines.index(CONTENT_BEGINS) + 1 : start - 1]) if whole else None
    return Receipt(content, said)


def problems_of(receipt: Receipt, keys: PublishedKeys) -> tuple[ReceiptProblem, ...]:
    """Everything that does not match; a genuine receipt has nothing of the kind."""
    lines = receipt.lines
    if lines["Ombud-Receipt"] != FORMAT:
        return (ReceiptProblem("Ombud-Receipt", f"this program reads format {FORMAT} only"),)
    found: list[ReceiptProblem] = []
    if receipt.content is not None:
        known = canonical(receipt.content).partition("\n")[0].split(" / ")
        for label, value in zip(_NAMED, known, strict=False):
            if lines[label] != value:
                found.append(
                    ReceiptProblem(label, f"the words say {value}, the proof {lines[label]}")
                )
        if content_hash(receipt.content) != lines["Content-SHA256"]:
            found.append(
                ReceiptProblem("Content-SHA256", "the words are not those that were signed")
            )
    key = next((k for k in keys.of(lines["Organisation"]) if k.kid == lines["Key"]), None)
    if key is None:
        organisation = lines["Organisation"]
        found.append(ReceiptProblem("Key", f"{organisation} publishes no such key"))
    else:
        found.extend(_unsigned(lines, key))
    return tuple(found)


def _unsigned(lines: dict[str, str], key: PublishedKey) -> list[ReceiptProblem]:
    statement = "".join(f"{label}: {lines[label]}\n" for label in LABELS)
    try:
        VerifyKey(_decoded(key.x)).verify(statement.encode(), _decoded(lines[SIGNATURE]))
    except (BadSignatureError, NotBase64, ValueError):
        return [ReceiptProblem(SIGNATURE, "does not fit: a line of the proof was changed")]
    if key.until is not None and datetime.fromisoformat(lines["Received"]) >= key.until:
        return [
            ReceiptProblem("Key", f"was given up at {key.until.isoformat()}, before this receipt")
        ]
    return []


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _attached(data: bytes) -> bytes:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        files = PdfReader(BytesIO(data)).attachments
    except PyPdfError as error:
        raise NoReceipt(f"this PDF cannot be read: {error}") from error
    texts = [content for name, held in files.items() if name.endswith(".txt") for content in held]
    if len(texts) != 1:
        raise NoReceipt("this PDF holds no text file of a receipt")
    return texts[0]
