"""Builds HTTP answers: headers, problem details, plain error pages and the JSON of a case."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import ceil

from starlette.responses import HTMLResponse, JSONResponse

from functions.model.answers.submission import AnswerProblem
from functions.model.attachment import MEDIA_TYPES, AttachmentRules, Flaw
from functions.model.case_log import CaseAct
from functions.model.contract.kind import Kind
from functions.model.deadlines.milestones import Milestone, Stop
from functions.model.language import FIRST, Language, chosen
from functions.model.pages.vocabulary import Vocabulary
from functions.model.progress import LimitProgress
from functions.observability.request_context import current_request_id
from functions.views.case_file import CaseFile
from functions.views.date_words import DateWords
from functions.views.words import flaw_words, problem_words

_DAY_MINUTES = 24 * 60


def retry_after(again: datetime, now: datetime) -> dict[str, str]:
    """The header that says when to try again, in whole seconds (RFC 9110, section 10.2.3)."""
    return {"Retry-After": str(ceil((again - now).total_seconds()))}


def security_headers(upload_origin: str) -> dict[str, str]:
    """Returns the headers of every answer; scripts may send files to `upload_origin`, if not empty.

    infra/site.yml sets the same headers on static pages. Browsers ignore HSTS without TLS.
    """
    connect = f"'self' {upload_origin}".strip()
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            f"connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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
        503: (
            "暂时无法受理",
            "您的内容没有提交。请用浏览器的“返回”回到表单，稍后再提交，或者改用电话、信函。",
        ),
    },
    "en": {
        404: ("There is no such page", "Please start again from the home page."),
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
    """Returns the `errors` of problem details for files that are refused, with the remedy."""
    return [
        {
            "field": "uploads",
            "code": flaw.code,
            "detail": flaw_words(words, kind.attachments or AttachmentRules(), flaw),
        }
        for flaw in flaws
    ]


def plain_page(status: int, wanted: tuple[str, ...], uncertain: bool = False) -> HTMLResponse:
    """Returns an error page that needs no contract, in Chinese or English.

    It serves while the contracts cannot be read. `uncertain` says that a filing may be stored.
    """
    language = chosen((*wanted, "en") if wanted else (FIRST,), _PLAIN_WORDS)
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


def milestone_json(
    dates: DateWords, dated: tuple[Milestone, ...], language: Language
) -> list[dict[str, object]]:
    """Returns the milestones of a case as JSON; `due` is null while it is unknown."""
    return [
        {
            "action": milestone.limit.action.words(language),
            "role": milestone.limit.role and milestone.limit.role.words(language),
            "party": milestone.limit.party,
            "value": milestone.limit.value,
            "unit": milestone.limit.unit,
            "from": milestone.limit.starts,
            "later_of": list(milestone.limit.later_of),
            "before": milestone.limit.before,
            "by": milestone.limit.by,
            "not_before": milestone.limit.not_before,
            "extends": milestone.limit.extends,
            "conditional": milestone.limit.is_conditional,
            "condition": milestone.limit.condition and milestone.limit.condition.words(language),
            "stopped": milestone.stopped and _stop_json(milestone.stopped, language),
            "clause": milestone.limit.clause,
            "due": milestone.due and _moment(milestone.due.at),
            "last_day": milestone.due and milestone.due.day.isoformat(),
            "provisional": milestone.due and milestone.due.provisional,
            "late": milestone.late,
            "moved_from": milestone.moved_from and milestone.moved_from.day.isoformat(),
            "skipped": [
                {
                    "day": skip.day.isoformat(),
                    "reason": skip.reason if skip.reason == "weekend" else dates.reason(skip),
                }
                for skip in (milestone.due.skipped if milestone.due else ())
            ],
        }
        for milestone in dated
    ]


def _stop_json(stop: Stop, language: Language) -> dict[str, object]:
    """Since when a clock stands still, and why."""
    return {
        "since": _moment(stop.begins),
        "reason": stop.suspension.text.words(language),
        "clause": stop.suspension.clause,
    }


def _moment(at: datetime) -> str:
    """Formats a moment as RFC 3339, in UTC if its offset has seconds, which RFC 3339 excludes.

    Local mean time, before 1901 in China, has such offsets. A mistyped year leads there.
    """
    offset = at.utcoffset() or timedelta()
    return (at.astimezone(UTC) if offset % timedelta(minutes=1) else at).isoformat()


def case_json(file: CaseFile) -> dict[str, object]:
    """Returns a case as JSON, in the language of its pages."""
    language, open_ = file.pages.words.language, file.progress.review
    return {
        "reference": file.case.reference,
        "organisation": file.case.organisation,
        "kind": file.case.kind,
        "version": file.contract.version,
        "state": file.progress.state,
        "received_at": file.case.received_at.isoformat(),
        "attachments": [
            attachment.model_dump(exclude={"id", "type"})
            | {"type": MEDIA_TYPES[attachment.type], "scan": file.scans[attachment.id]}
            for attachment in file.case.attachments
        ],
        "milestones": [
            milestone | _progress_json(step)
            for milestone, step in zip(
                milestone_json(file.dates, file.dated, language),
                file.progress.steps,
                strict=True,
            )
        ],
        "messages": [_act_json(act, language) for act in file.progress.happened],
        "reviews": [
            {
                "body": review.body.words(language),
                "inside": review.inside,
                "clause": review.clause,
                "contacts": [
                    {
                        "type": contact.type,
                        "value": contact.value,
                        "hours": contact.hours and contact.hours.words(language),
                        "name": contact.name and contact.name.words(language),
                    }
                    for contact in review.contacts
                ],
                "open": open_ is not None and open_.index == index,
                "late": open_ is not None and open_.index == index and open_.late,
            }
            for index, review in enumerate(file.kind.reviews)
        ],
    }


def _progress_json(step: LimitProgress) -> dict[str, object]:
    """Whether and when a milestone was reached."""
    return {
        "done": step.done and step.done.date().isoformat(),
        "done_at": step.done and step.done.isoformat(),
        "recorded_at": step.kept and step.kept.at.isoformat(),
        "overdue": step.overdue,
        "settled": step.settled,
        "days_late": _days_late(step),
        "lateness": step.lateness and {"value": step.lateness.value, "unit": step.lateness.unit},
    }


def _days_late(step: LimitProgress) -> int:
    """Calendar days from the last day to the one on which it was done, or to today."""
    late, due = step.lateness, step.milestone.due
    if late is None or due is None:
        return 0
    if late.unit == "minute":
        return late.value // _DAY_MINUTES
    return late.calendar_days


def _act_json(act: CaseAct, language: Language) -> dict[str, object]:
    """One act of filer or staff, with its words."""
    entry = act.entry
    return {
        "at": act.at.isoformat(),
        "type": act.act,
        "by": act.party,
        "role": entry.role and entry.role.words(language),
        "text": entry.text,
        "happened_on": entry.happened_on and entry.happened_on.isoformat(),
        "happened_at": entry.happened_at and f"{entry.happened_at:%H:%M}",
        "delivered_on": entry.delivered_on and entry.delivered_on.isoformat(),
        "delivered_how": entry.delivered_how,
        "level": entry.level,
        "event": entry.event,
        "late": entry.late,
    }
