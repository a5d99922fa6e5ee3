"""Answers requests to the desk that cannot be served."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from functions.model.errors import OmbudError
from functions.observability.request_context import current_request_id
from functions.views.desk.pages import Frame
from functions.views.desk.words import _
from functions.web.desk.session import person_of
from functions.web.desk.visit import NotTaken, frame_of, stranger_frame
from functions.web.error_answers import ErrorAnswers
from functions.web.routing.threads import run_in_threadpool

_WORDS = {
    400: (_("This could not be read"), _("Please go back and send it again.")),
    401: (
        _("You are logged out"),
        _("Nothing was recorded. Log in, then come back to this page and send it again."),
    ),
    404: (
        _("This page cannot be opened"),
        _("Either it does not exist, or you may not open it."),
    ),
    413: (_("This is too long"), _("Please send less, or fewer and smaller files.")),
    422: (_("This cannot be recorded"), _("Please go back and correct it.")),
    429: (_("Too many attempts"), _("Please wait an hour and try again.")),
}


class DeskErrors(ErrorAnswers):
    """Answers errors with a page of the desk; 503 is as everywhere on the site."""

    async def refused(self, request: Request, error: Exception) -> Response:
        """Answers an HTTPException."""
        assert isinstance(error, HTTPException)
        frame = await run_in_threadpool(self._frame, request)
        title, detail = _WORDS.get(error.status_code, _WORDS[400])
        page = frame.page(
            "notice.html",
            title=frame.words.say(title),
            detail=frame.words.say(detail),
            written=error.written if isinstance(error, NotTaken) else "",
            request_id=current_request_id(),
        )
        return HTMLResponse(page, error.status_code, error.headers)

    async def foreign(self, request: Request) -> Response:
        """Returns 400: the page of another site sent this request."""
        return await self.refused(request, HTTPException(400))

    def _frame(self, request: Request) -> Frame:
        try:
            person = person_of(request, self._ports)
            directory = self._ports.contracts.directory(person.organisation) if person else None
        except OmbudError:
            person = directory = None
        if person is None or directory is None:
            return stranger_frame(request, self._ports)
        return frame_of(directory, person)
