"""Vouchers: what a page carries for a file, and what cannot be made of one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.files.vouchers import LIFETIME, Voucher, seal, unseal
from functions.model.errors import TokenInvalid
from functions.model.reference import receipt_token
from tests.conftest import KEY, MORNING

VOUCHER = Voucher(
    id="0a" * 16,
    name="照片.jpg",
    size=5,
    sha256="ab" * 32,
    organisation="factory-staff",
    until=int((MORNING + LIFETIME).timestamp()),
    type="jpeg",
)
TOKEN = seal(KEY, VOUCHER)


def test_voucher_is_what_was_sealed() -> None:
    """A token gives its voucher for a day, to its own organisation."""
    assert unseal(KEY, TOKEN, "factory-staff", MORNING + LIFETIME) == VOUCHER
    assert unseal(KEY, TOKEN, None, MORNING) == VOUCHER
    with pytest.raises(TokenInvalid, match="expired"):
        unseal(KEY, TOKEN, "factory-staff", MORNING + LIFETIME + timedelta(seconds=1))
    with pytest.raises(TokenInvalid, match="genuine"):
        unseal(KEY, TOKEN, "car-dealer", MORNING)
    with pytest.raises(TokenInvalid, match="genuine"):
        unseal(KEY[::-1], TOKEN, "factory-staff", MORNING)


def test_no_field_can_be_changed() -> None:
    """Another size, hash, type or organisation under the old seal is no voucher."""
    claim, mac = TOKEN.split(".")
    for old, new in ((b'"size":5', b'"size":6'), (b"abab", b"acab"), (b"jpeg", b"html")):
        changed = urlsafe_b64decode(claim).replace(old, new, 1)
        with pytest.raises(TokenInvalid):
            unseal(KEY, f"{urlsafe_b64encode(changed).decode()}.{mac}", None, MORNING)


def test_other_seals_are_no_vouchers() -> None:
    """The key has a purpose: a receipt link opens no file."""
    with pytest.raises(TokenInvalid):
        unseal(KEY, receipt_token(KEY, "SEC-22222-22222", MORNING), None, MORNING)


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is sent is a voucher or TokenInvalid."""
    with pytest.raises(TokenInvalid):
        unseal(KEY, text, None, MORNING)
