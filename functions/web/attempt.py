"""Answers a filing that is not stored: returns every word of it and says what to do."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from functions.cases.current_calendar import current_calendar
from functions.cases.files.attach import AttachedFiles
from functions.cases.files.uploads import seal_upload
from functions.cases.ports.ports import Ports
from functions.cases.submit import latest_day
from functions.model.answers.input_warnings import input_warnings
from functions.model.answers.submission import (
    AnswerProblem,
    AnswerProblems,
    Submission,
    valid_answers,
)
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.deadlines.milestones import Calendars, Milestone, milestones
from functions.model.pages.page_set import KindPages
from functions.observability.metrics import count
from functions.views.check_page import check_page
from functions.views.form_page import FileRow, FormFiles, WindowLine, form_page
from functions.views.wording.date_words import DateWords
from functions.web.page_fields import BROWSER, SOLUTION, FormAction
from functions.web.request import Sent
from functions.web.response import (
    bounded,
    field_errors,
    file_errors,
    problem_details,
    retry_after,
)

if TYPE_CHECKING:
    from functions.cases.proof_of_work import SolutionCode

log = logging.getLogger("ombud.desk")

PAGE_FIELDS = ("contract", "language")

BACK_KEEPS_WORDS = {"Cache-Control": "private, no-cache"}
"""For pages with a filer's words: with `no-store`, the Back button would lose them."""


