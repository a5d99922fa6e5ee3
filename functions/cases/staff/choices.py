"""Finds what the reader of a staff link may record, and what there is to choose for it."""

from collections.abc import Iterator
from secrets import token_urlsafe

from functions.cases.desk.access import Person
from functions.cases.desk.approval import extendable
from functions.cases.desk.handling import Handling, handling
from functions.cases.desk.offers import offers
from functions.cases.desk.permissions import consents_of, correctable
from functions.cases.ports.ports import Ports
from functions.model.acts import PERSON
from functions.model.desk.staff import mark
from functions.views.case_file import CaseFile
from functions.views.staff_form import OfferedAct, Option, StaffForm
from functions.views.status.act_words import kind_of_act


def choices_of_mailbox(file: CaseFile, may_hand_on: bool, ports: Ports) -> StaffForm:
    """Who reads a mailbox hands the case on to another role, if it has the case, and no more."""
    if not may_hand_on:
        return StaffForm((), keeps=False)
    roles = tuple(_roles(handling(file, ports), file))
    return StaffForm((OfferedAct("forwarded"),), to=roles, keeps=False)


def choices_of(file: CaseFile, person: Person, ports: Ports) -> StaffForm:
    """What a member of staff may record. Raises ContractError."""
    work = handling(file, ports)
    # This form cannot say which measure was carried out, and a closed case takes no new one.
    over = file.progress.state == "closed"
    found = [x for x in offers(work, person, ports) if not (over and x.act == "measure")]
    acts = {offer.act for offer in found}
    roles, members = tuple(_roles(work, file)), tuple(_members(work, person, ports))
    words = file.pages.words
    entries = correctable(work, person) if "corrected" in acts else ()
    limits = extendable(file) if acts & {"extended", "proposed", "approved"} else ()
    return StaffForm(
        acts=tuple(OfferedAct(offer.act, offer.steps if offer.is_next else ()) for offer in found),
        to=(
            *(role for role in roles if not work.staff.is_kept_out(role.value)),
            *(Option(PERSON + each.value, each.label) for each in members),
        ),
        tells=roles,
        extends=tuple(
            Option(step.milestone.limit.id, step.milestone.limit.action.words(words.language))
            for step in limits
        ),
        corrects=tuple(
            Option(
                act.at.isoformat(),
                f"{kind_of_act(words, act.act, 'organisation')} – {file.recorded(act)}",
            )
            for act in entries
        ),
        barred=members if "recused" in acts else (),
        once=token_urlsafe(9),
        shown_proposals=tuple(_shown_proposals(work, person)),
    )


def _shown_proposals(work: Handling, person: Person) -> Iterator[str]:
    """The moments of what the person can consent to or send."""
    yield from (consent.proposal.act.at.isoformat() for consent in consents_of(work, person))
    if work.proposal is not None and work.proposal.is_approved:
        yield work.proposal.act.at.isoformat()


def _roles(work: Handling, file: CaseFile) -> Iterator[Option]:
    language = file.pages.words.language
    for role, name in work.names.items():
        if (role,) != work.held.roles or work.held.person is not None:
            yield Option(role, name.words(language))


def _members(work: Handling, person: Person, ports: Ports) -> Iterator[Option]:
    """Other members of staff who may handle the case, by their marks."""
    for member in work.staff.able:
        if member.address != person.member.address:
            yield Option(mark(ports.key, person.organisation, member.address), member.name)
