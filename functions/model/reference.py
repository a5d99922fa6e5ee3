"""References, access codes, receipt links and the dates that a receipt promises."""

import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from functions.cases.tokens import seal, unseal
from functions.model.answers.submission import Submission
from functions.model.contract import Contract, Event, Kind, Limit
from functions.model.deadlines.counting import Due, due

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty characters that nobody confuses: no 0/O, 1/I/L, U. 31 is prime, so the ISO 7064
hybrid check over them finds every wrong character and every swapped pair."""

_SHORTEST, _LONGEST = 12, 14
"""Of a reference without dashes: a prefix of two to four characters and ten more."""

_LONGEST_TYPED = 100

_CODE_LENGTH = 13
"""30^13 is 2^63.8: above the 60 bits that guessing would have to search."""

TOKEN_SECONDS = 3600
"""How long a receipt link works; the reference and code work as long as the case is kept."""


def random_letters(length: int) -> str:
    """Characters of the alphabet that nobody can foresee, from one call of the system's source."""
    return _spelled(secrets.randbelow(len(ALPHABET) ** length), length)


def _spelled(number: int, length: int) -> str:
    """The last `length` digits of a number, the last one first, in the alphabet's characters."""
    characters = []
    for _ in range(length):
        number, index = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[index])
    return "".join(characters)


def new_reference(prefix: str) -> str:
    """A fresh reference, such as `SB-7K3M9-QXH4C`; its last character checks the others."""
    body = random_letters(9)
    check = mod_37_36.calc_check_digit(prefix + body, ALPHABET)
    return f"{prefix}-{body[:5]}-{body[5:]}{check}"


def read_reference(text: str) -> str | None:
    """The reference as it was given out, whatever its case, width and dashes; None if mistyped."""
    compact = _typed(text)
    if not _SHORTEST <= len(compact) <= _LONGEST:
        return None
    try:
        mod_37_36.validate(compact, ALPHABET)
    except (ValidationError, ValueError):
        return None
    prefix, body = compact[:-10], compact[-10:]
    return f"{prefix}-{body[:5]}-{body[5:]}"


def access_code(key: bytes, reference: str) -> str:
    """The case's access code: derived from the key, so it is stored nowhere."""
    number = int.from_bytes(hmac.digest(key, b"access code\0" + reference.encode(), sha256))
    code = _spelled(number, _CODE_LENGTH)
    return f"{code[:5]}-{code[5:9]}-{code[9:]}"


def code_matches(key: bytes, reference: str, code: str) -> bool:
    """Whether `code` opens the case, in time that does not depend on the answer."""
    given = _typed(code)
    right = access_code(key, reference).replace("-", "")
    return hmac.compare_digest(given.encode(), right.encode())


def _typed(text: str) -> str:
    """Letters and digits as people type them: small, full-width, with dashes and blanks.

    Letters of other scripts that look the same are other letters and stay so.
    """
    narrow = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED]).upper()
    return "".join(char for char in narrow if char.isalnum())


def receipt_token(key: bytes, reference: str, now: datetime) -> str:
    """What a receipt link carries: the reference and an end, sealed; nothing personal."""
    return seal(key, "receipt", reference, now, timedelta(seconds=TOKEN_SECONDS))


def read_token(key: bytes, token: str, now: datetime) -> str:
    """The reference of a receipt link.

    Raises TokenInvalid for a forged, damaged or outdated one.
    """
    return unseal(key, "receipt", token, now)


@dataclass(frozen=True)
class Milestone:
    """A time limit of this case; without `due` it runs from something that has not happened.

    `late` says that the filer's own time to file had ended when the filing arrived. It is a
    flag for people, who decide what follows from it; nothing is refused.
    """

    limit: Limit
    due: Due | None
    late: bool = False


def milestones(
    contract: Contract,
    kind: Kind,
    submission: Submission,
    received_at: datetime,
    begun: Mapping[Event, datetime] | None = None,
) -> tuple[Milestone, ...]:
    """Every time limit of the case, dated as far as is known what it runs from.

    `begun` has what happened since. It moves no window: that runs from what was decided before.
    """
    received = received_at.astimezone(ZoneInfo(contract.timezone))
    starts: dict[Event, datetime] = {"received": received}
    if submission.decided_on is not None:
        decided = datetime.combine(submission.decided_on, time(), received.tzinfo)
        starts |= {"decision": decided, "report": decided}
    since = starts | dict(begun or {})
    return tuple(
        _milestone(
            contract, limit, (starts if limit.is_window else since).get(limit.starts), received
        )
        for limit in kind.limits_for(submission.category)
    )


def _milestone(
    contract: Contract, limit: Limit, start: datetime | None, received: datetime
) -> Milestone:
    if start is None:
        return Milestone(limit, None)
    end = due(start, limit.value, limit.unit, contract.calendar, contract.hours, limit.within_hours)
    return Milestone(limit, end, late=limit.is_window and end.at <= received)
