"""Looking up a case by reference and access code: what is left out, and where the page opens."""

from html import unescape

from starlette.testclient import TestClient

from tests.helpers.filings import APPEAL

STATUS = "/cases/status"


def test_half_a_pair_is_asked_for(client: TestClient) -> None:
    """An empty field is no wrong code: the page asks for both, at once."""
    filed = client.post("/cases/accreditation-body/appeal", json=APPEAL).json()
    for sent in (
        {"reference": "", "access_code": ""},
        {"reference": filed["reference"], "access_code": "  "},
        {"reference": "", "access_code": filed["access_code"]},
    ):
        answer = client.post(STATUS, data=sent)
        assert answer.status_code == 404
        page = unescape(answer.text)
        assert "请同时填写受理编号和查询码" in page
        assert "受理编号和查询码不相符" not in page


def test_title_says_that_something_is_wrong(client: TestClient) -> None:
    """The title is a mark and the page's own title, not two titles run together."""
    sent = {"reference": "ACB-22222-22222", "access_code": "22222-2222-2222"}
    page = unescape(client.post(STATUS, data=sent).text)
    assert "<title>有误：查询进度</title>" in page


def test_pages_with_errors_open_at_them(client: TestClient) -> None:
    """The summary of errors is in focus, with and without script."""
    looked_up = client.post(STATUS, data={"reference": "", "access_code": ""}).text
    form = client.post("/cases/accreditation-body/appeal", data=APPEAL | {"name": ""}).text
    for page in (looked_up, form):
        (summary,) = [part for part in page.split("<") if "error-summary" in part]
        assert 'tabindex="-1" autofocus' in summary
    assert "autofocus" not in client.get("/cases/receipt?token=forged").text
