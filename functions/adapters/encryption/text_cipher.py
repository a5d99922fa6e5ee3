"""Encrypts personal texts before a store gets them (docs/decisions/0034-what-is-encrypted.md).

XChaCha20-Poly1305 with a random nonce of 192 bits, long enough that no key ever uses one twice.
Each text is bound to its case and field: it decrypts in no other place.
"""

import re
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
_OF_KMS = re.compile(r"\d{4}-\d{2}")
"""Names of keys that KMS made are months; those of derived keys are 12 hexadecimal digits."""


@dataclass(frozen=True)
class DataKey:
    """A key of 32 bytes, and its name, which each encrypted text carries."""

    name: str
    secret: bytes


class Keyring(Protocol):
    """The data keys of each organisation; `prefix` is the prefix of its references.

    Each method raises StoreUnavailable if a later try may succeed, else StoreError.
    """

    def current(self, prefix: str) -> DataKey:
        """Returns the key that encrypts now."""

    def named(self, prefix: str, name: str) -> DataKey:
        """Returns the key of that name, however old. Raises DataKeyMissing."""


class DerivedKeyring:
    """Derives data keys from the keys of the settings: the first encrypts, all of them decrypt."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = tuple(keys)

    def current(self, prefix: str) -> DataKey:
        """See Keyring."""
        return _derived(self._keys[0], prefix)

    def named(self, prefix: str, name: str) -> DataKey:
        """See Keyring."""
        for key in self._keys:
            if (data_key := _derived(key, prefix)).name == name:
                return data_key
        if _OF_KMS.fullmatch(name):
            raise DataKeyMissing(
                f"the key {name} for {prefix} is one of KMS, and OMBUD_DATA_KEY is not set: it "
                "takes kms:KEY, and `build.py settings --stack NAME` prints that of a stack"
            )
        raise DataKeyMissing(
            f"no key named {name} for {prefix}: OMBUD_KEY and OMBUD_DATA_KEY take earlier keys "
            "below the current one"
        )


class TextCipher:
    """Encrypts and decrypts texts of a case with the key of its organisation."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def lock(self, text: str, reference: str, field: str) -> str:
        """Encrypts `text` as `<format>.<key name>.<base64url of nonce and ciphertext>`."""
        # Imported lazily: a cold start never spends 38 ms on loading it.
        from nacl.secret import Aead

        key = self._keyring.current(_prefix(reference))
        locked = Aead(key.secret).encrypt(text.encode(), _associated_data(reference, field))
        return f"{_FORMAT}.{key.name}.{urlsafe_b64encode(locked).decode()}"

    def relock(self, locked: str, reference: str, field: str) -> str:
        """Encrypts the text under the current key; returns it unchanged if it already is.

        Raises what `open` raises.
        """
        _, _, rest = locked.partition(".")
        if rest.partition(".")[0] == self._keyring.current(_prefix(reference)).name:
            return locked
        return self.lock(self.open(locked, reference, field), reference, field)

    def open(self, locked: str, reference: str, field: str) -> str:
        """Decrypts what `lock` encrypted under the same reference and field.

        Raises StoredTextDamaged for anything else, DataKeyMissing if its key is not known.
        """
        from nacl.exceptions import CryptoError
        from nacl.secret import Aead

        format_, _, rest = locked.partition(".")
        name, _, content = rest.partition(".")
        if format_ != _FORMAT:
            raise StoredTextDamaged(f"case {reference}: the {field} has an unknown format")
        key = self._keyring.named(_prefix(reference), name)
        try:
            return (
                Aead(key.secret)
                .decrypt(urlsafe_b64decode(content), _associated_data(reference, field))
                .decode()
            )
        except (CryptoError, NotBase64, ValueError) as error:
            raise StoredTextDamaged(
                f"case {reference}: the {field} was changed, moved or damaged"
            ) from error


@cache
def _derived(key: bytes, prefix: str) -> DataKey:
    name = derive_key(key, _NAME_PURPOSE + prefix.encode())[:_NAME_BYTES].hex()
    return DataKey(name, derive_key(key, _KEY_PURPOSE + prefix.encode()))


def _prefix(reference: str) -> str:
    return reference.partition("-")[0]


def _associated_data(reference: str, field: str) -> bytes:
    return f"{reference}\0{field}".encode()
