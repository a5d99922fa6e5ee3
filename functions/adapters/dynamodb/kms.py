"""Provides data keys: AWS KMS creates them, and the table stores them encrypted by KMS.

Each organisation gets a new key every month. Decrypted keys stay in memory, so a function asks
KMS once for each key.
"""

from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from functions.adapters.aws import session, told
from functions.adapters.dynamodb.items import item
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.text_cipher import DataKey
from functions.cases.ports.ports import Now
from functions.model.errors import DataKeyMissing, StoreError, StoreUnavailable

_SK = "KEY"
_WRAPPED = "data_key"
_TRANSIENT = frozenset(
    {
        "DependencyTimeoutException",
        "KMSInternalException",
        "KeyUnavailableException",
        "LimitExceededException",
        "ThrottlingException",
    }
)


def kms_client() -> Any:
    """Returns a client that gives up well before the gateway does."""
    limits = Config(
        connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
    )
    return session().create_client("kms", config=limits)


class KmsKeyring:
    """Names each key after its month. KMS binds it to its table, organisation and name."""

    def __init__(self, key_id: str, client: Any, table: Table, now: Now) -> None:
        self._key_id = key_id
        self._client = client
        self._table = table
        self._now = now
        self._cache: dict[tuple[str, str], DataKey] = {}

    def current(self, prefix: str) -> DataKey:
        """See Keyring. The first filing of a month creates the key."""
        name = f"{self._now():%Y-%m}"
        return self._find(prefix, name) or self._create(prefix, name)

    def named(self, prefix: str, name: str) -> DataKey:
        """See Keyring."""
        key = self._find(prefix, name)
        if key is None:
            raise DataKeyMissing(f"the table has no data key {_pk(prefix, name)}")
        return key

    def _find(self, prefix: str, name: str) -> DataKey | None:
        if (prefix, name) not in self._cache:
            stored = self._table.get(_pk(prefix, name), _SK, _WRAPPED)
            if stored is None:
                return None
            self._unwrap(prefix, name, stored[_WRAPPED]["B"])
        return self._cache[prefix, name]

    def _create(self, prefix: str, name: str) -> DataKey:
        """Creates and stores a key; returns the stored one if another function was faster."""
        generated = self._ask("generate_data_key", prefix, name, KeySpec="AES_256")
        new = item(pk=_pk(prefix, name), sk=_SK) | {_WRAPPED: {"B": generated["CiphertextBlob"]}}
        failed = self._table.write(self._table.put_new(new))
        rival = failed.items[0] if failed else None
        if rival is None:
            self._cache[prefix, name] = DataKey(name, generated["Plaintext"])
        else:
            self._unwrap(prefix, name, rival[_WRAPPED]["B"])
        return self._cache[prefix, name]

    def _unwrap(self, prefix: str, name: str, wrapped: Any) -> None:
        answer = self._ask("decrypt", prefix, name, CiphertextBlob=bytes(wrapped))
        self._cache[prefix, name] = DataKey(name, answer["Plaintext"])

    def _ask(self, operation: str, prefix: str, name: str, **arguments: Any) -> dict[str, Any]:
        context = {"table": self._table.name, "organisation": prefix, "key": name}
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(
                KeyId=self._key_id, EncryptionContext=context, **arguments
            )
        except ClientError as error:
            code = error.response["Error"]["Code"]
            transient = (
                code in _TRANSIENT or error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500
            )
            raise (StoreUnavailable if transient else StoreError)(
                f"KMS: {told(code, 'OMBUD_DATA_KEY')}"
            ) from error
        except BotoCoreError as error:
            raise StoreUnavailable(f"KMS: {type(error).__name__}") from error
        return answer


def _pk(prefix: str, name: str) -> str:
    return f"DATAKEY#{prefix}#{name}"
