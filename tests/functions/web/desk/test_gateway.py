"""The desk behind API Gateway: events with cookies, and answers that set them."""

import time
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.cases.ports.ports import Ports
from functions.web.body import URLENCODED
from functions.web.desk import login
from functions.web.desk.app import create_desk
from tests.conftest import Mailbox
from tests.functions.web.desk.test_login import FORM, code_in
from tests.helpers.lambdas import answered, event


def asked(path: str, form: dict[str, str] | None = None, *cookies: str) -> dict[str, Any]:
    """The event of a browser that gets a page of the desk, or sends a form of it."""
    found = event("health")
    route, _, query = path.partition("?")
    found |= {"rawPath": route, "rawQueryString": query, "cookies": list(cookies)}
    found["requestContext"]["http"] |= {"path": route, "method": "POST" if form else "GET"}
    if form:
        found["headers"] |= {"content-type": URLENCODED, "sec-fetch-site": "same-origin"}
        found |= {"body": b64encode(urlencode(form).encode()).decode(), "isBase64Encoded": True}
    return found


def ask(ports: Ports, found: dict[str, Any]) -> dict[str, Any]:
    """The desk's answer to an event."""
    return answered(found, ports, create=create_desk)


def test_login_through_the_gateway(
    staffed: Ports, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cookies come in a list of their own in both directions; the mail comes before the answer."""
    monkeypatch.setattr(login, "SAME_SECONDS", 0)
    begun = ask(staffed, asked("/cases/desk/login", FORM))
    assert begun["statusCode"] == 303
    (attempt,) = (cookie.partition(";")[0] for cookie in begun["cookies"])
    code = {"code": code_in(mailbox.messages[-1])}
    entered = ask(staffed, asked("/cases/desk/login/code", code, attempt))
    assert (entered["statusCode"], entered["headers"]["location"]) == (303, "/cases/desk")
    session = next(each for each in entered["cookies"] if each.startswith("ombud_desk="))
    shown = ask(staffed, asked("/cases/desk", None, session.partition(";")[0]))
    assert shown["statusCode"] == 200
    assert "顾安" in shown["body"]


def test_lambda_answers_everybody_after_the_same_time(
    staffed: Ports, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Lambda the answer waits for the mail; for nobody's address it waits as long."""
    monkeypatch.setattr(login, "SAME_SECONDS", 0.2)
    for fields in (FORM, FORM | {"address": "nobody@example.com"}):
        started = time.monotonic()
        ask(staffed, asked("/cases/desk/login", fields))
        assert time.monotonic() - started >= 0.2
    assert len(mailbox.messages) == 1
