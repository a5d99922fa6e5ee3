"""Answers a form whose organisation takes no filings: every word comes back, and who takes it."""

import logging
from dataclasses import dataclass

from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from functions.cases.files.uploads import open_upload
from functions.cases.ports.ports import Ports
from functions.model.attachment import display_name
from functions.model.contract.contract import Contract
from functions.model.errors import TokenInvalid
from functions.model.pages.slot_template import HIDDEN
from functions.model.pages.vocabulary import Vocabulary
from functions.observability.metrics import count
from functions.observability.request_context import current_request_id
from functions.views.answers import written_text
from functions.web.attempt import BACK_KEEPS_WORDS, PAGE_FIELDS
from functions.web.forms.form_contract import FormContract
from functions.web.page_fields import BROWSER
from functions.web.request import Sent
from functions.web.response import bounded, problem_details

log = logging.getLogger("ombud.desk")


@dataclass(frozen=True)
class _Successor:
    """Who takes filings instead: a name or an address for people, and where it leads."""

    name: str
    address: str


def closed_form(form: FormContract, kind_name: str, sent: Sent, ports: Ports) -> Response:
    """Returns 410 in the form's language: who takes filings now, and everything that was written.

    Nothing is stored. A person gets a page on which the words stand to be copied, each below its
    question; a program gets problem details. Raises HTTPException 413 for far more than any form
    takes.
    """
    count("FilingsRejected")
    log.info("filing refused: the organisation takes no more")
    contracts = ports.contracts
    language = sent.language(form.contract.pages, contracts.language())
    words = contracts.pages(form.digest, language).words
    newest = form.in_force or form.contract
    name = newest.name.words(language)
    if newest.closed and form.in_force:
        said = words.say("closed", name=name, date=words.day(newest.closed.on))
    else:
        said = words.say("closed_gone", name=name)
    successor = _successor(form.in_force, kind_name, words, ports)
    if sent.program:
        if successor:
            named = f"{successor.name} ({successor.address})"
            said = f"{said} {words.say('closed_successor', name=named)}"
        return bounded(problem_details(410, words.say("closed_title"), said))
    detail = [escape(said)]
    if successor:
        link = Markup('<a href="{}">{}</a>').format(successor.address, successor.name)
        detail.append(Markup(escape(words.messages["closed_successor"])).format(name=link))
    detail.append(escape(words.say("closed_written")))
    _, kind = form.kind(kind_name) or (None, None)
    files = _file_names(sent, ports)
    if files:
        detail.append(escape(words.say("closed_files")))
    written = written_text(words, kind, sent.without(*PAGE_FIELDS, BROWSER), files)
    current = contracts.current()
    page = contracts.site(current.site[sent.language(current.site, current.language)]).notice.html(
        {
            "title": words.say("closed_title"),
            "detail": Markup(words.between_sentences).join(detail),
            "request_id": current_request_id(),
            "written": written,
            "written_hidden": "" if written else HIDDEN,
        }
    )
    return bounded(HTMLResponse(page, 410, BACK_KEEPS_WORDS))


def _file_names(sent: Sent, ports: Ports) -> tuple[str, ...]:
    """The names of the files that came with the form, and of those uploaded before it."""
    names = [*(display_name(file.name) for file in sent.files), *sent.dropped]
    for token in sent.uploads:
        try:
            names.append(open_upload(ports.tokens, token, None, ports.now()).name)
        except TokenInvalid:
            continue
    return tuple(dict.fromkeys(names))


def _successor(
    in_force: Contract | None, kind_name: str, words: Vocabulary, ports: Ports
) -> _Successor | None:
    """The successor that the organisation names; it leads to the form of the same kind, if any."""
    named = in_force.closed.successor if in_force and in_force.closed else None
    if named is None:
        return None
    if "://" in named:
        return _Successor(named, named)
    current = ports.contracts.current()
    digest = current.organisations.get(current.organisation_at(named))
    if digest is None:
        return None
    contract = ports.contracts.contract(digest)
    kind = f"{kind_name}/" if any(kind_name == known for known in contract.kinds) else ""
    address = f"{words.prefix}/{contract.address}/{kind}"
    return _Successor(contract.name.words(words.language), address)
