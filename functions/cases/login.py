"""Logs members of staff in by a mail with a link and a code; both end together and work once.

Whoever asks gets the same answer, whether or not the address belongs to anybody.
"""

import hmac
import logging
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from functions.cases.desk.access import DESK, Person, find_person
from functions.cases.notifications import message_id
from functions.cases.ports.ports import Ports
from functions.cases.quotas import Allowance
from functions.cases.tokens import LOGIN_LINK
from functions.model.derived_keys import keyed
from functions.model.desk.staff import mark
from functions.model.errors import MailError
from functions.views.desk.mails import LoginMail, login_mail

log = logging.getLogger("ombud.desk")

MOST_WRONG_CODES = 5
"""How often a code may be typed. Of 100,000,000 codes, somebody who guesses in each of the mails
that an address gets in an hour finds one in four centuries."""

_DIGITS = 8

MAILS = Allowance("login mails", 5, timedelta(hours=1))
"""Login mails to one address. Who needs more has a problem that another mail does not solve."""

CLIENTS = Allowance("logins", 60, timedelta(hours=1))
"""Logins from one network address, which a whole office shares in the morning."""

_LONGEST_PATH = 300


@dataclass(frozen=True)
class LoginAttempt:
    """One attempt to log in: for whom, by the mark of an address, and which one."""

    organisation: str
    mark: str
    nonce: str

    @property
    def claim(self) -> str:
        """What tokens say of it; no address can be read from it."""
        return f"{self.organisation}.{self.mark}.{self.nonce}"


@dataclass(frozen=True)
class TooManyLogins:
    """The quota of the network address is used up; nothing was sent. Retry at `again`."""

    again: datetime


@dataclass(frozen=True)
class CodeRefused:
    """The code is wrong, used or too old; `left` is how often another may be typed."""

    left: int


def begin_login(
    organisation: str, address: str, client: str, ports: Ports
) -> LoginAttempt | TooManyLogins:
    """An attempt to log in, which is the same for everybody; `client` is a network address.

    The organisation must exist. Raises StoreError.
    """
    quota = CLIENTS.quota(ports.key, client, ports.now())
    if client and ports.counters.increment(quota.key, quota.ends) > quota.most:
        log.warning("login refused: its address has reached a quota")
        return TooManyLogins(quota.ends)
    return _attempt(organisation, mark(ports.key, organisation, address))


def send_login_mail(attempt: LoginAttempt, path: str, ports: Ports) -> None:
    """Sends link and code if the attempt is that of a member of staff; never fails.

    `path` is the page of the desk that the link leads to. Raises ContractError, StoreError.
    """
    now = ports.now()
    person = find_person(attempt.organisation, attempt.mark, ports)
    directory = ports.contracts.directory(attempt.organisation)
    quota = MAILS.quota(ports.key, f"{attempt.organisation}\0{attempt.mark}", now)
    count = ports.counters.increment(quota.key, quota.ends)
    if person is None or directory is None:
        log.info("login asked for by nobody known")
        return
    if count > quota.most:
        log.warning("login mail not sent: its recipient has reached a quota")
        return
    ends = issue(attempt, ports)
    mail = LoginMail(
        directory=directory,
        recipient=person.member.address,
        sender=ports.sender,
        message_id=message_id(f"login\0{attempt.claim}", ports),
        sent_at=now,
        ends=ends.astimezone(ZoneInfo(directory.timezone)),
        link=login_link(attempt, ends, path, ports),
        code=code_of(attempt, ports.key),
    )
    try:
        ports.mailer.send(login_mail(mail))
    except MailError as error:
        log.warning("login mail not sent: %s", error)
        return
    log.info("login mail sent")


def issue(attempt: LoginAttempt, ports: Ports) -> datetime:
    """Makes link and code of an attempt valid, and returns until when. Raises StoreError."""
    ends = ports.now() + LOGIN_LINK
    ports.counters.increment(_counter("issued", attempt), _after(ends))
    return ends


