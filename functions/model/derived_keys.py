"""Keys that derive from OMBUD_KEY, one for each purpose."""

import hmac


def derive(key: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) without salt: one block, 32 bytes."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\x01", "sha256")
