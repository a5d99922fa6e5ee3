"""Wires adapters to ports, once, at cold start.

An adapter is imported where its scheme is named: a Lambda has no need of SQLite and maildirs, one
machine none of AWS, and each costs time at every start.
"""

from datetime import UTC, datetime
from functools import cache
from time import sleep
from typing import TYPE_CHECKING

from functions.adapters.codec import Codec
from functions.errors import SettingInvalid
from functions.logs import configure
from functions.ports import ContractSource, Mailer, Now, Ports, Printer, Store
from functions.settings import STORE_TAKES, Settings, from_environment
from functions.vault import DerivedKeyring, Keyring, Vault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def bootstrap(settings: Settings) -> Ports:
    """The ports that the settings name. Raises SettingInvalid for a scheme it does not know."""
    return Ports(
        store=open_store(settings.store, (settings.key, *settings.earlier_keys), settings.data_key),
        contracts=_contracts(settings.contracts, _now),
        mailer=_mailer(settings.mail),
        now=_now,
        key=settings.key,
        sender=settings.mail_from,
        site_url=settings.site_url,
        printer=_printer(),
    )


@cache
def cold_start() -> Ports:
    """The ports that the environment names, wired by the first call and kept for all others."""
    configure()
    return bootstrap(from_environment())


def _now() -> datetime:
    return datetime.now(UTC)


def _printer() -> Printer | None:
    """Lambda's package has no WeasyPrint, and a machine may lack the libraries below it."""
    from functions.adapters.weasyprint import WeasyPrinter, installed

    return WeasyPrinter() if installed() else None


def _contracts(address: str, now: Now) -> ContractSource:
    if not address.startswith("s3:"):
        from functions.adapters.folder import FolderContracts

        return FolderContracts(address)
    place = address.removeprefix("s3://")
    if address == place or not place.partition("/")[0]:
        raise SettingInvalid(f"OMBUD_CONTRACTS is {address!r}; it takes s3://BUCKET[/PREFIX]")
    from functions.adapters.s3 import S3Contracts, connect

    return S3Contracts(place, connect(), now)


def open_store(address: str, keys: tuple[bytes, ...], data_key: str | None) -> Store:
    """The store of OMBUD_STORE, opened with OMBUD_KEY's keys and OMBUD_DATA_KEY.

    Raises SettingInvalid.
    """
    scheme, _, path = address.partition(":")
    if scheme == "sqlite" and path:
        from functions.adapters.sqlite import SqliteStore

        if data_key:
            raise SettingInvalid("OMBUD_DATA_KEY goes with a store in DynamoDB alone; unset it")
        return SqliteStore(path, Codec(Vault(DerivedKeyring(keys)), _now))
    if scheme == "dynamodb" and path:
        from functions.adapters.dynamodb import DynamoStore, connect

        client = connect()
        keyring = _kms(data_key, path, client) if data_key else DerivedKeyring(keys)
        return DynamoStore(path, client, Codec(Vault(keyring), _now))
    raise SettingInvalid(f"OMBUD_STORE is {address!r}; it takes {STORE_TAKES}")


def _kms(data_key: str, table: str, client: "DynamoDBClient") -> Keyring:
    scheme, _, key_id = data_key.partition(":")
    if scheme != "kms" or not key_id:
        raise SettingInvalid(f"OMBUD_DATA_KEY is {data_key!r}; it takes kms:KEY")
    from functions.adapters.aws import OnDemand
    from functions.adapters.kms import KmsKeyring, connect
    from functions.adapters.table import Table

    return KmsKeyring(key_id, OnDemand(connect), Table(table, client, sleep), _now)


def _mailer(address: str) -> Mailer:
    scheme, _, path = address.partition(":")
    if scheme == "maildir" and path:
        from functions.adapters.maildir import Maildir

        return Maildir(path)
    if scheme == "ses" and path:
        from functions.adapters.aws import OnDemand
        from functions.adapters.ses import SesMailer, connect

        return SesMailer(path, OnDemand(connect))
    from functions.adapters.smtp import TAKES, SmtpMailer

    if scheme in ("smtp", "smtps"):
        return SmtpMailer(address)
    raise SettingInvalid(f"OMBUD_MAIL takes maildir:PATH, {TAKES} or ses:CONFIGURATION_SET")
