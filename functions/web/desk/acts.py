"""The forms by which staff record what they do on a case, and what they send."""

import logging
import secrets
from collections.abc import Iterable, Mapping
from typing import get_args

from starlette.responses import Response
from starlette.routing import Route

from functions.cases.desk.acts.consenters import lacks_consenter
from functions.cases.desk.acts.perform import perform
from functions.cases.desk.offers import Offer, offers
from functions.cases.filer_acts import ActRefused
from functions.cases.files.act_files import act_rules, take_files
from functions.cases.files.attach import AttachedFiles
from functions.cases.files.uploads import seal_upload
from functions.cases.ports.ports import Ports
from functions.model.acts import LONGEST_TEXT
from functions.model.contract.terms import StaffAct
from functions.views.desk.case.act_form import ActForm, act_form
from functions.views.desk.case.act_problems import desk_problem_words
from functions.views.desk.case.act_questions import TEXTS
from functions.views.desk.case.act_words import BUTTON, DONE, HAPPENED, OUTCOMES
from functions.views.desk.case.page import heading
from functions.views.desk.case.replies import ReadyReply
from functions.views.desk.case.turn import StepRow, step_row
from functions.views.wording.words import file_limit_words, flaw_words, size_words
from functions.web.desk.choices import act_choices
from functions.web.desk.opened import OpenedCase, opened
from functions.web.desk.session import PATH
from functions.web.desk.visit import NotFound, Visit, staff_route
from functions.web.request import client_address
from functions.web.response import bounded, refuse_longer

log = logging.getLogger("ombud.desk")

_FORMS = {"Cache-Control": "private, no-cache"}
"""With `no-store`, the Back button would lose what was written."""


