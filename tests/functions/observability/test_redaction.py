"""What log lines mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.tokens import RECEIPT_LINK, Tokens
from functions.model.answers.plate import read_plate
from functions.model.reference import access_code, new_reference
from functions.observability.redaction import redacted
from tests.conftest import KEY, MORNING

REFERENCE = "ACB-22222-22223"
LOGIN = Tokens((KEY,)).seal("login", f"car-dealer.{'0f' * 12}.-_aB3dE-_aB3dE-_", MORNING)
"""The token of a login link."""


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("550 for <zhang@example.com>", "550 for <[e-mail]>"),
        ("写给张@例子.中国，谢谢", "[e-mail]，谢谢"),
        ("电话13800138000。", "电话[number]。"),
        ("call 400-000-0000 or +86 (21) 1234 5678", "call [number] or [number]"),
        ("身份证 11010519491231002X", "身份证 [number]"),
        ("车牌京A·12345和沪AD12345", "车牌[plate]和[plate]"),
        ("from 192.0.2.10 came", "from [address] came"),
        ("GET /cases/receipt?token=abc&x=1", "GET /cases/receipt?token=[token]&x=1"),
        (f"key {KEY.hex()}", "key [token]"),
        (f"link {LOGIN} was opened", "link [token] was opened"),
        ("the code is 1234 5678", "the code is [number]"),
    ],
)
def test_masked(text: str, masked: str) -> None:
    """Addresses, numbers to call or to know one by, plates and secrets are masked."""
    assert redacted(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        f"filing {REFERENCE} stored",
        "SMTP 550 5.1.1",
        "SMTP 421 4.7.26",
        "mail deferred by 0:00:30",
        "contract 0123456789abcdef0123456789abcdef: 3 errors",
        "POST /cases/{organisation}/{kind} 422",
        "DynamoDB: ProvisionedThroughputExceededException",
    ],
)
def test_kept(text: str) -> None:
    """What an operator needs stays: references, codes of mail servers, digests, routes."""
    assert redacted(text) == text


@given(st.binary(min_size=32, max_size=32))
def test_no_code_and_no_token_gets_through(key: bytes) -> None:
    """An access code, however it is typed, and a receipt link's token are always masked."""
    reference = new_reference("ACB")
    code = access_code(key, reference)
    for typed in (code, code.lower(), code.replace("-", "")):
        assert typed not in redacted(f"the code is {typed}.")
        assert typed not in redacted(f"查询码{typed}。")
    token = Tokens((key,)).seal("receipt", reference, MORNING + RECEIPT_LINK)
    assert token.rpartition(".")[2] not in redacted(f"opened {token}")


PLATES = """京A12345 京O12345 京AI2345 沪AD12345 使014578 014578使 EA12345 WJ京1234A WJ京12345
    粤B1234学 京A·12345 使014·578"""


@pytest.mark.parametrize("plate", [*PLATES.split(), "EA 12345"])
def test_whatever_is_taken_for_a_plate_is_masked(plate: str) -> None:
    """A plate, as it is read and as people type it, is in no log line."""
    for typed in (plate, read_plate(plate), plate.replace("·", " ")):
        line = redacted(f"plate {typed}; 车牌{typed}。")
        assert typed not in line
        assert line.count("[plate]") == 2
