"""Signs what a receipt says, so that whoever holds it can prove it without us.

Ed25519 (RFC 8032) under a key of the organisation's own, which derives from OMBUD_KEY; anyone
checks it with the public half, which the build publishes.
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
"""The version of the signed lines; another order, name or rule is another one."""

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
"""What the signed lines are called, in their order."""

SIGNATURE = "Signature"
"""What the line after them is called."""

CONTENT_BEGINS = "-----BEGIN OMBUD RECEIPT-----"
PROOF_BEGINS = "-----BEGIN OMBUD PROOF-----"
RECEIPT_ENDS = "-----END OMBUD RECEIPT-----"
"""What stands before the signed words, between them and the proof, and after it."""

_PURPOSE = b"ombud receipt signature 1\0"
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Proof:
    """The signed words, the lines that name them by hash, and the signature over these lines."""

    content: str
    statement: str
    signature: str

    @property
    def block(self) -> str:
        """The lines and their signature, as people pass them on."""
        return f"{self.statement}{SIGNATURE}: {self.signature}"

    @property
    def sealed(self) -> str:
        """All of it, between lines that a program finds again."""
        return "\n".join(
            (CONTENT_BEGINS, self.content, PROOF_BEGINS, self.block, RECEIPT_ENDS),
        )


def canonical(content: str) -> str:
    """`content` as it is hashed: mail and editors may change line ends, and spaces at them."""
    lines = (line.rstrip(" \t") for line in _LINE_ENDS.split(content))
    return "\n".join(lines).strip("\n")


def content_hash(content: str) -> str:
    """SHA-256 of the canonical content in UTF-8, hexadecimal."""
    return sha256(canonical(content).encode()).hexdigest()


def moment(at: datetime) -> str:
    """A moment as the signed lines have it: UTC, whole seconds."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def sign(
    key: bytes, organisation: str, reference: str, received_at: datetime, version: str,
    contract: str, content: str,
) -> Proof:  # fmt: skip
    """The proof of a receipt; the same arguments give the same one. `key` is OMBUD_KEY's."""
    private, name = _signer(key, organisation)
    values = (
        FORMAT,
        organisation,
        reference,
        moment(received_at),
        version,
        contract,
        content_hash(content),
        name,
    )
    statement = "".join(f"{label}: {value}\n" for label, value in zip(LABELS, values, strict=True))
    signature = private.sign(statement.encode()).signature
    return Proof(canonical(content), statement, encode(signature))


@lru_cache(maxsize=1000)
def _signer(key: bytes, organisation: str) -> tuple["SigningKey", str]:
    """The organisation's private key, and what its public half is called."""
    # Here and not above: a cold start has nothing to sign.
    from nacl.signing import SigningKey

    private = SigningKey(_seed(key, organisation))
    return private, thumbprint(encode(private.verify_key.encode()))


def public_key(key: bytes, organisation: str) -> str:
    """The organisation's public key, base64url as in a JWK (RFC 8037)."""
    from nacl.signing import SigningKey

    return encode(SigningKey(_seed(key, organisation)).verify_key.encode())


def thumbprint(x: str) -> str:
    """What a public key is called: its JWK thumbprint (RFC 7638)."""
    return encode(sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'.encode()).digest())


def encode(content: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _seed(key: bytes, organisation: str) -> bytes:
    return derive_key(key, _PURPOSE + organisation.encode())
