"""From a document to the page that the public will see."""

import re
from datetime import date

import pytest
import yaml

from functions.model.deadlines.calendar import Calendar
from site_src.studio.trial import day_before_holiday
from tests.site_src.studio.conftest import Clerk
from tests.site_src.studio.sample_draft import PROCEDURE, VALUES


def _finish(clerk: Clerk) -> None:
    """Decides every fact rightly and fills in what is missing."""
    clerk.post("organisation", **VALUES)
    clerk.decide("limits.2", nature="retention")
    for _ in range(20):
        found = re.search(r'name="fact" value="([^"]+)"', clerk.get())
        if found is None:
            return
        answer = clerk.decide(found[1])
        assert answer.status_code == 303, answer.text
    raise AssertionError("facts are left after twenty decisions")


def test_draft_is_published_only_when_ready(clerk: Clerk) -> None:
    """What is in the way is listed and refused; then the mark of a draft goes, and nothing else."""
    page = clerk.get("publish")
    assert "Facts that nobody has decided: 10" in page
    assert clerk.post("publish").status_code == 422
    assert "status: draft" in clerk.facts
    _finish(clerk)
    before = clerk.facts
    page = clerk.get("publish")
    assert "Nothing is in the way" in page
    assert "organisation added: 示例图书馆" in page
    assert clerk.post("publish").status_code == 303
    assert clerk.facts == before.replace("status: draft\n", "")
    assert "proposed" not in clerk.facts


def test_preview_shows_the_draft(clerk: Clerk) -> None:
    """The pages are those of the site, with every address below the studio; drafts included."""
    assert clerk.get("preview").count("<iframe") == 2
    page = clerk.get("site/city-library/")
    assert "示例图书馆" in page
    assert not re.search(r'(href|src|action)="/(?!_studio/)', page)
    assert "400-000-0000" in page
    sheet = re.search(r'href="([^"]+/assets/ombud\.[^"]+)"', page)
    assert sheet
    assert clerk.client.get(sheet[1]).headers["content-type"].startswith("text/css")
    assert clerk.client.get(f"{clerk.first}city-library/site/nowhere/").status_code == 404


def test_preview_is_in_the_language_of_the_policy(clerk: Clerk) -> None:
    """An English procedure is shown on the English pages of the site, a Chinese one on its own."""
    assert f'src="{clerk.first}city-library/site/city-library/"' in clerk.get("preview")
    text = b"# Sample Pool: complaints procedure\n\n1.1 A complaint is made in writing.\n"
    files = {"file": ("complaints.txt", text, "text/plain")}
    clerk.client.post(clerk.first, data={"organisation": "pool"}, files=files)
    page = clerk.get("preview", organisation="pool")
    assert page.count(f'src="{clerk.first}pool/site/en/pool/"') == 2
    assert "A complaint is made in writing" in clerk.get("site/en/pool/procedure/", "pool")


def test_trial_for_today_and_before_a_holiday(clerk: Clerk) -> None:
    """Two filings with their dates, receipts and mails; nothing is stored."""
    page = clerk.get("trial")
    assert page.count("<h2 ") == 2
    assert "读者服务部" in page
    assert "Mail to staff" in page
    assert "示例图书馆" in clerk.get("trial/receipt?trial=1")
    mail = clerk.client.get(f"{clerk.first}city-library/trial/acknowledgement?trial=0")
    assert "sandbox" in mail.headers["content-security-policy"]
    assert "示例图书馆" in mail.text


def test_day_before_a_holiday() -> None:
    """The next working day on whose next day a holiday begins; weekends are none."""
    days = {date(2026, 10, day): "national" for day in range(1, 8)}
    calendar = Calendar(first=2026, last=2026, holidays=days)
    assert day_before_holiday(calendar, date(2026, 9, 21)) == date(2026, 9, 30)
    assert day_before_holiday(calendar, date(2026, 10, 8)) is None


def test_preview_says_what_keeps_it(clerk: Clerk) -> None:
    """Without kinds there is no page; the findings say so in place of an error."""
    clerk.decide("kinds.0", "reject")
    assert "There is no preview yet" in clerk.get("preview")
    assert "There is no preview yet" in clerk.get("trial")


def test_import_of_a_document(clerk: Clerk) -> None:
    """A document becomes a draft, with what was left out of it; a name is never taken twice."""
    files = {"file": ("办法.txt", PROCEDURE.encode("gb18030"), "text/plain")}
    answer = clerk.client.post(clerk.first, data={"organisation": "new-one"}, files=files)
    assert answer.status_code in (200, 303), answer.text
    text = (clerk.policies / "new-one" / "procedure.md").read_text(encoding="utf-8")
    assert "第三条 读者服务部收到投诉后" in text
    facts = yaml.safe_load((clerk.policies / "new-one" / "policy.yaml").read_text("utf-8"))
    assert facts["status"] == "draft"
    assert clerk.get(organisation="new-one")
    again = clerk.client.post(clerk.first, data={"organisation": "new-one"}, files=files)
    assert again.status_code == 422
    assert "There is an organisation at /new-one/ already." in again.text


@pytest.mark.parametrize(
    ("organisation", "content", "says"),
    [
        ("物业", b"1.1 text", "“物业”不能用作网页地址"),
        ("calendar", b"1.1 text", "/calendar/ 是网站自己的地址"),
        ("city-library", b"1.1 text", "/city-library/ 已经有一个单位"),
        ("new-one", b"", "文件 a.txt 是空的"),
    ],
    ids=["letters", "reserved", "taken", "empty"],
)
def test_refusals_in_the_clerks_language(
    clerk: Clerk, organisation: str, content: bytes, says: str
) -> None:
    """What is wrong with an address or a file is said in Chinese, without paths of the machine."""
    first = clerk.first.replace("/en/", "/zh/")
    files = {"file": ("a.txt", content, "text/plain")}
    answer = clerk.client.post(first, data={"organisation": organisation}, files=files)
    assert answer.status_code == 422
    assert says in answer.text
    assert str(clerk.policies) not in answer.text


def test_import_that_is_refused(clerk: Clerk) -> None:
    """A picture, no file and a wrong address each get a message, and no folder."""
    for organisation, content in (("pic", b"\x89PNG\r\n\x1a\n"), ("Wrong Name", b"1.1 text")):
        files = {"file": ("a.pdf", content, "application/pdf")}
        answer = clerk.client.post(clerk.first, data={"organisation": organisation}, files=files)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    none = clerk.client.post(clerk.first, data={"organisation": "pic"}, files={"x": ("", b"")})
    assert none.status_code == 422
    assert not (clerk.policies / "pic").exists()


def test_next_version(clerk: Clerk) -> None:
    """A policy that is no draft is revised as by the command; the old version is archived."""
    page = clerk.get("publish", organisation="sample")
    assert "Open the next version" in page
    address = f"{clerk.first}sample/"
    assert clerk.client.post(f"{address}revise", data={}).status_code == 303
    assert (clerk.policies / "sample" / "revisions" / "1").is_dir()
    again = clerk.client.post(f"{address}revise", data={})
    assert again.status_code == 422
    assert "already open" in again.text
    changed = (clerk.policies / "sample" / "policy.yaml").read_text("utf-8")
    (clerk.policies / "sample" / "policy.yaml").write_text(
        changed.replace("name: {zh-CN: 经理", "name: {zh-CN: 总经理"), encoding="utf-8"
    )
    page = clerk.get("publish", organisation="sample")
    assert "What changes for the public" in page
    assert "Manager" in page or "总经理" in page
