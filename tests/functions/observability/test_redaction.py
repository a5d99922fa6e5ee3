"""What log lines mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.cases.tokens import RECEIPT_LINK, Tokens
from functions.model.answers.plate import is_plate, read_plate
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


def of_shape(province: str, signs: str) -> st.SearchStrategy[str]:
    """Plates of a shape: P a province, L a letter, D a digit, E a letter of new energy, or itself.

    Spelled here once more, so that the shapes of the code are compared with the standard's.
    """
    places = {
        "P": st.just(province),
        "L": st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"),
        "E": st.sampled_from("ABCDEFGHJK"),
        "D": st.sampled_from("0123456789"),
    }
    return st.tuples(*(places.get(sign, st.just(sign)) for sign in signs)).map("".join)


SHAPES = """
PLDDDDD PLLDDDD PLDDDDL PLLLDDD PLDLDLD PLEDDDDD PLELDDDD PLDDDDDE
PLDDDD学 PLLDDD警 PLDDDD警 PLDDDD挂 PLDDDD试 PLDDDD超 PLDDDD领 PDDDDD领
粤ZDDDD港 粤ZLDDD澳 PXDDDD应急 PSDDDD应急 使DDDDDD DDDDDD使
WJPDDDDL WJPDDDDD WJDDDDL WJDDDDD LLDDDDD
"""
PLATES = st.tuples(
    st.sampled_from("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"),
    st.sampled_from(SHAPES.split()),
).flatmap(lambda chosen: of_shape(*chosen))
WIDE = {code: code + 0xFEE0 for code in range(ord("0"), ord("z") + 1) if chr(code).isalnum()}


@given(PLATES, st.data())
def test_whatever_is_taken_for_a_plate_is_masked(plate: str, data: st.DataObject) -> None:
    """A plate by the standard, in any case and width and with any separator, is in no log line."""
    assert is_plate(plate)
    assert is_plate(read_plate(plate))
    cut = data.draw(st.integers(1, len(plate) - 1))
    for typed in (
        plate,
        read_plate(plate),
        plate.lower(),
        plate.translate(WIDE),
        plate.lower().translate(WIDE),
        f"{plate[:2]}·{plate[2:]}",
        f"{plate[:2]} - {plate[2:]}".replace(" - ", "-"),
        f"{plate[:cut]} {plate[cut:]}",
    ):
        line = redacted(f"plate {typed}; 车牌{typed}。")
        assert line == "plate [plate]; 车牌[plate]。", typed


NO_PLATES = """
京O12345 京I12345 京AI2345 京A1234O 京AABC12 京A123456 京AL12345 京A12345学 京Z1234港 IA12345
WJ京1234I
"""


@pytest.mark.parametrize("plate", NO_PLATES.split())
def test_what_is_no_plate_is_masked_like_one(plate: str) -> None:
    """Letters that no plate has, and other slips, are asked about; log lines hide them, too."""
    assert not is_plate(plate)
    assert plate not in redacted(f"plate {plate}; 车牌{plate}。")
