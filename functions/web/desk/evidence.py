"""Serves the files of a case to staff: browsers show what is safe to show, the rest is saved."""

import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from functions.cases.files.fetch import Fetched, FetchedElsewhere, Withheld, fetch_file
from functions.cases.ports.ports import Ports
from functions.model.attachment import MEDIA_TYPES, Attachment
from functions.views.desk.case.evidence import PLAYED, SHOWN
from functions.views.desk.words import _
from functions.web.desk.opened import OF_FILE, OpenedCase, opened
from functions.web.desk.visit import NotFound, Visit, staff_route

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whatever a browser takes the file for, nothing in it runs or is fetched."""

_OF_PDF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""WebKit does not show a PDF in a sandbox, and Chromium styles its viewer inline. What a PDF may
script stays in the viewer's own process, which has no part in this origin."""

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
"""One piece of a file (RFC 9110, section 14.1.2)."""

_ONE_OPENING = timedelta(minutes=10)
"""Pieces of a file that somebody gets in this time are one opening."""

_WORDS = {
    "waiting": (
        _("This file is still being scanned"),
        _("It can be opened once the scan says that it contains no malware. Try again shortly."),
    ),
    "infected": (
        _("This file contains malware"),
        _("It was set aside and is never handed out. Ask the filer to send it in another form."),
    ),
    "gone": (
        _("This file is not there"),
        _("It was removed from the file storage. Tell whoever runs this installation."),
    ),
    "changed": (
        _("This file is not the one that was filed"),
        _(
            "Its content was changed in the file storage after it was filed, so that it is not "
            "handed out. Tell whoever runs this installation."
        ),
    ),
}


class EvidenceRoutes:
    """Serves each file of a case to those who may open the case, and notes it in its access log."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the one route."""
        return [staff_route("/{reference}/files/{id}", self.show, self._ports)]

    def show(self, visit: Visit) -> Response:
        """Answers with the file, or says why it is withheld. `?save` downloads what would open."""
        case = opened(visit)
        evidence = _find(case, visit.request.path_params["id"])
        saves = "save" in visit.request.query_params
        disposition = _disposition(evidence, saves)
        match fetch_file(case.file, evidence, disposition, self._ports):
            case Withheld(why):
                title, detail = _WORDS[why]
                say = visit.frame.words.say
                return visit.page(
                    "case/withheld.html",
                    409,
                    title=say(title),
                    detail=say(detail),
                    name=evidence.name,
                    back=case.path,
                )
            case FetchedElsewhere(url):
                _note(case, evidence, "range" in visit.request.headers)
                return RedirectResponse(url, 303)
            case Fetched(content):
                answer = _answer(visit, evidence, content, disposition)
                if answer.status_code != HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    _note(case, evidence, answer.status_code == HTTPStatus.PARTIAL_CONTENT)
                return answer


def _find(case: OpenedCase, id_: str) -> Attachment:
    for evidence in case.evidence:
        if evidence.id == id_:
            return evidence
    raise NotFound


def _disposition(evidence: Attachment, saves: bool) -> str:
    """Whether it opens or is saved, under a name whose ending is that of the detected type."""
    inline = (evidence.type in SHOWN or evidence.type in PLAYED) and not saves
    disposition = "inline" if inline else "attachment"
    return f"{disposition}; filename*=UTF-8''{quote(evidence.name, '')}"


def _note(case: OpenedCase, evidence: Attachment, is_piece: bool) -> None:
    """Notes the opening; of pieces, which a player asks for one after another, once in a while."""
    what, since = f"{OF_FILE}{evidence.id}", case.visit.ports.now() - _ONE_OPENING
    if case.visit.request.method == "GET" and not (is_piece and case.has_noted(what, since)):
        case.note(what)


def _answer(visit: Visit, evidence: Attachment, content: bytes, disposition: str) -> Response:
    """The file, or the piece of it that a player asks for (RFC 9110, section 14)."""
    headers = {
        "Content-Type": MEDIA_TYPES[evidence.type],
        "Content-Disposition": disposition,
        "Content-Security-Policy": _OF_PDF if evidence.type == "pdf" else _SANDBOX,
        "Accept-Ranges": "bytes",
    }
    piece = _piece(visit.request.headers.get("range", ""), len(content))
    if piece is None:
        return Response(content, headers=headers)
    if not piece:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {piece.start}-{piece.stop - 1}/{len(content)}"
    return Response(content[piece.start : piece.stop], 206, headers)


def _piece(header: str, size: int) -> range | None:
    """The bytes that are asked for: None for all of them, empty if the file has none of those.

    Several pieces at once may be answered with the whole file.
    """
    found = _RANGE.fullmatch(header)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if last < first and found[2]:
        return None
    return range(first, min(last + 1, size))
