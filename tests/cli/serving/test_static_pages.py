"""What the local server gives of the output, however an address is spelt."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from functions.cases.ports.ports import Ports
from functions.web.app import create_app
from tests.conftest import SITE_URL
from tests.helpers.servers.site_server import site_here

PRIVATE = (
    "/contracts/current.json",
    "//contracts/current.json",
    "///contracts//current.json",
    "/./contracts/current.json",
    "/contracts/./current.json",
    "/x/../contracts/current.json",
    "/assets/../contracts/current.json",
    "/en/../contracts/current.json",
    "/en/../../{out}/contracts/current.json",
    "/../{out}/contracts/current.json",
    "/../../{above}/{out}/contracts/current.json",
    "/contracts",
    "/contracts/",
    "//contracts/",
    "/contracts/directory/accreditation-body.json",
    "//contracts/directory/accreditation-body.json",
    "/contracts\\current.json",
    "/contracts/current.json/",
    "/contracts/current.json\0",
    "/.draft.new",
    "//.draft.new",
    "/assets/.draft.new",
    "/x/../assets/.draft.new",
    "/.hidden/page.html",
    "/../secret.txt",
    "/../../secret.txt",
)
PUBLIC = (
    ("/", 200),
    ("//", 200),
    ("/en/", 200),
    ("/robots.txt", 200),
    ("//robots.txt", 200),
    ("/x/../robots.txt", 200),
    ("/.well-known/security.txt", 200),
    ("/accreditation-body/", 200),
    ("/accreditation-body/policy.json", 200),
)


@pytest.fixture
def site(ports: Ports, built: Path, tmp_path: Path) -> tuple[ASGIApp, Path]:
    """The site's pages, with files that nobody may get among them and beside them."""
    out = tmp_path / "dist"
    out.mkdir()
    for path in built.iterdir():
        (out / path.name).symlink_to(path)
    for name in ("contracts", "assets"):
        (out / name).unlink()
        (out / name).mkdir()
        for path in (built / name).iterdir():
            target = out / name / path.name
            if path.is_file():
                target.write_bytes(path.read_bytes())
            else:
                target.mkdir()
                for below in path.iterdir():
                    (target / below.name).write_bytes(below.read_bytes())
    for name in (".draft.new", "assets/.draft.new", ".hidden/page.html", "../secret.txt"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("{}")
    return site_here(ports, out), out


def status(site: ASGIApp, path: str) -> int:
    """The status of a path, as uvicorn hands it over once it has decoded it."""
    sent: list[Any] = []

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()  # the client says no more, and stays
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"x")],
        "scheme": "http",
        "server": ("x", 80),
        "client": ("192.0.2.1", 1),
    }

    async def ask() -> None:
        await site(scope, receive, send)

    asyncio.run(ask())
    return int(sent[0]["status"])


def test_no_spelling_leads_to_what_is_private(site: tuple[ASGIApp, Path]) -> None:
    """The file that would be given is judged: contracts, drafts and hidden files are not found."""
    app, out = site
    names = {"out": out.name, "above": out.parent.name}
    found = {path: status(app, path.format(**names)) for path in PRIVATE}
    assert {path: code for path, code in found.items() if code != 404} == {}


def test_pages_are_given(ports: Ports, built: Path) -> None:
    """The rule keeps nothing back that is public."""
    app = site_here(ports, built)
    assert {path: status(app, path) for path, _ in PUBLIC} == dict(PUBLIC)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@x", "", "127.0.0.1:8000"])
@pytest.mark.parametrize(
    ("method", "path", "leads_to"),
    [
        ("GET", "/accreditation-body", "/accreditation-body/"),
        ("GET", "/en/accreditation-body?x=1", "/en/accreditation-body/?x=1"),
        ("GET", "//evil.example/..//accreditation-body", None),
        ("POST", "/cases/status/", None),
        ("POST", "/cases/accreditation-body/appeal/", None),
        ("POST", "//evil.example/cases/status/", None),
    ],
)
def test_redirects_lead_to_the_site(
    ports: Ports, built: Path, host: str, method: str, path: str, leads_to: str | None
) -> None:
    """Whatever host a request names, it is led to the configured site and nowhere else."""
    # Below the local server, pages take what no route takes; alone, the routes redirect.
    app = site_here(ports, built) if method == "GET" else create_app(ports)
    with TestClient(app, base_url=SITE_URL) as client:
        answer = client.request(
            method, SITE_URL + path, headers={"Host": host}, follow_redirects=False
        )
    if leads_to is None:
        assert not answer.is_redirect or answer.headers["location"].startswith(f"{SITE_URL}/")
    else:
        assert (answer.status_code, answer.headers["location"]) == (307, SITE_URL + leads_to)
