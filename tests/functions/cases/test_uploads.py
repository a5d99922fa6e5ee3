"""Vouchers: what a page carries for a file, and what cannot be made of one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.files.uploads import UPLOAD_LIFETIME, Upload, open_upload, seal_upload
from functions.cases.tokens import Tokens
from functions.model.errors import TokenInvalid
from tests.conftest import KEY, MORNING

VOUCHER = Upload(
    id="0a" * 16,
    name="照片.jpg",
    size=5,
    sha256="ab" * 32,
    organisation="factory-staff",
    until=int((MORNING + UPLOAD_LIFETIME).timestamp()),
    type="jpeg",
)
TOKENS = Tokens((KEY,))
TOKEN = seal_upload(TOKENS, VOUCHER)


def test_voucher_is_what_was_sealed() -> None:
    """A token gives its voucher for a day, to its own organisation."""
    assert open_upload(TOKENS, TOKEN, "factory-staff", MORNING + UPLOAD_LIFETIME) == VOUCHER
    assert open_upload(TOKENS, TOKEN, None, MORNING) == VOUCHER
    with pytest.raises(TokenInvalid, match="expired"):
        open_upload(
            TOKENS, TOKEN, "factory-staff", MORNING + UPLOAD_LIFETIME + timedelta(seconds=1)
        )
    with pytest.raises(TokenInvalid, match="another organisation"):
        open_upload(TOKENS, TOKEN, "car-dealer", MORNING)
    with pytest.raises(TokenInvalid, match="genuine"):
        open_upload(Tokens((KEY[::-1],)), TOKEN, "factory-staff", MORNING)


def test_no_field_can_be_changed() -> None:
    """Another size, hash, type or organisation under the old seal is no voucher."""
    _, _, signature = TOKEN.rpartition(".")
    for changed in (
        VOUCHER.model_copy(update={"size": 6}),
        VOUCHER.model_copy(update={"sha256": "ac" * 32}),
        VOUCHER.model_copy(update={"type": "pdf"}),
        VOUCHER.model_copy(update={"organisation": "car-dealer"}),
    ):
        claim, _, _ = seal_upload(TOKENS, changed).rpartition(".")
        with pytest.raises(TokenInvalid, match="not genuine"):
            open_upload(TOKENS, f"{claim}.{signature}", None, MORNING)


def test_other_seals_are_no_vouchers() -> None:
    """The key has a purpose: a receipt link opens no file."""
    with pytest.raises(TokenInvalid):
        open_upload(
            TOKENS,
            TOKENS.seal("receipt", "SEC-22222-22222", MORNING + UPLOAD_LIFETIME),
            None,
            MORNING,
        )


@given(st.text(max_size=100))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is sent is a voucher or TokenInvalid."""
    with pytest.raises(TokenInvalid):
        open_upload(TOKENS, text, None, MORNING)
