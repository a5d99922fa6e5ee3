"""Who may open the studio."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from site_src.studio.app import create_studio, studio_token
from site_src.studio.guard import STUDIO, is_this_machine
from tests.conftest import KEY
from tests.site_src.studio.conftest import Clerk
from tests.site_src.studio.sample_draft import write_sample_draft


def test_only_this_machine(clerk: Clerk) -> None:
    """A name that a stranger made resolve to this machine gets nothing (DNS rebinding)."""
    answer = clerk.client.get(clerk.first, headers={"Host": "rebound.example.com:8000"})
    assert answer.status_code == 403
    assert "city-library" not in answer.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("[::1]:8000", True),
        ("127.0.0.1.example.com", False),
        ("localhost@example.com", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_names_of_this_machine(host: str, here: bool) -> None:
    """Only loopback names are this machine."""
    assert is_this_machine(host) is here


def test_address_has_a_token(clerk: Clerk) -> None:
    """Without the token no page opens and no form is taken."""
    for path in ("/", "/zh/", "/en/city-library/", f"/{'0' * 32}/en/"):
        assert clerk.client.get(f"{STUDIO}{path}").status_code == 404
        assert clerk.client.post(f"{STUDIO}{path}", data={"do": "keep"}).status_code == 404
    assert "proposed: 投诉" in clerk.facts


def test_no_forms_of_other_sites(clerk: Clerk) -> None:
    """What the page of another site makes the browser send is refused, even with the token."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    address = f"{clerk.first}city-library/"
    assert clerk.client.post(address, data={}, headers=headers).status_code == 403
    foreign = {"Origin": "https://evil.example.com"}
    assert clerk.client.post(address, data={}, headers=foreign).status_code == 403


def test_strict_headers(clerk: Clerk) -> None:
    """Pages run only their own script, and tell no other page their address."""
    headers = clerk.client.get(clerk.first).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_token_stays_after_a_restart(tmp_path: Path) -> None:
    """What was open while the server was killed can still be saved; another key has another."""
    write_sample_draft(tmp_path)
    one, again = (create_studio(tmp_path, tmp_path / "s", KEY, "", "en")[1] for _ in range(2))
    assert one == again
    assert studio_token(KEY) != studio_token(bytes(32)[:-1] + b"x")


def test_no_build_has_the_studio(built: Path) -> None:
    """Neither a page nor a file of the studio is in a built site."""
    names = [path.relative_to(built).as_posix() for path in built.rglob("*")]
    assert not [name for name in names if "studio" in name]
    for page in built.rglob("index.html"):
        assert STUDIO not in page.read_text(encoding="utf-8")


def test_every_page_in_both_languages(clerk: Clerk) -> None:
    """The language is a part of the address, and each page links to itself in the other."""
    chinese = clerk.first.replace("/en/", "/zh/")
    page = clerk.client.get(f"{chinese}city-library/").text
    assert '<html lang="zh-CN">' in page
    assert "对，确认" in page
    assert f'href="{clerk.first}city-library/"' in page
    answer = TestClient(clerk.client.app, base_url="http://127.0.0.1:8000").get(
        clerk.first.replace("/en/", "/fr/")
    )
    assert answer.status_code == 404
