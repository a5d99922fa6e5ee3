"""Sealed tokens: one purpose, an end, and keys that are replaced."""

from datetime import timedelta
from typing import get_args

import pytest

from functions.cases.tokens import RECEIPT_LINK, Purpose, Tokens
from functions.model.errors import TokenExpired, TokenInvalid
from tests.conftest import KEY, MORNING

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
TOKENS = Tokens((KEY,))
REFERENCE = "SEC-22222-22222"


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_token_is_for_one_purpose_until_its_end(purpose: Purpose) -> None:
    """A token opens what it was made for, whole and in time, and nothing else."""
    token = TOKENS.seal(purpose, REFERENCE, MORNING + HOUR)
    assert TOKENS.open(purpose, token, MORNING + HOUR) == REFERENCE
    with pytest.raises(TokenExpired):
        TOKENS.open(purpose, token, MORNING + HOUR + SECOND)
    for forged in (token[:-1], f"A{token}", f"{token} ", "", "a.b", "a.b.c", "…", "\ud800"):
        with pytest.raises(TokenInvalid, match="not genuine"):
            TOKENS.open(purpose, forged, MORNING)
    for other in set(get_args(Purpose)) - {purpose}:
        with pytest.raises(TokenInvalid, match="not genuine"):
            TOKENS.open(other, token, MORNING)


def test_earlier_keys_still_open() -> None:
    """After a new key, tokens of the one before open until it is taken away."""
    new = bytes(reversed(KEY))
    old = TOKENS.seal("receipt", REFERENCE, MORNING + RECEIPT_LINK)
    assert Tokens((new, KEY)).open("receipt", old, MORNING) == REFERENCE
    sealed_anew = Tokens((new, KEY)).seal("receipt", REFERENCE, MORNING + RECEIPT_LINK)
    assert Tokens((new,)).open("receipt", sealed_anew, MORNING) == REFERENCE
    with pytest.raises(TokenInvalid, match="not genuine"):
        Tokens((new,)).open("receipt", old, MORNING)


def test_token_is_fit_for_an_address() -> None:
    """Letters, digits, dashes, underscores and dots alone: nothing that an address escapes."""
    token = TOKENS.seal("handling", "SEC-22222-22222.ab" * 9, MORNING)
    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert token.isascii()
