"""Wires adapters to ports, once, at cold start."""

from datetime import UTC, datetime
from functools import cache

from functions.adapters.folder import FolderContracts
from functions.adapters.maildir import Maildir
from functions.adapters.smtp import TAKES, SmtpMailer
from functions.adapters.sqlite import SqliteStore
from functions.errors import SettingInvalid
from functions.ports import Mailer, Ports, Store
from functions.settings import Settings, from_environment


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


@cache
def cold_start() -> Ports:
    """The ports that the environment names, wired by the first call and kept for all others."""
    return bootstrap(from_environment())


def _store(address: str) -> Store:
    scheme, _, path = address.partition(":")
    if scheme == "sqlite" and path:
        return SqliteStore(path)
    raise SettingInvalid(f"OMBUD_STORE is {address!r}; it takes sqlite:PATH")


def _mailer(address: str) -> Mailer:
    scheme, _, path = address.partition(":")
    if scheme == "maildir" and path:
        return Maildir(path)
    if scheme in ("smtp", "smtps"):
        return SmtpMailer(address)
    if scheme == "ses" and path:
        # Here and not above: who sends otherwise has no need of AWS.
        from functions.adapters.ses import SesMailer, connect

        return SesMailer(path, connect())
    raise SettingInvalid(f"OMBUD_MAIL takes maildir:PATH, {TAKES} or ses:CONFIGURATION_SET")
