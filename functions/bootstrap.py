"""Wires adapters to ports, once, at cold start.

Imports an adapter only if the settings name its scheme: a Lambda needs neither SQLite nor
maildirs, one machine needs nothing of AWS, and each import costs time at every start.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from time import sleep
from typing import TYPE_CHECKING

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, Keyring, TextCipher
from functions.cases.ports.backup import Backup
from functions.cases.ports.contract_source import ContractSource
from functions.cases.ports.file_storage import FileStorage
from functions.cases.ports.mailer import Mailer
from functions.cases.ports.ports import Now, Ports, Store
from functions.cases.ports.printer import Printer
from functions.cases.ports.scanner import Scanner
from functions.model.errors import SettingInvalid
from functions.observability.logs import configure
from functions.settings import (
    STORE_TAKES,
    Settings,
    from_environment,
    from_outputs,
    read_keys,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

    MakeS3 = Callable[[], S3Client]


def bootstrap(settings: Settings) -> Ports:
    """Returns the ports that the settings name. Raises SettingInvalid for an unknown scheme."""
    s3, store = cache(_s3), _store(settings, _now)
    return Ports(
        store=store,
        outbox=store,
        counters=store,
        lists=store,
        contracts=_contracts(settings.contracts, s3, _now),
        mailer=_mailer(settings.mail),
        shelf=_shelf(settings.attachments, s3),
        scanner=_scanner(settings.scan),
        now=_now,
        key=settings.key,
        sender=settings.mail_from,
        site_url=settings.site_url,
        printer=_printer(),
        earlier_keys=settings.earlier_keys,
    )


@cache
def cold_start() -> Ports:
    """Returns the ports that the environment names; wires them on the first call only."""
    configure()
    return bootstrap(environment_settings())


def environment_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Returns the settings of the environment, secrets included; raises as `from_environment`."""
    return from_environment(environment, _read_secret)


def environment_keys(environment: Mapping[str, str] = os.environ) -> tuple[bytes, ...]:
    """Returns the keys of OMBUD_KEY only, the current one first; raises as `from_environment`."""
    return read_keys(environment, _read_secret)


def stack_settings(stack: str) -> dict[str, str]:
    """Returns the variables of the functions of a stack on AWS, by name.

    Raises StackUnavailable, or SettingInvalid if the stack does not tell them all.
    """
    from functions.adapters.cloudformation import outputs_of

    return from_outputs(outputs_of(stack))


def backup(store: str, files: str) -> Backup:
    """Returns the backup of a store and its files, by address. Raises BackupRefused for AWS."""
    from functions.adapters.sqlite.backup import SqliteBackup

    return SqliteBackup(store, files)


def _read_secret(name: str) -> str:
    """Imported here: without secrets in AWS, botocore is never loaded."""
    from functions.adapters.secrets import read_secret

    return read_secret(name)


def _now() -> datetime:
    return datetime.now(UTC)


def _printer() -> Printer | None:
    """Returns None on Lambda, whose package lacks WeasyPrint, and on machines without Pango."""
    from functions.adapters.weasyprint import WeasyPrinter, installed

    return WeasyPrinter() if installed() else None


def _contracts(address: str, s3: "MakeS3", now: Now) -> ContractSource:
    if not address.startswith("s3:"):
        from functions.adapters.contracts.folder import FolderContracts

        return FolderContracts(address)
    place = _bucket("OMBUD_CONTRACTS", address)
    _require_aws("OMBUD_CONTRACTS", address)
    from functions.adapters.contracts.s3 import S3Contracts

    return S3Contracts(place, s3(), now)


def _shelf(address: str, s3: "MakeS3") -> FileStorage:
    if not address.startswith("s3:"):
        from functions.adapters.files.folder import FolderFileStorage

        return FolderFileStorage(address)
    place = _bucket("OMBUD_ATTACHMENTS", address)
    _require_aws("OMBUD_ATTACHMENTS", address)
    from functions.adapters.files.s3 import S3FileStorage

    return S3FileStorage(place, s3())


