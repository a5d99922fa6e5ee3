"""Data keys from KMS: made once a month, kept encrypted beside the cases, bound to their place."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from functions.adapters.aws import session
from functions.adapters.dynamodb.kms import KmsKeyring, kms_client
from functions.adapters.dynamodb.store import DynamoStore
from functions.adapters.dynamodb.table import Table
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import TextCipher
from functions.bootstrap import bootstrap
from functions.cases.ports.case_store import Rekeyed, Stored
from functions.model.errors import DataKeyMissing, SettingInvalid, StoreError, StoreUnavailable
from functions.settings import Settings
from tests.conftest import KEY, MORNING, StoppedClock
from tests.functions.adapters.test_store import HOUR, case, key, mail
from tests.helpers.servers.dynamodb_local import client_at


class Kms:
    """The emulator's KMS, which counts what it is asked."""

    def __init__(self) -> None:
        self._client = kms_client()
        self.asked: list[str] = []
        self.id = self._client.create_key()["KeyMetadata"]["KeyId"]

    def generate_data_key(self, **asked: Any) -> Any:
        """Counted."""
        self.asked.append("generate")
        return self._client.generate_data_key(**asked)

    def decrypt(self, **asked: Any) -> Any:
        """Counted."""
        self.asked.append("decrypt")
        return self._client.decrypt(**asked)


@pytest.fixture
def kms(ministack: str) -> Kms:
    """KMS with one key."""
    return Kms()


def keyring(kms: Kms, dynamodb: str, table: str, clock: StoppedClock) -> KmsKeyring:
    """What a function that has just started knows: nothing."""
    return KmsKeyring(kms.id, kms, Table(table, client_at(dynamodb), lambda _: None), clock)


def test_one_key_a_month_and_organisation(
    kms: Kms, dynamodb: str, table: str, clock: StoppedClock
) -> None:
    """A key is made when it is first needed; the next month has another, the old one still opens.

    A function that starts later asks KMS to decrypt it once.
    """
    ring = keyring(kms, dynamodb, table, clock)
    march = ring.current("SEC")
    assert march.name == "2026-03"
    assert len(march.secret) == 32
    assert ring.current("SEC") == march
    assert ring.current("ACB").secret != march.secret
    clock.forward(days=30)
    april = ring.current("SEC")
    assert april.name == "2026-04"
    assert april.secret != march.secret
    assert kms.asked == ["generate"] * 3
    later = keyring(kms, dynamodb, table, clock)
    assert (later.named("SEC", "2026-03"), later.current("SEC")) == (march, april)
    assert later.named("SEC", "2026-03") == march
    assert kms.asked[3:] == ["decrypt"] * 2


def test_functions_that_start_at_once_share_a_key(
    kms: Kms, dynamodb: str, table: str, clock: StoppedClock
) -> None:
    """Of two that find none, the one that comes second takes the first one's."""
    first, second = (keyring(kms, dynamodb, table, clock) for _ in range(2))
    find = second._find  # noqa: SLF001
    mine = first.current("SEC")
    second._find = lambda prefix, name: None  # type: ignore[method-assign]  # noqa: SLF001
    assert second.current("SEC") == mine
    second._find = find  # type: ignore[method-assign]  # noqa: SLF001


def test_key_opens_nowhere_else(kms: Kms, dynamodb: str, table: str, clock: StoppedClock) -> None:
    """KMS refuses a key that was moved to another organisation; one that is gone is named."""
    ring = keyring(kms, dynamodb, table, clock)
    ring.current("SEC")
    client = client_at(dynamodb)
    (stored,) = client.scan(TableName=table)["Items"]
    moved = {**stored, "pk": {"S": "DATAKEY#ACB#2026-03"}}
    client.put_item(TableName=table, Item=moved)
    with pytest.raises(StoreError, match="KMS: InvalidCiphertextException"):
        keyring(kms, dynamodb, table, clock).current("ACB")
    with pytest.raises(DataKeyMissing, match="DATAKEY#SEC#2020-01"):
        ring.named("SEC", "2020-01")


