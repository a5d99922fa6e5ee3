"""Registers a call, a visit or a letter: the questions of the site, and how and when it came."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.desk.acts.perform import perform
from functions.cases.desk.enter import (
    EnteredFiling,
    EntryRefused,
    enter,
    examine,
    in_force,
    ways,
)
from functions.cases.files.attach import AttachedFiles, attach
from functions.cases.files.uploads import seal_upload
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.submit import Accepted
from functions.model.answers.input_warnings import input_warnings
from functions.model.answers.submission import Submission
from functions.model.case import Case
from functions.model.contract.contract import Contract
from functions.model.contract.kind import Kind
from functions.model.contract.terms import KindId, StaffAct
from functions.model.language import chosen
from functions.model.pages.page_set import KindPages
from functions.observability.request_context import note_case
from functions.views.case_pages import act_problem_words
from functions.views.desk.entry_form import (
    doubt_words,
    entry_questions,
    entry_ways,
    read_back_rows,
)
from functions.views.desk.staff_labels import labelled_for_staff
from functions.views.form_page import FileRow
from functions.views.wording.words import (
    file_limit_words,
    flaw_words,
    problem_words,
    size_words,
)
from functions.web.desk.opened import opens
from functions.web.desk.session import PATH
from functions.web.desk.visit import NotFound, Visit, staff_route
from functions.web.request import client_address
from functions.web.response import bounded

log = logging.getLogger("ombud.desk")

_OWN = ("channel", "received_on", "received_at", "language", "once", "step", "read_back", "upload")
"""Fields of the form that are no answers of the filer."""

_KEPT_BY_BROWSER = {"Cache-Control": "private, no-cache"}
"""With `no-store`, the Back button would lose what was written."""


@dataclass(frozen=True)
class _Entry:
    """What is entered: a kind of filing of the version in force, with the fields and files sent."""

    visit: Visit
    digest: str
    contract: Contract
    kind_id: KindId
    fields: Mapping[str, str]
    held: AttachedFiles

    @property
    def kind(self) -> Kind:
        """The limits of the kind, and its questions as staff read them."""
        return labelled_for_staff(self.contract.kinds[self.kind_id], self.pages.words.language)

    @property
    def pages(self) -> KindPages:
        """The words of the version, in the language of the desk."""
        language = self._spoken(self.visit.frame.language)
        return self.visit.ports.contracts.pages(self.digest, language)

    @property
    def filing(self) -> EnteredFiling:
        """The filing as it is entered."""
        fields = self.fields
        return EnteredFiling(
            kind_id=self.kind_id,
            answers={name: text for name, text in fields.items() if name not in _OWN},
            channel=fields.get("channel", ""),
            received_on=fields.get("received_on", ""),
            received_at=fields.get("received_at", ""),
            once=fields.get("once", ""),
            language=self._spoken(fields.get("language", self.visit.frame.language)),
            attachments=self.held.attachments,
        )

    @property
    def file_rows(self) -> tuple[FileRow, ...]:
        """The files that were sent so far, each with its voucher."""
        tokens = self.visit.ports.tokens
        return tuple(
            FileRow(seal_upload(tokens, voucher), voucher.name, voucher.size)
            for voucher in self.held.vouchers
        )

    def _spoken(self, wanted: str) -> str:
        return chosen((wanted,), self.contract.pages, self.contract.language)


class EnterRoutes:
    """Any member of staff may enter what reached them; it goes where the procedure sends it."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the kinds, of the form of each, and of what it sends."""
        return [
            staff_route("/enter", self.choose, self._ports),
            staff_route("/enter/{kind}", self.ask, self._ports),
            staff_route("/enter/{kind}", self.take, self._ports, "POST", with_files=True),
        ]

    def choose(self, visit: Visit) -> Response:
        """Lists the kinds of filings; the only one is asked at once."""
        _, contract = in_force(visit.person.organisation, self._ports)
        kinds = [
            (kind_id, kind.name.words(visit.frame.language))
            for kind_id, kind in contract.kinds.items()
        ]
        if len(kinds) == 1:
            return visit.turn_to(f"{PATH}/enter/{kinds[0][0]}")
        return visit.page("enter/kinds.html", kinds=kinds, path=PATH)

    def ask(self, visit: Visit) -> Response:
        """Shows the empty form; it reached the organisation now unless staff say otherwise."""
        return self._form(self._entry(visit, AttachedFiles()))

    def take(self, visit: Visit) -> Response:
        """Shows what to read back, takes the filing, or says what is wrong with it."""
        entry = self._entry(visit, AttachedFiles())
        rules = entry.kind.attachments
        if rules:
            sent, address = visit.sent, client_address(visit.request)
            organisation = visit.person.organisation
            held = attach(rules, organisation, sent.uploads, sent.files, address, self._ports)
            entry = replace(entry, held=held.without(sent.dropped))
        step = visit.sent.fields.get("step", "check")
        if step == "change":
            return self._form(entry)
        found = examine(entry.filing, visit.person, self._ports)
        if isinstance(found, EntryRefused) or entry.held.flaws:
            refused = found if isinstance(found, EntryRefused) else EntryRefused((), ())
            return self._form(entry, refused, 422)
        if step != "send":
            return self._check(entry, found.submission)
        match enter(entry.filing, visit.person, self._ports):
            case EntryRefused() as refused:
                return self._form(entry, refused, 422)
            case Accepted(case, repeated):
                note_case(case.reference)
                log.info("filing of staff %s", "repeated" if repeated else "entered")
                self._record(visit, case, "registered")
                if visit.sent.fields.get("read_back") == "yes":
                    self._record(visit, case, "read_back")
                # Whom the filer names may take a call about themselves, and open it no more.
                path = f"{PATH}/{case.reference}" if opens(visit, case) else PATH
                return visit.turn_to(f"{path}?did=entered")

    def _record(self, visit: Visit, case: Case, act: StaffAct) -> None:
        """Records what was done in entering the case, if the visitor is the one who does it."""
        events = self._ports.store.events(case.reference)
        file = open_case(case, self._ports, (visit.frame.language,), events)
        once = f"{visit.sent.fields.get('once', '')}-{act}"
        perform(file, visit.person, {"act": act, "once": once}, self._ports)

    def _entry(self, visit: Visit, held: AttachedFiles) -> _Entry:
        digest, contract = in_force(visit.person.organisation, self._ports)
        named = visit.request.path_params["kind"]
        kind_id: KindId | None = next((known for known in contract.kinds if known == named), None)
        if kind_id is None:
            raise NotFound
        return _Entry(visit, digest, contract, kind_id, visit.sent.fields, held)

    def _form(
        self, entry: _Entry, refused: EntryRefused | None = None, status: int = 200
    ) -> Response:
        visit, pages, fields = entry.visit, entry.pages, dict(entry.fields)
        now, rules = self._ports.now().astimezone(visit.zone), entry.kind.attachments
        fields.setdefault("received_on", now.date().isoformat())
        fields.setdefault("received_at", f"{now:%H:%M}")
        problems = _problem_words(entry, refused)
        answer = visit.page(
            "enter/form.html",
            status,
            action=f"{PATH}/enter/{entry.kind_id}",
            back=PATH,
            notice=f"{pages.words.prefix}/{entry.contract.address}/{entry.kind_id}/#privacy-title",
            kind=entry.kind.name.words(pages.words.language),
            fields=fields,
            once=fields.get("once") or secrets.token_hex(16),
            questions=entry_questions(pages, entry.kind, fields, problems),
            ways=entry_ways(pages, ways(entry.contract, entry.kind_id, self._ports), fields),
            languages=tuple(entry.contract.pages),
            language=entry.filing.language,
            rules=rules,
            file_limit=file_limit_words(pages.words, rules, with_form=True) if rules else "",
            files=[
                (row.token, row.name, size_words(pages.words, row.size)) for row in entry.file_rows
            ],
            problems=problems,
            today=now.date().isoformat(),
        )
        answer.headers.update(_KEPT_BY_BROWSER)
        return bounded(answer) if refused else answer

    def _check(self, entry: _Entry, submission: Submission) -> Response:
        """What to read back to the caller, with everything that was sent in hidden fields."""
        pages, fields = entry.pages, entry.fields
        left_out = ("step", "read_back", "upload")
        carried = [(name, text) for name, text in fields.items() if name not in left_out]
        carried += [("upload", row.token) for row in entry.file_rows]
        known = entry_ways(pages, ways(entry.contract, entry.kind_id, self._ports), fields)
        answer = entry.visit.page(
            "enter/check.html",
            action=f"{PATH}/enter/{entry.kind_id}",
            kind=entry.kind.name.words(pages.words.language),
            rows=read_back_rows(pages, entry.kind, submission, entry.file_rows),
            doubts=doubt_words(pages, submission, input_warnings(submission, entry.kind)),
            way=next((way.name for way in known if way.is_chosen), ""),
            received=f"{fields.get('received_on', '')} {fields.get('received_at', '')}",
            carried=carried,
        )
        answer.headers.update(_KEPT_BY_BROWSER)
        return answer


def _problem_words(entry: _Entry, refused: EntryRefused | None) -> dict[str, str]:
    """What is wrong, by the name of the field."""
    pages, found = entry.pages, dict[str, str]()
    if refused is not None:
        for entered in refused.entry:
            found[entered.name] = act_problem_words(pages.words, entered)
        for answer in refused.answers:
            found.setdefault(answer.name, problem_words(pages.words, entry.kind, answer))
    if entry.kind.attachments and entry.held.flaws:
        flaws = (flaw_words(pages.words, entry.kind.attachments, x) for x in entry.held.flaws)
        found["files"] = " ".join(flaws)
    return found