class ActRoutes:
    """Shows the form of each act that the visitor may record, and records what is sent."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    def routes(self) -> list[Route]:
        """Returns the routes of the forms and of what they send."""
        return [
            staff_route("/{reference}/{act}", self.ask, self._ports),
            staff_route("/{reference}/{act}", self.record, self._ports, "POST", with_files=True),
        ]

    def ask(self, visit: Visit) -> Response:
        """Shows the form of an act; 404 if the visitor may not record it now."""
        act, case = _act(visit), opened(visit)
        offer = _offer(case, act)
        if offer is None:
            raise NotFound
        query = visit.request.query_params
        return self._form(case, act, offer, {"corrects": query.get("corrects", "")})

    def record(self, visit: Visit) -> Response:
        """Records an act and leads back to the case; 422 with what is wrong, and every word."""
        act, case, fields = _act(visit), opened(visit), visit.sent.fields
        for long in ("text", "remedy"):
            refuse_longer(fields.get(long, ""))
        held, words = _taken(case), case.file.pages.words
        if "insert" in fields and not held.flaws:
            return self._form(case, act, _offer(case, act), fields, held=held, inserts=True)
        if held.flaws:
            rules = act_rules(case.file.kind, "organisation")
            flaws = " ".join(flaw_words(words, rules, flaw) for flaw in held.flaws)
            return self._form(case, act, _offer(case, act), fields, (("files", flaws),), held)
        sent = {**fields, "act": act}
        match perform(case.file, visit.person, sent, self._ports, held.attachments):
            case ActRefused(problems):
                desk = visit.frame.words
                said = tuple(
                    (each.name, desk_problem_words(case.file, desk, each, fields))
                    for each in problems
                )
                return self._form(case, act, _offer(case, act), fields, said, held)
            case recorded:
                log.info("act of staff %s", "repeated" if recorded.repeated else "recorded")
                did = "repeated" if recorded.repeated else "recorded"
                return visit.turn_to(f"{case.path if _still_opens(visit) else PATH}?did={did}")

    def _form(
        self,
        case: OpenedCase,
        act: StaffAct,
        offer: Offer | None,
        fields: Mapping[str, str],
        problems: tuple[tuple[str, str], ...] = (),
        held: AttachedFiles | None = None,
        inserts: bool = False,
    ) -> Response:
        """Shows the form; if it was sent, with problems or because it `inserts` the chosen reply
        below what the text says.
        """
        choices = act_choices(case, act, offer, fields.get("corrects", ""))
        if act == "corrected" and not choices.rows:
            raise NotFound
        if inserts:
            fields = {**fields, "text": _with_reply(fields, choices.replies)}
        is_sent = inserts or bool(problems)
        form = act_form(
            case.file,
            case.people,
            act,
            choices,
            fields if is_sent else {**_fixed(offer), **fields},
            problems,
            once=fields.get("once") or secrets.token_hex(16),
            steps=_reasons(case, offer),
            is_sent=is_sent,
        )
        answer = _page(case, form, held or AttachedFiles(), 422 if problems else 200)
        answer.headers.update(_FORMS)
        case.note("form")
        return bounded(answer) if is_sent else answer


def _with_reply(fields: Mapping[str, str], replies: Iterable[ReadyReply]) -> str:
    """What the text said, and below it the reply that was chosen."""
    ready = [reply.words for reply in replies if reply.id == fields.get("reply")]
    return "\n\n".join((*filter(None, (fields.get("text", "").rstrip(),)), *ready))


def _taken(case: OpenedCase) -> AttachedFiles:
    """The files that were sent with the form, and those that it had already."""
    visit, sent = case.visit, case.visit.sent
    if not (sent.files or sent.uploads or sent.dropped):
        return AttachedFiles()
    address = client_address(visit.request)
    taken = take_files(case.file, "organisation", sent.uploads, sent.files, address, visit.ports)
    return taken.without(sent.dropped)


def _page(case: OpenedCase, form: ActForm, held: AttachedFiles, status: int) -> Response:
    head, words = heading(case.file, case.channel), case.file.pages.words
    tokens, rules = case.visit.ports.tokens, act_rules(case.file.kind, "organisation")
    return case.visit.page(
        "case/act.html",
        status,
        form=form,
        files=[
            (seal_upload(tokens, voucher), voucher.name, size_words(words, voucher.size))
            for voucher in held.vouchers
        ],
        accept=rules.accept,
        file_limit=file_limit_words(words, rules, with_form=True),
        path=case.path,
        reference=head.reference,
        about=head.about or head.kind,
        button=BUTTON,
        done=DONE,
        happened=HAPPENED,
        outcomes=OUTCOMES,
        text_labels=TEXTS,
        longest=LONGEST_TEXT,
        lacks_consenter=form.act == "proposed"
        and lacks_consenter(case.work, case.visit.person, case.visit.ports),
    )


def _act(visit: Visit) -> StaffAct:
    """The act that the address names. Raises NotFound."""
    named = visit.request.path_params["act"]
    for act in get_args(StaffAct):
        if act == named:
            known: StaffAct = act
            return known
    raise NotFound


def _offer(case: OpenedCase, act: StaffAct) -> Offer | None:
    found = offers(case.work, case.visit.person, case.visit.ports)
    return next((offer for offer in found if offer.act == act), None)


def _fixed(offer: Offer | None) -> dict[str, str]:
    """What the procedure fixes of the answers: the clause, where one step alone leads there."""
    clauses = {step.clause for step in offer.steps} if offer else set()
    return {"clause": clauses.pop()} if len(clauses) == 1 else {}


def _reasons(case: OpenedCase, offer: Offer | None) -> tuple[StepRow, ...]:
    roles = case.visit.person.member.roles
    steps = offer.steps if offer else ()
    return tuple(step_row(case.file, case.people, roles, step) for step in steps)


def _still_opens(visit: Visit) -> bool:
    """Whether the visitor may open the case after what they did: who recuses themselves may not."""
    try:
        opened(visit)
    except NotFound:
        return False
    return True
