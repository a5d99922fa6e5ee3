"""A limit whose clause names no start says so wherever it stands, and nothing is made of it."""

from pathlib import Path

import pytest

COUNTED = {
    "": "程序未写明起算时间，这里自收到之日起算",
    "en/": "the procedure does not say from when; counted here from receipt",
}
OPEN = {"": "程序未写明起算时间", "en/": "the procedure does not say from when"}


@pytest.mark.parametrize("prefix", COUNTED)
def test_pages_say_so(built: Path, prefix: str) -> None:
    """Table, line, form, poster and plain text; the organisation's is counted from receipt."""
    for name, kind, words in (
        ("employer-hr", "complaint", COUNTED[prefix]),
        ("product-certifier", "appeal", OPEN[prefix]),
    ):
        home = built / prefix / name
        for page in ("procedure/index.html", f"{kind}/index.html", "poster/index.html"):
            assert words in (home / page).read_text("utf-8")
        text = "".join((home / "procedure.txt").read_text("utf-8").split())
        assert "".join(words.split()) in text
        assert (COUNTED[prefix] in (home / "procedure" / "index.html").read_text("utf-8")) is (
            words == COUNTED[prefix]
        )


def test_form_dates_what_is_counted_from_receipt_alone(built: Path) -> None:
    """The script is told to count the organisation's limits, and no window of the filer."""
    form = (built / "employer-hr" / "complaint" / "index.html").read_text("utf-8")
    assert form.count('data-from="received"') == 2
    form = (built / "product-certifier" / "appeal" / "index.html").read_text("utf-8")
    assert ('data-from="unstated"' in form, "data-window" in form) == (False, False)
    assert "提出的期限从这一天起算" not in form
