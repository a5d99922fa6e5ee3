"""The digest by which stored contents are named and compared."""

from hashlib import sha256

_LENGTH = 32


def digest(content: bytes) -> str:
    """The name of a stored content: the first 128 bits of its SHA-256, in hexadecimal."""
    return sha256(content).hexdigest()[:_LENGTH]


def is_digest(text: str) -> bool:
    """Whether `text` has the form of a digest, so that it is safe in a path."""
    return len(text) == _LENGTH and all(char in "0123456789abcdef" for char in text)
