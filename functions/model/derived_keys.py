"""Derives a key for each purpose from OMBUD_KEY."""

import hmac
from hashlib import sha256


def derive_key(key: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt: one block, 32 bytes."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")


def keyed(key: bytes, purpose: str, content: str) -> str:
    """HMAC-SHA256 of the content for one purpose, in hexadecimal.

    A plain hash would not do: whoever has the hash of a short text can find the text by guessing.
    """
    return hmac.new(key, f"{purpose}\0{content}".encode(), sha256).hexdigest()