@dataclass(frozen=True)
class Attempt:
    """A filing as it was sent, with the contract that decides whether it is valid.

    `digest` names that contract, `pages` are its pages in the filer's language, `held` are the
    attached files. A program gets problem details (RFC 9457), a person gets a page.
    """

    ports: Ports
    sent: Sent
    digest: str
    contract: Contract
    kind_id: KindId
    pages: KindPages
    held: AttachedFiles

    @property
    def kind(self) -> Kind:
        """The contract's rules for this kind of filing."""
        return self.contract.kinds[self.kind_id]

    @property
    def answers(self) -> dict[str, str]:
        """The answers as they were sent, by field name."""
        return self.sent.without(*PAGE_FIELDS, *(() if self.sent.program else (BROWSER,)))

    def form(
        self, problems: tuple[AnswerProblem, ...] = (), notice: str = "", status: int = 422
    ) -> Response:
        """Returns the filled form; `notice` names the message above it.

        A program gets 422 with that message; `status` is for pages only. Raises HTTPException 413
        for answers that are far longer than the form takes.
        """
        notice_words = self._notice_words(notice)
        if self.sent.program:
            return problem_details(422, self.pages.words.say("rejected"), notice_words)
        page = self._filled_form(problems, notice_words)
        return bounded(HTMLResponse(page, status, BACK_KEEPS_WORDS))

    def rejected(self, problems: tuple[AnswerProblem, ...]) -> Response:
        """Returns 422 and says what is wrong with each answer and each file."""
        count("FilingsRejected")
        if not self.sent.program:
            return self.form(problems)
        words = self.pages.words
        errors = [
            *field_errors(words, self.kind, problems),
            *file_errors(words, self.kind, self.held.flaws),
        ]
        detail = words.say("rejected_detail")
        return bounded(problem_details(422, words.say("rejected"), detail, errors))

    def conflicting(self) -> Response:
        """Returns 422: an earlier, different filing used this idempotency key."""
        count("FilingsRejected")
        words = self.pages.words
        return problem_details(422, words.say("key_reused"), words.say("key_reused_detail"))

    def too_many(self, again: datetime) -> Response:
        """Returns 429: says when to send it again, and names the other ways to file."""
        count("FilingsLimited")
        log.warning("filing refused: its address has reached a quota")
        words = self.pages.words
        time = again.astimezone(ZoneInfo(self.contract.timezone))
        detail = words.say("too_many", time=f"{time:%H:%M}")
        wait = retry_after(again, self.ports.now())
        if self.sent.program:
            return problem_details(429, words.say("http_429"), detail, headers=wait)
        return HTMLResponse(self._filled_form((), detail), 429, BACK_KEEPS_WORDS | wait)

    def too_many_files(self, again: datetime) -> Response:
        """Returns 429: the form without the files that came too soon, and when to send them."""
        count("FilingsLimited")
        log.warning("files refused: their address has reached a quota")
        page = self.form(status=429)
        page.headers.update(retry_after(again, self.ports.now()))
        return page

    def check(
        self, step: FormAction, read: Submission | AnswerProblems, notice: str = ""
    ) -> Response:
        """Shows the answers for a last look, or the form if they are not valid. Stores nothing."""
        if isinstance(read, AnswerProblems) or self.held.flaws:
            return self.form(read.found if isinstance(read, AnswerProblems) else ())
        warnings = input_warnings(read, self.kind)
        correction = next((warning for warning in warnings if warning.meant), None)
        fields = dict(self.sent.fields) | {"language": self.pages.words.language}
        if correction and step == "correct":
            fields |= {correction.name: correction.meant or ""}
            read = read.model_copy(update={correction.name: correction.meant})
        if step != "check":
            warnings = tuple(warning for warning in warnings if warning is not correction)
        page = check_page(
            self.pages,
            self.kind_id,
            self.kind,
            read,
            fields.items(),
            warnings,
            self._file_rows,
            self._notice_words(notice),
            self._late_words(read),
        )
        return HTMLResponse(page, 422 if notice else 200, BACK_KEEPS_WORDS)

    def unsolved(self, code: "SolutionCode", read: Submission | AnswerProblems) -> Response:
        """Answers a filing without a valid proof of work.

        A person gets the answers on a page whose script computes a proof, a program gets 422.
        """
        from functions.cases.proof_of_work import FOR_PROGRAMS, NEEDED

        count("FilingsRejected")
        log.info("no proof of work: %s", code)
        if not self.sent.program:
            return self.check("check", read, NEEDED)
        problem = {"field": SOLUTION, "code": code, "detail": FOR_PROGRAMS}
        return problem_details(422, self.pages.words.say("rejected"), FOR_PROGRAMS, [problem])

    def _notice_words(self, notice: str) -> str:
        return self.pages.words.say(notice) if notice else ""

    def _late_words(self, read: Submission) -> str:
        """Says that the time to file has ended, if it has."""
        now = self.ports.now()
        dates, dated = self._dated(read, now)
        return " ".join(filter(None, (dates.window_over(each, now) for each in dated)))

    def _windows(self) -> list[WindowLine]:
        """Until when one can file, as far as the answers say so."""
        now = self.ports.now()
        read = valid_answers(self.kind, self.answers, latest_day(self.ports))
        dates, dated = self._dated(read, now)
        return [
            WindowLine(each.limit.asked_in, words, each.late)
            for each in dated
            if each.limit.is_window and (words := dates.window_until(each, now))
        ]

    def _dated(self, read: Submission, now: datetime) -> tuple[DateWords, tuple[Milestone, ...]]:
        _, calendar = current_calendar(self.contract, self.ports)
        dates = DateWords(self.pages.words, self.contract, calendar, self.kind.events)
        calendars = Calendars(calendar, calendar)
        return dates, milestones(self.contract, self.kind, read, now, calendars)

    def _filled_form(self, problems: tuple[AnswerProblem, ...], notice_words: str) -> Markup:
        """The form with every word and file that was sent so far."""
        files = FormFiles(self._file_rows, self.held.flaws)
        return form_page(
            self.pages,
            self.digest,
            self.kind_id,
            self.kind,
            self.answers,
            problems,
            notice_words,
            files=files,
            windows=self._windows(),
        )

    @property
    def _file_rows(self) -> tuple[FileRow, ...]:
        tokens = self.ports.tokens
        return tuple(
            FileRow(seal_upload(tokens, voucher), voucher.name, voucher.size)
            for voucher in self.held.vouchers
        )
