"""ASCII punctuation in Chinese text is read as Chinese, and left where it is none."""

import pytest

from site_src.numbers.punctuation import wide_punctuation


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("投诉热线:0000-6120055,24小时接听;", "投诉热线：0000-6120055，24小时接听；"),
        ("热线(0000-6120055),24小时接听", "热线（0000-6120055），24小时接听"),
        ("8:00至12:00,14:00至17:30(节假日除外)", "8:00至12:00，14:00至17:30（节假日除外）"),
        ("不予受理.客户可以申诉.", "不予受理。客户可以申诉。"),
        ("(一)法院;(二)仲裁", "（一）法院；（二）仲裁"),
        ("不超过1,000元,电话400-1234", "不超过1,000元，电话400-1234"),
        ("登录https://a.example/b?x=1可提交", "登录https://a.example/b?x=1可提交"),
        ("按2.1条(a)办理", "按2.1条（a）办理"),
        ("Call (24 hours), free.", "Call (24 hours), free."),
    ],
)
def test_punctuation_beside_chinese(text: str, read: str) -> None:
    """Marks beside Chinese characters are Chinese; thousands, times and addresses stay."""
    assert wide_punctuation(text) == read
    assert len(read) == len(text)
