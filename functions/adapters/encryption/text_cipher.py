"""Encrypts what is personal before it reaches a store (docs/decisions/0034-what-is-encrypted.md).

XChaCha20-Poly1305 with a random nonce of 192 bits: a key never sees one twice. What is encrypted
is bound to its case and field, so that it opens at no other place.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from functions.model.derived_keys import derive_key
from functions.model.errors import DataKeyMissing, StoredTextDamaged

_FORMAT = "1"
_KEY_PURPOSE = b"ombud data key 1\0"
_NAME_PURPOSE = b"ombud data key name 1\0"
_NAME_BYTES = 6


@dataclass(frozen=True)
class DataKey:
    """A key of 32 bytes, and the name by which what it encrypted finds it again."""

    name: str
    secret: bytes


class Keyring(Protocol):
    """The data keys of each organisation, which is named by the prefix of its references.

    Each method raises StoreUnavailable where trying again later may help, else StoreError.
    """

    def current(self, prefix: str) -> DataKey:
        """The key that encrypts now."""

    def named(self, prefix: str, name: str) -> DataKey:
        """The key of that name, however old. Raises DataKeyMissing."""


class DerivedKeyring:
    """Keys that derive from those of the settings; the first encrypts, the others still open."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = tuple(keys)

    def current(self, prefix: str) -> DataKey:
        """See Keyring."""
        return _derived(self._keys[0], prefix)

    def named(self, prefix: str, name: str) -> DataKey:
        """See Keyring."""
        for key in self._keys:
            if (known := _derived(key, prefix)).name == name:
                return known
        raise DataKeyMissing(
            f"no key named {name} for {prefix}: OMBUD_KEY and OMBUD_DATA_KEY take earlier keys "
            "below the current one"
        )


class TextCipher:
    """Texts of cases, encrypted by the key of the case's organisation."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def lock(self, text: str, reference: str, field: str) -> str:
        """`text` as it is stored: `<format>.<key name>.<base64url of nonce and ciphertext>`."""
        from nacl.secret import Aead  # here: 38 ms that no cold start needs

        key = self._keyring.current(_prefix(reference))
        locked = Aead(key.secret).encrypt(text.encode(), _bound(reference, field))
        return f"{_FORMAT}.{key.name}.{urlsafe_b64encode(locked).decode()}"

    def relock(self, locked: str, reference: str, field: str) -> str:
        """The same text under the current key; what is under it already stays as it is.

        Raises as `open`.
        """
        _, _, rest = locked.partition(".")
        if rest.partition(".")[0] == self._keyring.current(_prefix(reference)).name:
            return locked
        return self.lock(self.open(locked, reference, field), reference, field)

    def open(self, locked: str, reference: str, field: str) -> str:
        """What was locked under the same reference and field.

        Raises StoredTextDamaged for anything else, DataKeyMissing where its key is not known.
        """
        from nacl.exceptions import CryptoError
        from nacl.secret import Aead

        format_, _, rest = locked.partition(".")
        name, _, content = rest.partition(".")
        if format_ != _FORMAT:
            raise StoredTextDamaged(
                f"case {reference}: the {field} is not encrypted as it should be"
            )
        key = self._keyring.named(_prefix(reference), name)
        try:
            return (
                Aead(key.secret)
                .decrypt(urlsafe_b64decode(content), _bound(reference, field))
                .decode()
            )
        except (CryptoError, NotBase64, ValueError) as error:
            raise StoredTextDamaged(
                f"case {reference}: the {field} is not what was stored"
            ) from error


@cache
def _derived(key: bytes, prefix: str) -> DataKey:
    name = derive_key(key, _NAME_PURPOSE + prefix.encode())[:_NAME_BYTES].hex()
    return DataKey(name, derive_key(key, _KEY_PURPOSE + prefix.encode()))


def _prefix(reference: str) -> str:
    return reference.partition("-")[0]


def _bound(reference: str, field: str) -> bytes:
    return f"{reference}\0{field}".encode()
