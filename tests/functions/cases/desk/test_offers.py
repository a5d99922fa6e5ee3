"""What is offered can be recorded, whatever was recorded before, and the log stays whole."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.desk.access import Person
from functions.cases.desk.approval import extendable
from functions.cases.desk.index import refresh
from functions.cases.desk.offers import Offer
from functions.cases.desk.permissions import (
    consents_of,
    correctable,
    may_extend,
    may_propose,
)
from functions.cases.ports.ports import Ports
from functions.model.contract.terms import KindId
from functions.model.desk.chain import first_broken
from functions.model.statistics.measure import open_measures
from tests.conftest import KEY, Mailbox, StoppedClock, codec, on_store
from tests.helpers.desk.handled_case import HandledCase

CASES: tuple[tuple[str, KindId, dict[str, str]], ...] = (
    (
        "accreditation-body",
        "appeal",
        {"category": "initial", "decision": "决定 7", "decided_on": "2026-02-20"},
    ),
    ("car-dealer", "complaint", {"category": "sales-product", "plate": "京A12345"}),
    ("commercial-bank", "complaint", {"category": "urgent-loss"}),
    ("data-service", "complaint", {"relation": "customer", "category": "other"}),
    ("data-service", "request", {}),
    ("exam-centre", "complaint", {"category": "complaint-training", "signature": "刘方"}),
    ("factory-staff", "grievance", {}),
    ("housing-association", "complaint", {"event.incident": "2026-02-01"}),
    ("law-firm", "complaint", {}),
    ("qa-operations", "complaint", {}),
    ("testing-laboratory", "complaint", {}),
)


_FORMS = count()


@pytest.mark.parametrize(("organisation", "kind", "answers"), CASES)
def test_log_stays_whole(
    organisation: str, kind: KindId, answers: dict[str, str], ports: Ports, tmp_path: Path
) -> None:
    """After any sequence of offered acts the chain is whole, and a new summary is the stored."""

    numbers = count()

    @settings(
        max_examples=6,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        clock = StoppedClock()
        store = SqliteStore(str(tmp_path / f"{next(numbers)}.db"), codec(clock))
        own = replace(on_store(ports, store), now=clock)
        case = HandledCase(organisation, own, clock, Mailbox())
        _file(case, kind, answers)
        for _ in range(data.draw(st.integers(1, 7))):
            _step(case, data)
        _assert_whole(case)
        store.close()

    walk()


def _file(case: HandledCase, kind: KindId, answers: dict[str, str]) -> None:
    """Files with what the form asks besides."""
    needed = {}
    fields = next(found.fields for id_, found in case.contract.kinds.items() if id_ == kind)
    for field in fields:
        if field.required and field.name not in ("account", "name", "consent", "email"):
            needed[field.name] = field.choices[0].value if field.choices else "说明"
    case.file(kind, "2026-03-02 10:00", **needed | answers)
    assert case.case is not None
    assert refresh(case.case.reference, case.ports)


def _step(case: HandledCase, data: st.DataObject) -> None:
    """Somebody does something that is offered to them, some time later."""
    case.clock.forward(minutes=data.draw(st.sampled_from((0, 7, 90, 3000))))
    directory = case.ports.contracts.directory(case.organisation)
    assert directory is not None
    people = [case.staff(member.roles[0]) for member in directory.staff]
    able = [(person, offer) for person in people for offer in case.offers(person)]
    if not able:
        return
    person, offer = data.draw(st.sampled_from(able))
    fields = _form(case, person, offer)
    if fields is not None:
        case.does(person, offer.act, **fields)


def _form(case: HandledCase, person: Person, offer: Offer) -> dict[str, str] | None:
    """A form that the act must be taken with; None if there is nothing to choose for it."""
    work, sent = case.work, {"text": "说明", "once": f"{next(_FORMS)}"}
    sent |= {f"keeps.{step.milestone.limit.id}": "yes" for step in offer.limits}
    match offer.act:
        case "classified":
            sent["level"] = work.file.kind.levels[-1].value
        case "forwarded":
            others = [role for role in work.names if role not in work.held.roles]
            able = [role for role in others if role in work.staff.roles]
            if not able or any(act.act == "recused" for act in work.happened):
                return None
            sent["to"] = able[len(work.happened) % len(able)]
        case "told":
            sent |= {f"tells.{role}": "yes" for role in list(work.names)[:1]}
        case "event":
            sent["event"] = work.file.kind.events[-1].id
        case "not_accepted":
            sent["clause"] = "1"
        case "extended":
            found = [
                step.milestone.limit
                for step in extendable(work.file)
                if may_extend(work, person, step.milestone.limit)
            ]
            sent["extends"] = found[0].id
            if (
                case.organisation == "commercial-bank"
                and "superior-head" not in person.member.roles
            ):
                return None
        case "proposed":
            if not may_propose(work, person):
                sent["extends"] = extendable(work.file)[0].milestone.limit.id
            else:
                sent |= {"outcome": "upheld", "remedy": "重做"}
        case "approved" | "returned":
            sent["extends"] = consents_of(work, person)[0].proposal.act.entry.extends or ""
        case "decision":
            if work.needs_approval(person.member.roles):
                del sent["text"]
            else:
                sent["outcome"] = "settled"
        case "measure" if work.is_over and open_measures(work.happened):
            sent["carried_out"] = open_measures(work.happened)[-1].at.isoformat()
        case "measure":
            sent |= {"owner": "办公室", "until": "2026-12-31"}
        case "corrected":
            sent["corrects"] = correctable(work, person)[-1].at.isoformat()
        case "done":
            if not offer.limits:
                return None
    return sent


def _assert_whole(case: HandledCase) -> None:
    assert case.case is not None
    reference, store = case.case.reference, case.ports.lists
    events = case.ports.store.events(reference)
    assert first_broken((KEY,), reference, events) is None
    stored = store.summary(reference)
    assert refresh(reference, case.ports)
    again = store.summary(reference)
    assert stored is not None
    assert again is not None
    # When the sweep looks at it next depends on when that is asked.
    assert again.model_copy(update={"next_due": stored.next_due}) == stored
