"""An attempt to file, and what goes back while it is not stored: every word, and what to do."""

import logging
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from functions.cases.files.attach import AttachedFiles
from functions.cases.files.uploads import seal_upload
from functions.cases.ports.ports import Ports
from functions.cases.proof_of_work import FOR_PROGRAMS, NEEDED, SolutionCode
from functions.model.answers.input_warnings import input_warnings
from functions.model.answers.submission import AnswerProblem, AnswerProblems, Submission
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId
from functions.model.pages.page_set import KindPages
from functions.observability.metrics import count
from functions.views.check_page import check_page
from functions.views.form_page import FileRow, FormFiles, form_page
from functions.web.page_fields import SOLUTION, FormAction
from functions.web.request import Sent
from functions.web.response import field_errors, file_errors, problem_details, retry_after

log = logging.getLogger("ombud.desk")

_PAGE_FIELDS = ("contract", "language")

_KEPT = {"Cache-Control": "private, no-cache"}
"""For pages with a filer's words: with `no-store`, Back would lose what was typed on them."""


@dataclass(frozen=True)
class Attempt:
    """What was sent for one kind of filing, and the contract that it is held to.

    `pages` are the contract's in the language of whoever sent this, `held` its files. A program
    is answered with a problem (RFC 9457), a person with the page.
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
        """What the contract says of this kind."""
        return self.contract.kinds[self.kind_id]

    @property
    def answers(self) -> dict[str, str]:
        """The answers as they were sent."""
        return self.sent.without(*_PAGE_FIELDS)

    def form(
        self, problems: tuple[AnswerProblem, ...] = (), notice: str = "", status: int = 422
    ) -> Response:
        """The form; `notice` names what is said above it."""
        said = self._say(notice)
        if self.sent.program:
            return problem_details(422, self.pages.words.say("rejected"), said)
        return HTMLResponse(self._filled(problems, said), status, _KEPT)

    def rejected(self, problems: tuple[AnswerProblem, ...]) -> Response:
        """What is wrong with each answer and each file."""
        count("FilingsRejected")
        if not self.sent.program:
            return self.form(problems)
        words = self.pages.words
        errors = [
            *field_errors(words, self.kind, problems),
            *file_errors(words, self.kind, self.held.flaws),
        ]
        return problem_details(422, words.say("rejected"), words.say("rejected_detail"), errors)

    def conflicting(self) -> Response:
        """That the key of this request was another's."""
        count("FilingsRejected")
        words = self.pages.words
        return problem_details(422, words.say("key_reused"), words.say("key_reused_detail"))

    def too_many(self, again: datetime) -> Response:
        """When it can be sent, and that there are other ways."""
        count("FilingsLimited")
        log.warning("as many filings from one address as are taken")
        words = self.pages.words
        time = again.astimezone(ZoneInfo(self.contract.timezone))
        said = words.say("too_many", time=f"{time:%H:%M}")
        wait = retry_after(again, self.ports.now())
        if self.sent.program:
            return problem_details(429, words.say("http_429"), said, headers=wait)
        return HTMLResponse(self._filled((), said), 429, _KEPT | wait)

    def check(
        self, step: FormAction, read: Submission | AnswerProblems, notice: str = ""
    ) -> Response:
        """The answers to read again, or the form where they will not do; nothing is stored."""
        if isinstance(read, AnswerProblems) or self.held.flaws:
            return self.form(read.found if isinstance(read, AnswerProblems) else ())
        asked = input_warnings(read)
        meant = next((doubt for doubt in asked if doubt.meant), None)
        carried = dict(self.sent.fields)
        if meant and step == "correct":
            carried |= {meant.name: meant.meant or ""}
            read = read.model_copy(update={meant.name: meant.meant})
        if step != "check":
            asked = tuple(doubt for doubt in asked if doubt is not meant)
        page = check_page(
            self.pages,
            self.kind_id,
            self.kind,
            read,
            carried.items(),
            asked,
            self._rows,
            self._say(notice),
        )
        return HTMLResponse(page, 422 if notice else 200, _KEPT)

    def unsolved(self, code: SolutionCode, read: Submission | AnswerProblems) -> Response:
        """The answers once more, on a page that works a proof out by itself, or what to do."""
        count("FilingsRejected")
        log.info("no proof of work: %s", code)
        if not self.sent.program:
            return self.check("check", read, NEEDED)
        told = {"field": SOLUTION, "code": code, "detail": FOR_PROGRAMS}
        return problem_details(422, self.pages.words.say("rejected"), FOR_PROGRAMS, [told])

    def _say(self, notice: str) -> str:
        return self.pages.words.say(notice) if notice else ""

    def _filled(self, problems: tuple[AnswerProblem, ...], said: str) -> Markup:
        """The form with every word and every file that it has so far."""
        files = FormFiles(self._rows, self.held.flaws)
        return form_page(
            self.pages,
            self.digest,
            self.kind_id,
            self.kind,
            self.answers,
            problems,
            said,
            files=files,
        )

    @property
    def _rows(self) -> tuple[FileRow, ...]:
        tokens = self.ports.tokens
        return tuple(
            FileRow(seal_upload(tokens, voucher), voucher.name, voucher.size)
            for voucher in self.held.vouchers
        )
