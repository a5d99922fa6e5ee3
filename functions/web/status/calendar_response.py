"""Answers with the calendar file of a case."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from functions.views.case_file import CaseFile


def calendar_response(file: CaseFile) -> Response:
    """The dates of the case that concern its filer (RFC 5545); 404 if none is ahead."""
    # Imported lazily: a cold start never loads icalendar.
    from functions.views.calendar_file import calendar_file

    if not file.filer_dates:
        raise HTTPException(404)
    return Response(
        calendar_file(file),
        media_type="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="{file.case.reference}.ics"'},
    )
