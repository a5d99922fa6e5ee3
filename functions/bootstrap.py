"""Wires adapters to ports, once, at cold start.

Imports an adapter only if the settings name its scheme: a Lambda needs neither SQLite nor
maildirs, one machine needs nothing of AWS, and each import costs time at every start.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from time import sleep
from typing import TYPE_CHECKING

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.text_cipher import DerivedKeyring, Keyring, TextCipher
from functions.cases.ports.ports import Now, Ports
from functions.model.errors import SecretUnavailable, SettingInvalid, StoreError
from functions.observability.logs import configure
from functions.settings import (
    STORE_TAKES,
    Settings,
    from_environment,
    from_outputs,
    read_keys,
    wrong_settings,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

    from functions.cases.ports.backup import Backup
    from functions.cases.ports.contract_source import ContractSource
    from functions.cases.ports.file_storage import FileStorage
    from functions.cases.ports.mailer import Mailer
    from functions.cases.ports.printer import Printer
    from functions.cases.ports.scanner import Scanner
    from functions.cases.ports.store import Store
    from functions.cases.ports.store_state import StoreState

    MakeS3 = Callable[[], S3Client]

log = logging.getLogger("ombud.start")

_CANNOT_START = 3
"""The exit code of the command line for an environment that is not as needed."""


class WiredAdapters:
    """What the settings name, each part made when it is first asked for.

    Each raises SettingInvalid for an unknown scheme.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings, self._s3 = settings, cache(_s3)

    @cached_property
    def store(self) -> "Store":
        """The store; a file of SQLite is made or brought to this release."""
        return _store(self.settings, _now)

    @cached_property
    def contracts(self) -> "ContractSource":
        """The contracts."""
        return _contracts(self.settings.contracts, self._s3, _now)

    @cached_property
    def mailer(self) -> "Mailer":
        """What sends mails; a maildir is made."""
        return _mailer(self.settings.mail)

    @cached_property
    def shelf(self) -> "FileStorage":
        """The attached files."""
        return _shelf(self.settings.attachments, self._s3)

    @cached_property
    def scanner(self) -> "Scanner | None":
        """The malware scanner; None without one."""
        return _scanner(self.settings.scan)


def bootstrap(settings: Settings) -> Ports:
    """Returns the ports that the settings name. Raises SettingInvalid for an unknown scheme."""
    parts = WiredAdapters(settings)
    return Ports(
        store=parts.store,
        outbox=parts.store,
        counters=parts.store,
        lists=parts.store,
        contracts=parts.contracts,
        mailer=parts.mailer,
        shelf=parts.shelf,
        scanner=parts.scanner,
        now=_now,
        key=settings.key,
        sender=settings.mail_from,
        site_url=settings.site_url,
        printer=_printer(),
        earlier_keys=settings.earlier_keys,
    )


def examine_store(address: str) -> "StoreState":
    """Tells what is at the address of OMBUD_STORE, and changes nothing.

    Raises SettingInvalid, or StoreError where it cannot be read.
    """
    scheme, _, path = address.partition(":")
    if scheme == "sqlite":
        from functions.adapters.store_form.sqlite_file import examine_file

        return examine_file(path)
    _require_aws("OMBUD_STORE", address)
    from functions.adapters.store_form.dynamodb_table import examine_table

    return examine_table(path)


@cache
def cold_start() -> Ports:
    """Returns the ports that the environment names; wires them on the first call only.

    Where that cannot be, ends the process with 3 after one line: a function that could not store or
    send what it takes must not run, and Lambda starts another process with the next event.
    """
    configure()
    try:
        return bootstrap(environment_settings())
    except (SettingInvalid, SecretUnavailable, StoreError) as error:
        log.critical("this function cannot start: %s", error)
        sys.exit(_CANNOT_START)


def environment_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Returns the settings of the environment, secrets included; raises as `from_environment`."""
    return from_environment(environment, _read_secret)


def wrong_in_environment(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Returns all that `environment_settings` would refuse, each in a sentence."""
    return wrong_settings(environment, _read_secret)


def environment_keys(environment: Mapping[str, str] = os.environ) -> tuple[bytes, ...]:
    """Returns the keys of OMBUD_KEY only, the current one first; raises as `from_environment`."""
    return read_keys(environment, _read_secret)


def stack_settings(stack: str) -> dict[str, str]:
    """Returns the variables of the functions of a stack on AWS, by name.

    Raises StackUnavailable, or SettingInvalid if the stack does not tell them all.
    """
    from functions.adapters.cloudformation import outputs_of

    return from_outputs(outputs_of(stack))


def backup(store: str, files: str) -> "Backup":
    """Returns the backup of a store and its files, by address. Raises BackupRefused for AWS."""
    from functions.adapters.sqlite.backup import SqliteBackup

    return SqliteBackup(store, files)


def _read_secret(name: str) -> str:
    """Imported here: without secrets in AWS, botocore is never loaded."""
    from functions.adapters.secrets import read_secret

    return read_secret(name)


def _now() -> datetime:
    return datetime.now(UTC)


def can_print() -> bool:
    """Whether this machine can draw PDFs."""
    return _printer() is not None


def _printer() -> "Printer | None":
    """Returns None on Lambda, whose package lacks WeasyPrint, and on machines without Pango."""
    from functions.adapters.weasyprint import WeasyPrinter, installed

    return WeasyPrinter() if installed() else None


def _contracts(address: str, s3: "MakeS3", now: Now) -> "ContractSource":
    if not address.startswith("s3:"):
        from functions.adapters.contracts.folder import FolderContracts

        return FolderContracts(address)
    place = _bucket("OMBUD_CONTRACTS", address)
    _require_aws("OMBUD_CONTRACTS", address)
    from functions.adapters.contracts.s3 import S3Contracts

    return S3Contracts(place, s3(), now)


def _shelf(address: str, s3: "MakeS3") -> "FileStorage":
    if not address.startswith("s3:"):
        from functions.adapters.files.folder import FolderFileStorage

        return FolderFileStorage(address)
    place = _bucket("OMBUD_ATTACHMENTS", address)
    _require_aws("OMBUD_ATTACHMENTS", address)
    from functions.adapters.files.s3 import S3FileStorage

    return S3FileStorage(place, s3())


def _scanner(address: str) -> "Scanner | None":
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
    """Imported here: without AWS, botocore is never loaded. Raises SettingInvalid."""
    from functions.adapters.aws import require_aws

    require_aws(name, address)


def _s3() -> "S3Client":
    """Returns the client that contracts and files share: a second one slows each cold start."""
    from functions.adapters.contracts.s3 import s3_client

    return s3_client()


def _store(settings: Settings, now: Now) -> "Store":
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


def _mailer(address: str) -> "Mailer":
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
