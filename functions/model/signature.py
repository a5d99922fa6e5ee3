"""Signs receipts, so that their holders can prove them without this system.

Ed25519 (RFC 8032) with one key for each organisation, derived from OMBUD_KEY. Anyone can verify
a signature with the public key, which the build publishes.
"""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nacl.signing import SigningKey

from functions.model.derived_keys import derive_key

FORMAT = "1"
"""The version of the signed lines; any change to their order, names or rules needs a new one."""

LABELS = (
    "Ombud-Receipt",
    "Organisation",
    "Reference",
    "Received",
    "Policy-Version",
    "Contract",
    "Content-SHA256",
    "Key",
)
"""The labels of the signed lines, in order."""

SIGNATURE = "Signature"
"""The label of the line after the signed lines."""

CONTENT_BEGINS = "-----BEGIN OMBUD RECEIPT-----"
PROOF_BEGINS = "-----BEGIN OMBUD PROOF-----"
RECEIPT_ENDS = "-----END OMBUD RECEIPT-----"
"""The lines before the content, between content and proof, and after the proof."""

_PURPOSE = b"ombud receipt signature 1\0"
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Proof:
    """The content, the signed lines with its hash, and the signature over these lines."""

    content: str
    statement: str
    signature: str

    @property
    def block(self) -> str:
        """The signed lines with their signature, as shown on a receipt."""
        return f"{self.statement}{SIGNATURE}: {self.signature}"

    @property
    def sealed(self) -> str:
        """Content, signed lines and signature, between marker lines for programs."""
        return "\n".join(
            (CONTENT_BEGINS, self.content, PROOF_BEGINS, self.block, RECEIPT_ENDS),
        )


def canonical(content: str) -> str:
    """`content` as it is hashed: mail and editors may change line ends and trailing blanks."""
    lines = (line.rstrip(" \t") for line in _LINE_ENDS.split(content))
    return "\n".join(lines).strip("\n")


def content_hash(content: str) -> str:
    """SHA-256 of the canonical content in UTF-8, in hexadecimal."""
    return _hash(canonical(content))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def moment(at: datetime) -> str:
    """The moment as in the signed lines: UTC, whole seconds (`2026-11-28T06:00:00Z`)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def sign(
    key: bytes, organisation: str, reference: str, received_at: datetime, version: str,
    contract: str, content: str,
) -> Proof:  # fmt: skip
    """The proof of a receipt; equal arguments give equal proofs. `key` is OMBUD_KEY."""
    private, key_id = _load_signer(key, organisation)
    signed = canonical(content)
    values = (
        FORMAT,
        organisation,
        reference,
        moment(received_at),
        version,
        contract,
        _hash(signed),
        key_id,
    )
    statement = "".join(f"{label}: {value}\n" for label, value in zip(LABELS, values, strict=True))
    signature = private.sign(statement.encode()).signature
    return Proof(signed, statement, encode(signature))


@lru_cache(maxsize=1000)
def _load_signer(key: bytes, organisation: str) -> tuple["SigningKey", str]:
    """The organisation's private key, and the thumbprint of its public key."""
    # Imported lazily: a cold start signs nothing.
    from nacl.signing import SigningKey

    private = SigningKey(_derive_seed(key, organisation))
    return private, thumbprint(encode(private.verify_key.encode()))


def public_key(key: bytes, organisation: str) -> str:
    """The organisation's public key, base64url as in a JWK (RFC 8037)."""
    from nacl.signing import SigningKey

    return encode(SigningKey(_derive_seed(key, organisation)).verify_key.encode())


def thumbprint(x: str) -> str:
    """The JWK thumbprint (RFC 7638) of the public key `x`, which names the key."""
    return encode(sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest())


def encode(content: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _derive_seed(key: bytes, organisation: str) -> bytes:
    return derive_key(key, _PURPOSE + organisation.encode())
