"""Wires adapters to ports, once, at cold start."""

from datetime import UTC, datetime

from functions.adapters.folder import FolderContracts
from functions.adapters.maildir import Maildir
from functions.adapters.smtp import SmtpMailer
from functions.adapters.sqlite import SqliteStore
from functions.errors import SettingInvalid
from functions.ports import Mailer, Ports, Store
from functions.settings import Settings


def bootstrap(settings: Settings) -> Ports:
    """The ports that the settings name. Raises SettingInvalid for a scheme it does not know."""
    return Ports(
        store=_store(settings.store),
        contracts=FolderContracts(settings.contracts),
        mailer=_mailer(settings.mail),
        now=lambda: datetime.now(UTC),
        key=settings.key,
        sender=settings.mail_from,
        site_url=settings.site_url,
    )


def _store(address: str) -> Store:
    scheme, _, path = address.partition(":")
    if scheme == "sqlite" and path:
        return SqliteStore(path)
    raise SettingInvalid(f"OMBUD_STORE is {address!r}; it takes sqlite:PATH")


def _mailer(address: str) -> Mailer:
    scheme, _, path = address.partition(":")
    if scheme == "maildir" and path:
        return Maildir(path)
    if scheme == "smtp":
        return SmtpMailer(address)
    raise SettingInvalid("OMBUD_MAIL takes maildir:PATH or smtp://[USER:PASSWORD@]HOST[:PORT]")