def _scanner(address: str) -> Scanner | None:
    if address == "none":
        return None
    from functions.adapters.clamav import CLAMD_TAKES, ClamdScanner

    scheme, _, place = address.partition(":")
    if scheme != "clamd":
        raise SettingInvalid(f"OMBUD_SCAN takes {CLAMD_TAKES}")
    return ClamdScanner(place)


def _bucket(name: str, address: str) -> str:
    place = address.removeprefix("s3://")
    if address == place or not place.partition("/")[0]:
        raise SettingInvalid(f"{name} is {address!r}; it takes s3://BUCKET[/PREFIX]")
    return place


def _require_aws(name: str, address: str) -> None:
    """Raises SettingInvalid if this machine has no credentials or no region for AWS."""
    from botocore.exceptions import BotoCoreError

    from functions.adapters.aws import session

    try:
        missing = "credentials" if session().get_credentials() is None else "region"
        if missing == "region" and session().get_config_variable("region"):
            return
    except BotoCoreError as error:
        raise SettingInvalid(f"{name} is {address!r}, but AWS cannot be used: {error}") from error
    raise SettingInvalid(
        f"{name} is {address!r}, but AWS has no {missing} here: set AWS_PROFILE, or "
        "AWS_REGION and the credentials of a role or user"
    )


def _s3() -> "S3Client":
    """Returns the client that contracts and files share: a second one slows each cold start."""
    from functions.adapters.contracts.s3 import s3_client

    return s3_client()


def _store(settings: Settings, now: Now) -> Store:
    scheme, _, path = settings.store.partition(":")
    derived = DerivedKeyring((*settings.data_keys, settings.key, *settings.earlier_keys))
    if scheme == "sqlite" and path:
        from functions.adapters.sqlite.store import SqliteStore

        if settings.data_key:
            raise SettingInvalid(
                "OMBUD_DATA_KEY: kms:KEY needs a store in DynamoDB; with SQLite it takes keys"
            )
        return SqliteStore(path, Codec(TextCipher(derived), now))
    if scheme == "dynamodb" and path:
        from functions.adapters.dynamodb.store import DynamoStore, dynamodb_client

        _require_aws("OMBUD_STORE", settings.store)
        client = dynamodb_client()
        keyring = _kms(settings.data_key, path, client) if settings.data_key else derived
        return DynamoStore(path, client, Codec(TextCipher(keyring), now))
    raise SettingInvalid(f"OMBUD_STORE is {settings.store!r}; it takes {STORE_TAKES}")


def _kms(data_key: str, table: str, client: "DynamoDBClient") -> Keyring:
    scheme, _, key_id = data_key.partition(":")
    if scheme != "kms" or not key_id:
        raise SettingInvalid(f"OMBUD_DATA_KEY is {data_key!r}; it takes kms:KEY")
    from functions.adapters.aws import OnDemand
    from functions.adapters.dynamodb.kms import KmsKeyring, kms_client
    from functions.adapters.dynamodb.table import Table

    return KmsKeyring(key_id, OnDemand(kms_client), Table(table, client, sleep), _now)


def _mailer(address: str) -> Mailer:
    scheme, _, path = address.partition(":")
    if scheme == "maildir" and path:
        from functions.adapters.mail.maildir import Maildir

        return Maildir(path)
    if scheme == "ses" and path:
        _require_aws("OMBUD_MAIL", address)
        from functions.adapters.aws import OnDemand
        from functions.adapters.mail.ses import SesMailer, ses_client

        return SesMailer(path, OnDemand(ses_client))
    from functions.adapters.mail.smtp import SMTP_TAKES, SmtpMailer

    if scheme in ("smtp", "smtps"):
        return SmtpMailer(address)
    raise SettingInvalid(f"OMBUD_MAIL takes maildir:PATH, {SMTP_TAKES} or ses:CONFIGURATION_SET")
