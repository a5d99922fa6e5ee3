"""Checks a receipt offline against the keys that an organisation publishes.

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
    RECEIPT_ENDS,
    SIGNATURE,
    canonical,
    content_hash,
)
from site_src.errors import NoReceipt
from site_src.receipts.keys import PublishedKey, PublishedKeys

_NAMED = ("Organisation", "Policy-Version", "Reference", "Received")
"""The lines that the signed text repeats at its start, so that a changed line can be named."""

_PDF = b"%PDF-"


@dataclass(frozen=True)
class Receipt:
    """A receipt as read: the signed text, and the proof's lines.

    `content` is None if the file has no text between its lines BEGIN; `stray` says whether it has
    other words, which nobody signed.
    """

    content: str | None
    lines: dict[str, str]
    stray: bool = False


@dataclass(frozen=True)
class ReceiptProblem:
    """What does not match, a line of the proof, and why."""

    what: str
    why: str


def read_receipt(data: bytes) -> Receipt:
    """The receipt in a text file, or in the text attached to a PDF. Raises NoReceipt."""
    try:
        text = (_attached_text(data) if data.startswith(_PDF) else data).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoReceipt("the file is not UTF-8 text") from error
    lines = canonical(text).split("\n")
    # The last match: a filer's own words may contain such lines.
    starts = [at for at, line in enumerate(lines) if line.startswith(f"{LABELS[0]}: ")]
    if not starts:
        raise NoReceipt(f"the file contains no proof: no line starts with {LABELS[0]}")
    start = starts[-1]
    proof: dict[str, str] = {}
    for at, label in enumerate((*LABELS, SIGNATURE), start):
        name, _, value = lines[at].partition(": ") if at < len(lines) else ("", "", "")
        if name != label:
            raise NoReceipt(f"the proof is damaged: its line {label} is missing")
        proof[label] = value
    whole = CONTENT_BEGINS in lines[:start] and lines[start - 1] == PROOF_BEGINS
    content = "\n".join(lines[lines.index(CONTENT_BEGINS) + 1 : start - 1]) if whole else None
    others = (*lines[:start], *lines[start + len(proof) :])
    stray = any(line.strip() and line not in (PROOF_BEGINS, RECEIPT_ENDS) for line in others)
    return Receipt(content, proof, stray and content is None)


def problems_of(receipt: Receipt, keys: PublishedKeys) -> tuple[ReceiptProblem, ...]:
    """Everything that does not match; empty for a genuine receipt."""
    lines = receipt.lines
    if lines["Ombud-Receipt"] != FORMAT:
        return (ReceiptProblem("Ombud-Receipt", f"this program reads only format {FORMAT}"),)
    problems: list[ReceiptProblem] = []
    if receipt.stray:
        why = "the line is missing, so the words in this file were not compared with the proof"
        problems.append(ReceiptProblem(CONTENT_BEGINS, why))
    if receipt.content is not None:
        repeated = canonical(receipt.content).partition("\n")[0].split(" / ")
        for label, value in zip(_NAMED, repeated, strict=False):
            if lines[label] != value:
                problems.append(
                    ReceiptProblem(label, f"the text says {value}, the proof says {lines[label]}")
                )
        if content_hash(receipt.content) != lines["Content-SHA256"]:
            problems.append(
                ReceiptProblem("Content-SHA256", "the text is not the one that was signed")
            )
    key = next((k for k in keys.of(lines["Organisation"]) if k.kid == lines["Key"]), None)
    if key is None:
        organisation = lines["Organisation"]
        problems.append(ReceiptProblem("Key", f"{organisation} publishes no such key"))
    else:
        problems.extend(_signature_problems(lines, key))
    return tuple(problems)


def _signature_problems(lines: dict[str, str], key: PublishedKey) -> list[ReceiptProblem]:
    statement = "".join(f"{label}: {lines[label]}\n" for label in LABELS)
    try:
        VerifyKey(_decoded(key.x)).verify(statement.encode(), _decoded(lines[SIGNATURE]))
    except (BadSignatureError, NotBase64, ValueError):
        return [ReceiptProblem(SIGNATURE, "does not match: a line of the proof was changed")]
    if key.until is not None and datetime.fromisoformat(lines["Received"]) >= key.until:
        return [
            ReceiptProblem("Key", f"was retired at {key.until.isoformat()}, before this receipt")
        ]
    return []


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _attached_text(data: bytes) -> bytes:
    from pypdf import PdfReader

    try:
        files = PdfReader(BytesIO(data)).attachments
        texts = [text for name, texts in files.items() if name.endswith(".txt") for text in texts]
    except Exception as error:
        # A damaged PDF makes pypdf raise errors of many types besides its own.
        raise NoReceipt(f"this PDF cannot be read: {type(error).__name__}") from error
    if len(texts) != 1 or not isinstance(texts[0], bytes):
        raise NoReceipt("this PDF contains no text file of a receipt")
    return texts[0]