def test_case_goes_through(kms: Kms, dynamodb: str, table: str, clock: StoppedClock) -> None:
    """A case is stored under a key of KMS, and read back by a function that starts anew."""
    client = client_at(dynamodb)

    def store() -> DynamoStore:
        ring = keyring(kms, dynamodb, table, clock)
        return DynamoStore(table, client, Codec(TextCipher(ring), clock))

    assert store().accept(case(), (mail(1),), key()) == Stored()
    assert kms.asked == ["generate"]
    assert store().case(case().reference) == case()
    assert store().lease_mails(MORNING, MORNING + HOUR, 1) == (mail(1),)
    assert "office@example.com" not in repr(client.scan(TableName=table)["Items"])


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("ThrottlingException", 400, StoreUnavailable),
        ("KMSInternalException", 500, StoreUnavailable),
        ("AccessDeniedException", 400, StoreError),
        ("DisabledException", 400, StoreError),
    ],
)
def test_refusal_is_told_apart(
    code: str, status: int, error: type[Exception], table: str, dynamodb: str, clock: StoppedClock
) -> None:
    """What passes is unavailable, what does not is an error; neither is taken for the other."""
    client = session().create_client(
        "kms", region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test"
    )
    ring = KmsKeyring("k", client, Table(table, client_at(dynamodb), lambda _: None), clock)
    with Stubber(client) as stub:
        for _ in range(3):
            stub.add_client_error("generate_data_key", code, http_status_code=status)
        with pytest.raises(StoreError, match=f"KMS: {code}") as raised:
            ring.current("SEC")
    assert raised.type is error


def test_month_that_is_over_is_given_up(
    kms: Kms, dynamodb: str, table: str, clock: StoppedClock
) -> None:
    """After a rekey all is under this month's key, and the row of an earlier one may go."""
    ring = keyring(kms, dynamodb, table, clock)
    store = DynamoStore(table, client_at(dynamodb), Codec(TextCipher(ring), clock))
    store.accept(case(), (mail(1),), key())
    clock.forward(days=30)
    assert store.rekey() == Rekeyed(texts=2, left=0)
    earlier = {"pk": {"S": "DATAKEY#SEC#2026-03"}, "sk": {"S": "KEY"}}
    client_at(dynamodb).delete_item(TableName=table, Key=earlier)
    later = keyring(kms, dynamodb, table, clock)
    anew = DynamoStore(table, client_at(dynamodb), Codec(TextCipher(later), clock))
    assert anew.case(case().reference) == case()
    assert anew.lease_mails(MORNING, MORNING + HOUR, 10) == (mail(1),)


@pytest.mark.parametrize(
    ("store", "data_key", "says"),
    [
        ("dynamodb:cases", "kms:", "it takes kms:KEY"),
        ("dynamodb:cases", "file:key", "it takes kms:KEY"),
        ("sqlite:cases.db", "kms:k", "needs a store in DynamoDB; with SQLite it takes keys"),
    ],
)
def test_wrong_setting_is_refused(
    store: str, data_key: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What OMBUD_DATA_KEY does not take is named together with what would do."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    with pytest.raises(SettingInvalid, match=says):
        bootstrap(settings(store, data_key))


def test_aws_keeps_its_client_for_when_it_is_asked(
    kms: Kms, dynamodb: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store of the settings uses KMS by its own clients, made at the first filing."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    store = bootstrap(settings(f"dynamodb:{table}", f"kms:{kms.id}")).store
    assert store.accept(case(), (), key()) == Stored()
    names = {item["pk"]["S"].partition("#")[0] for item in _items(dynamodb, table)}
    assert names == {"CASE", "KEY", "DATAKEY"}
    store.close()


def settings(store: str, data_key: str) -> Settings:
    """Settings with that store and key."""
    return Settings(
        store=store,
        contracts="contracts",
        mail="smtp://127.0.0.1",
        mail_from="no-reply@ombud.example.com",
        site_url="https://ombud.example.com",
        key=KEY,
        attachments="files",
        scan="none",
        data_key=data_key,
    )


def _items(dynamodb: str, table: str) -> list[dict[str, Any]]:
    client = boto3.client("dynamodb", endpoint_url=dynamodb)
    found: list[dict[str, Any]] = client.scan(TableName=table)["Items"]
    return found
