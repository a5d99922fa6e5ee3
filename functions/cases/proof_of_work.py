"""Proof of work: issues and checks challenges, if the operator requires them for filing.

ALTCHA protocol, version 2: a signed challenge has a salt, a nonce and the first bytes of a key
that PBKDF2 derives from one secret counter. A browser finds the counter by trying all in order.
A solution says nothing about who solved it. The library is imported lazily, as few sites use it.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from functions.cases.ports.counters import Quota
from functions.cases.ports.ports import Ports
from functions.model.derived_keys import derive_key, keyed
from functions.model.pages.page_set import KindPages

CHALLENGE_LIFETIME = timedelta(hours=2)
"""How long a challenge is valid. A page solves one when it is opened, and another if it stays open
for more than half of this time, so the filer is under no time pressure."""

_CLOCK_TOLERANCE = timedelta(minutes=10)
"""How much longer used solutions are remembered, as clocks of machines differ."""

_ITERATIONS = 5000
_FEWEST = 1000
"""Fewest derivations for each unit of the operator's setting; the most are twice as many."""

NEEDED = "proof_needed"
"""Key of the message that asks for a solution; pages built before the feature lack it."""

FOR_PROGRAMS = "Solve a challenge of GET /cases/challenge (ALTCHA 2) and send it as altcha, once."

SolutionCode = Literal["required", "wrong", "expired", "used"]


@dataclass(frozen=True)
class Solved:
    """A valid solution; `once` is the quota of one filing that it pays for."""

    once: Quota


@dataclass(frozen=True)
class Unsolved:
    """A solution that is missing or not valid."""

    code: SolutionCode


class ChallengeRoutes:
    """The route that issues challenges; 404 if no proof of work is required."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """The route, the same for all forms."""
        return [Route("/cases/challenge", self.challenge)]

    def challenge(self, request: Request) -> Response:
        """A new challenge."""
        work = self._ports.contracts.current().proof_of_work
        if work is None:
            raise HTTPException(404, "this site asks for no proof of work")
        return JSONResponse(new_challenge(self._ports.key, work, self._ports.now()))


def new_challenge(key: bytes, work: int, now: datetime) -> dict[str, object]:
    """A challenge of `work` times the usual effort, as JSON for ALTCHA's clients."""
    from altcha import create_challenge

    fewest = work * _FEWEST
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        _ITERATIONS,
        counter=fewest + secrets.randbelow(fewest),
        expires_at=now + CHALLENGE_LIFETIME,
        hmac_secret=_derive_challenge_key(key),
        hmac_key_secret=_derive_answer_key(key),
    )
    return challenge.to_dict()


def check_solution(key: bytes, solution: str) -> Solved | Unsolved:
    """Checks a solution as sent (base64 of JSON), but not whether it was used before.

    The library compares its expiry with the machine's clock.
    """
    from altcha import Payload, verify_solution

    if not solution:
        return Unsolved("required")
    try:
        payload = Payload.from_base64(solution)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Unsolved("wrong")
    result = verify_solution(
        payload, _derive_challenge_key(key), hmac_key_secret=_derive_answer_key(key)
    )
    signature, expires_at = payload.challenge.signature, payload.challenge.parameters.expires_at
    if result.expired:
        return Unsolved("expired")
    if not result.verified or signature is None or expires_at is None:
        return Unsolved("wrong")
    until = datetime.fromtimestamp(expires_at, UTC) + _CLOCK_TOLERANCE
    return Solved(Quota(key=keyed(key, "solution", signature), most=1, ends=until))


def can_solve(pages: KindPages) -> bool:
    """Whether these pages were built with a solver."""
    return NEEDED in pages.words.messages


def _derive_challenge_key(key: bytes) -> bytes:
    return derive_key(key, b"proof of work: challenge")


def _derive_answer_key(key: bytes) -> bytes:
    return derive_key(key, b"proof of work: answer")
