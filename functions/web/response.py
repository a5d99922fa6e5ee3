"""Builds HTTP answers: headers, problem details and plain error pages."""

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from functions.model.acts import LONGEST_TEXT
from functions.model.answers.submission import AnswerProblem
from functions.model.attachment import AttachmentRules, Flaw
from functions.model.contract.kind import Kind
from functions.model.language import Language, chosen
from functions.model.pages.vocabulary import Vocabulary
from functions.observability.request_context import current_request_id
from functions.views.wording.words import flaw_words, problem_words

LARGEST_REFUSAL = 100_000
"""Bytes of an answer to a filing that is not taken. The form with every answer at its longest has
70,000; only what no form takes makes more, and giving that back would multiply an attack."""

_LONGEST_GIVEN_BACK = 4 * LONGEST_TEXT


def refuse_longer(text: str) -> None:
    """Raises HTTPException 413 for a text that is too long to be given back for shortening."""
    if len(text) > _LONGEST_GIVEN_BACK:
        raise HTTPException(413, f"text is longer than {_LONGEST_GIVEN_BACK} characters")


def bounded(answer: Response) -> Response:
    """The answer. Raises HTTPException 413 if it gives back more than any form takes."""
    check_given_back(len(answer.body))
    return answer


def check_given_back(length: int) -> None:
    """Raises HTTPException 413 if an answer of that length gives back more than any form takes."""
    if length > LARGEST_REFUSAL:
        raise HTTPException(413, "the answers are far longer than the form takes; shorten them")


def retry_after(again: datetime, now: datetime) -> dict[str, str]:
    """The header that says when to try again, in whole seconds (RFC 9110, section 10.2.3)."""
    return {"Retry-After": str(ceil((again - now).total_seconds()))}


def security_headers(upload_origin: str) -> dict[str, str]:
    """Returns the headers of every answer; `upload_origin`, if not empty, is where files are kept.

    Scripts may send files there, and a form whose answer is a file may be redirected there.
    infra/site.yml sets the same headers on static pages. Browsers ignore HSTS without TLS.
    """
    connect = f"'self' {upload_origin}".strip()
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            f"connect-src {connect}; form-action {connect}; base-uri 'none'; frame-ancestors 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
    }


_PLAIN = """<!doctype html>
<html lang="{language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<main><h1>{title}</h1><p>{detail}</p>
<p>{quote} <b>{request_id}</b></p></main>
"""

_PLAIN_WORDS: dict[Language, dict[int, tuple[str, str]]] = {
    "zh-CN": {
        404: ("没有这个页面", "请从首页重新进入。"),
        429: (
            "同一网络发来的请求过多",
            "这次请求没有保存任何内容。请等一分钟，用浏览器的“返回”回到上一页再试，您填写的内容还在。",
        ),
        503: (
            "暂时无法受理",
            "您的内容没有提交。请用浏览器的“返回”回到表单，稍后再提交，或者改用电话、信函。",
        ),
    },
    "en": {
        404: ("There is no such page", "Please start again from the home page."),
        429: (
            "Too many requests from one internet connection",
            "Nothing of this request was stored. Wait a minute, go back in your browser, where "
            "your text still is, and try again.",
        ),
        503: (
            "We cannot take this just now",
            "Nothing was submitted. Go back in your browser to the form and try again later, "
            "or use the telephone or a letter.",
        ),
    },
}

_QUOTE: dict[Language, str] = {
    "zh-CN": "如果您就此事询问我们，请告诉我们这个编号：",
    "en": "If you ask us about this, please quote",
}

_UNCERTAIN: dict[Language, tuple[str, str]] = {
    "zh-CN": (
        "暂时无法确认是否收到",
        "您的内容可能已经收到。请用浏览器的“返回”回到表单，稍后原样再提交一次：相同的内容只受理一次。",
    ),
    "en": (
        "We cannot confirm that we have it",
        "What you sent may have arrived. Go back in your browser to the form and send the same "
        "words again later: they are taken only once.",
    ),
}
"""For a lost reply of the store: the filing may or may not be stored."""


def problem_details(
    status: int,
    title: str,
    detail: str,
    errors: Iterable[dict[str, str]] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """An error for a program, as RFC 9457 problem details."""
    content: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if request_id := current_request_id():
        content["instance"] = f"urn:ombud:request:{request_id}"
    if listed := list(errors):
        content["errors"] = listed
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def field_errors(
    words: Vocabulary, kind: Kind, problems: tuple[AnswerProblem, ...]
) -> list[dict[str, str]]:
    """Returns the `errors` of problem details for answers: each field, its code and the remedy."""
    return [
        {
            "field": problem.name,
            "code": problem.code,
            "detail": problem_words(words, kind, problem),
        }
        for problem in problems
    ]


def file_errors(words: Vocabulary, kind: Kind, flaws: tuple[Flaw, ...]) -> list[dict[str, str]]:
    """Returns the `errors` of problem details for files of a filing that are refused."""
    return file_problems(words, kind.attachments or AttachmentRules(), flaws)


def file_problems(
    words: Vocabulary, rules: AttachmentRules, flaws: tuple[Flaw, ...]
) -> list[dict[str, str]]:
    """Returns the `errors` of problem details for files that are refused, with the remedy."""
    return [
        {"field": "uploads", "code": flaw.code, "detail": flaw_words(words, rules, flaw)}
        for flaw in flaws
    ]


def plain_page(
    status: int, wanted: tuple[str, ...], first: Language, uncertain: bool = False
) -> HTMLResponse:
    """Returns an error page that needs no contract, in Chinese or English.

    Who prefers no language gets the site's `first` one, who prefers another gets English.

    It serves while the contracts cannot be read. `uncertain` says that a filing may be stored.
    """
    language = chosen(wanted or (first,), _PLAIN_WORDS, "en")
    words = _PLAIN_WORDS[language]
    title, detail = _UNCERTAIN[language] if uncertain else words.get(status, words[503])
    page = _PLAIN.format(
        language=language,
        title=title,
        detail=detail,
        quote=_QUOTE[language],
        request_id=current_request_id(),
    )
    return HTMLResponse(page, status)
