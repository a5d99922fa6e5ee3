"""Proof of work: what a browser works out before it may file, where the operator asks for it.

ALTCHA's protocol, version 2: a signed challenge names salt, nonce and the start of a key that
PBKDF2 derives from one counter alone, and whoever tries the counters one by one finds it. What
is found says nothing of who found it. The library is loaded where it is used: few sites ask.
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
"""How long a challenge is good for. A page solves it when it is opened and again when it stood
open for longer than half of this, so nobody has to write against a clock."""

_LONGER = timedelta(minutes=10)
"""How much longer than that it is remembered which are used: clocks of machines differ."""

_ITERATIONS = 5000
_FEWEST = 1000
"""So many derivations at least, twice as many at most, for each unit of the operator's setting."""

NEEDED = "proof_needed"
"""The message that asks for a solution; pages of before the switch have not got it."""

FOR_PROGRAMS = "Solve a challenge of GET /cases/challenge (ALTCHA 2) and send it as altcha, once."

SolutionCode = Literal["required", "wrong", "expired", "used"]


@dataclass(frozen=True)
class Solved:
    """A solution that is right; filing with it uses up `once`."""

    once: Quota


@dataclass(frozen=True)
class Unsolved:
    """Nothing that a filing could be taken with."""

    code: SolutionCode


class ChallengeRoutes:
    """Gives challenges out; there is no such address where no proof is asked for."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """One for all forms."""
        return [Route("/cases/challenge", self.challenge)]

    def challenge(self, request: Request) -> Response:
        """A new challenge."""
        work = self._ports.contracts.current().proof_of_work
        if work is None:
            raise HTTPException(404, "this site asks for no proof of work")
        return JSONResponse(new_challenge(self._ports.key, work, self._ports.now()))


def new_challenge(key: bytes, work: int, now: datetime) -> dict[str, object]:
    """A challenge that takes `work` times the usual effort, as ALTCHA's clients read it."""
    from altcha import create_challenge

    fewest = work * _FEWEST
    made = create_challenge(
        "PBKDF2/SHA-256",
        _ITERATIONS,
        counter=fewest + secrets.randbelow(fewest),
        expires_at=now + CHALLENGE_LIFETIME,
        hmac_secret=_challenge_key(key),
        hmac_key_secret=_answer_key(key),
    )
    return made.to_dict()


def check_solution(key: bytes, solution: str) -> Solved | Unsolved:
    """What a solution is worth, as it was sent: base64 of JSON. Whether it is used, no more.

    Its end is compared with the machine's clock, by the library.
    """
    from altcha import Payload, verify_solution

    if not solution:
        return Unsolved("required")
    try:
        payload = Payload.from_base64(solution)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Unsolved("wrong")
    result = verify_solution(payload, _challenge_key(key), hmac_key_secret=_answer_key(key))
    signature, ends = payload.challenge.signature, payload.challenge.parameters.expires_at
    if result.expired:
        return Unsolved("expired")
    if not result.verified or signature is None or ends is None:
        return Unsolved("wrong")
    until = datetime.fromtimestamp(ends, UTC) + _LONGER
    return Solved(Quota(key=keyed(key, "solution", signature), most=1, ends=until))


def can_solve(pages: KindPages) -> bool:
    """Whether these pages were built to solve challenges."""
    return NEEDED in pages.words.messages


def _challenge_key(key: bytes) -> bytes:
    return derive_key(key, b"proof of work: challenge")


def _answer_key(key: bytes) -> bytes:
    return derive_key(key, b"proof of work: answer")