def link_for(person: Person, path: str, ports: Ports) -> str:
    """An address that logs a member of staff in, without a mail. Raises StoreError."""
    attempt = _attempt(person.organisation, person.mark)
    return login_link(attempt, issue(attempt, ports), path, ports)


def login_link(attempt: LoginAttempt, ends: datetime, path: str, ports: Ports) -> str:
    """The address that logs in, and then leads to a page of the desk."""
    query = {"token": ports.tokens.seal("login", attempt.claim, ends)}
    if path != DESK:
        query["to"] = path
    return f"{ports.site_url}{DESK}/link?{urlencode(query)}"


def sealed(attempt: LoginAttempt, ports: Ports) -> str:
    """The token by which the browser that asked for a code is known when it sends the code."""
    return ports.tokens.seal("code", attempt.claim, ports.now() + LOGIN_LINK)


def code_of(attempt: LoginAttempt, key: bytes) -> str:
    """The code of an attempt, which only who has OMBUD_KEY (`key`) can work out."""
    number = int(keyed(key, "login code", attempt.claim), 16) % 10**_DIGITS
    return f"{number:0{_DIGITS}}"


def check_link(token: str, ports: Ports) -> None:
    """Raises TokenInvalid for a link that is forged or too old; uses nothing up."""
    _read("login", token, ports)


def redeem_link(token: str, ports: Ports) -> Person | None:
    """The member of staff whom a link logs in; None if it was used or they are none any more.

    Raises TokenInvalid, ContractError, StoreError.
    """
    return _redeem(_read("login", token, ports), ports)


def redeem_code(attempt_token: str, typed: str, ports: Ports) -> Person | CodeRefused:
    """The member of staff whom a code logs in. Raises TokenInvalid, ContractError, StoreError."""
    attempt = _read("code", attempt_token, ports)
    digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", typed)))
    tries = ports.counters.increment(_counter("tries", attempt), _after(ports.now() + LOGIN_LINK))
    if tries <= MOST_WRONG_CODES and any(
        hmac.compare_digest(code_of(attempt, key), digits) for key in ports.keys if digits.isascii()
    ):
        return _redeem(attempt, ports) or CodeRefused(0)
    log.warning("login code refused")
    return CodeRefused(max(0, MOST_WRONG_CODES - tries))


def safe_path(path: str) -> str:
    """The page to show after a login, which is below the desk; else its first page."""
    below = path.partition("?")[0].removeprefix(DESK)
    outside = below and not below.startswith("/")
    odd = not path.isascii() or not path.isprintable() or any(sign in path for sign in "\\ #")
    if (
        not path.startswith(DESK)
        or outside
        or odd
        or len(path) > _LONGEST_PATH
        or any(part in ("", ".", "..") for part in below.split("/")[1:])
        or below.split("/")[:2] in (["", "login"], ["", "link"], ["", "logout"])
    ):
        return DESK
    return path


def _attempt(organisation: str, whose: str) -> LoginAttempt:
    return LoginAttempt(organisation, whose, secrets.token_urlsafe(12))


def _read(purpose: Literal["login", "code"], token: str, ports: Ports) -> LoginAttempt:
    organisation, whose, nonce = ports.tokens.open(purpose, token, ports.now()).split(".")
    return LoginAttempt(organisation, whose, nonce)


def _redeem(attempt: LoginAttempt, ports: Ports) -> Person | None:
    """Uses an attempt up. One that was not issued is worth nothing, however it was guessed."""
    if not ports.counters.current_count(_counter("issued", attempt)):
        return None
    ends = _after(ports.now() + LOGIN_LINK)
    if ports.counters.increment(_counter("used", attempt), ends) > 1:
        return None
    return find_person(attempt.organisation, attempt.mark, ports)


def _counter(what: str, attempt: LoginAttempt) -> str:
    return f"login {what}:{attempt.nonce}"


def _after(ends: datetime) -> datetime:
    """A counter outlives the token that it is for."""
    return ends + timedelta(hours=1)
