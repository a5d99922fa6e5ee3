"""What a filer is told of each act of staff, on the page and as JSON; and what they are not."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from functions.cases.ports.ports import Ports
from functions.cases.subject_rights import copy_of_case
from functions.model.contract.terms import INSIDE
from tests.conftest import Mailbox, StoppedClock
from tests.helpers.desk.filer import Filer
from tests.helpers.desk.staff_acts import sent_by_staff, staff_act
from tests.helpers.sample_files import PDF

HOUSING = {"account": "The lift is out of order.", "name": "Ann Other", "email": "ann@example.com"}
HOSTILE = '<img src=x onerror="alert(1)">\u202e'


@pytest.fixture
def filer(client: TestClient, ports: Ports, mailbox: Mailbox) -> Filer:
    """Somebody who complained in English."""
    made = Filer(client, ports, mailbox)
    made.file("housing-association/complaint", HOUSING | {"language": "en"})
    return made


def row(filer: Filer, mark: str) -> str:
    """The row of the timeline with this mark."""
    page = filer.page(language="en")
    found = [part for part in page.split("<li class=") if f'"mark">{mark}<' in part]
    assert len(found) == 1, mark
    return found[0].partition("</li>\n")[0]


def acted(filer: Filer, clock: StoppedClock, act: Any, **details: Any) -> dict[str, Any]:
    """Records an act five minutes later; what a program is told of it."""
    clock.forward(minutes=5)
    staff_act(filer.ports, filer.reference, act, **details)
    told: dict[str, Any] = filer.json(language="en")["messages"][-1]
    return told


@pytest.mark.parametrize("act", sorted(INSIDE))
def test_acts_among_staff_are_not_told(act: Any, filer: Filer, clock: StoppedClock) -> None:
    """No row, no message, no mail, no file: nothing shows that there was one."""
    before = filer.page(language="en").count("<li class=")
    file = sent_by_staff(filer.ports, "housing-association", "note.pdf", PDF)
    clock.forward(minutes=5)
    staff_act(
        filer.ports,
        filer.reference,
        act,
        text="SECRET",
        owner="SECRET",
        remedy="SECRET",
        person="SECRET",
        tells=("manager",),
        barred="0" * 24,
        files=(file,),
    )
    assert filer.json()["messages"] == []
    page = filer.page(language="en")
    assert page.count("<li class=") == before
    assert "SECRET" not in page + str(filer.json())
    assert "note.pdf" not in page
    assert len(filer.mails(HOUSING["email"])) == 1


def test_correction_of_such_an_act_is_not_told_either(filer: Filer, clock: StoppedClock) -> None:
    """That a note was taken back would tell that there was one."""
    clock.forward(minutes=5)
    note = staff_act(filer.ports, filer.reference, "note", text="SECRET")
    clock.forward(minutes=5)
    staff_act(
        filer.ports, filer.reference, "corrected", text="SECRET", corrects=note.at, inside=True
    )
    assert filer.json()["messages"] == []
    assert "SECRET" not in filer.page()


def test_acceptance_is_told_with_its_clause(filer: Filer, clock: StoppedClock) -> None:
    """Whether it is taken on, on which ground, and by which clause."""
    told = acted(filer, clock, "accepted", clause="2.1")
    assert "By clause 2.1." in row(filer, "Accepted")
    assert (told["type"], told["clause"]) == ("accepted", "2.1")
    told = acted(filer, clock, "not_accepted", text="It is twelve months ago.", clause="1.5")
    found = row(filer, "Not accepted")
    assert '<p class="said">It is twelve months ago.</p>' in found
    assert "By clause 1.5." in found


def test_extension_is_told_from_what_to_what(filer: Filer, clock: StoppedClock) -> None:
    """With its reason and clause, and both days."""
    acted(filer, clock, "acknowledged")
    told = acted(filer, clock, "extended", extends="respond-longer", clause="3.3", text="A part.")
    found = row(filer, "Time limit extended")
    assert (
        "Send a written response: from Monday 16 March 2026 to Monday 30 March 2026. By clause 3.3."
        in found
    )
    assert '<p class="said">A part.</p>' in found
    assert (told["extends"], told["clause"]) == ("respond-longer", "3.3")


def test_stopped_clock_is_told_by_its_clause(
    client: TestClient, ports: Ports, mailbox: Mailbox, clock: StoppedClock
) -> None:
    """While the filer is asked, the row of the limit says since when it stands still, and why."""
    filer = Filer(client, ports, mailbox)
    filer.file(
        "data-service/complaint",
        {"account": "No answer.", "name": "Ann", "email": "ann@example.com", "language": "en"}
        | {"relation": "customer", "category": "outage"},
    )
    acted(filer, clock, "asked", text="Which account?", event="asked")
    page = filer.page(language="en")
    assert "The clock has stood still since Monday 2 March 2026" in page
    assert "(clause 3." in page


def test_answer_is_told_with_its_result(filer: Filer, clock: StoppedClock) -> None:
    """The result first, then the words, then what is done about it, then the files."""
    file = sent_by_staff(filer.ports, "housing-association", "survey.pdf", PDF)
    told = acted(
        filer,
        clock,
        "decision",
        text="You are right.",
        outcome="partly_upheld",
        remedy="Mended by Friday.",
        clause="3.2",
        files=(file,),
    )
    found = row(filer, "Answer or decision")
    places = [
        found.index(said)
        for said in (
            "Result: justified in part.",
            "You are right.",
            "Mended by Friday.",
            "survey.pdf",
            "By clause 3.2.",
        )
    ]
    assert places == sorted(places)
    assert (told["outcome"], told["remedy"]) == ("partly_upheld", "Mended by Friday.")


def test_referral_is_told(filer: Filer, clock: StoppedClock) -> None:
    """That it went to another body, and to which, in the words of staff."""
    told = acted(filer, clock, "referred", text="To the ombudsman.", clause="5.1")
    assert '<p class="said">To the ombudsman.</p>' in row(filer, "Referred to another body")
    assert told["text"] == "To the ombudsman."


def test_what_was_taken_back_is_told_without_its_words(filer: Filer, clock: StoppedClock) -> None:
    """The entry stays with its moment, its words and effects are gone; the reason is told."""
    clock.forward(minutes=5)
    wrong = staff_act(
        filer.ports, filer.reference, "decision", text="WRONG", outcome="upheld", remedy="WRONG"
    )
    assert filer.json()["state"] == "answered"
    told = acted(filer, clock, "corrected", text="Another case.", corrects=wrong.at)
    page = filer.page(language="en")
    assert "WRONG" not in page + str(filer.json())
    found = row(filer, "Answer or decision")
    assert found.startswith('"happened by-organisation taken-back"')
    moment = "Monday 2 March 2026, 02:10, United Kingdom Time (UTC+0)"
    assert f"Taken back on {moment}: it no longer counts." in found
    assert "Result" not in found
    assert "What was taken back: Answer or decision (Monday 2 March 2026, 02:05" in row(
        filer, "Entry taken back"
    )
    first, second = filer.json()["messages"]
    assert (first["taken_back"], first["outcome"]) == (told["at"], None)
    assert second["takes_back"] == first["at"]
    assert filer.json()["state"] == "received"


def test_hostile_words_are_only_words(filer: Filer, clock: StoppedClock) -> None:
    """Whatever staff write into a field is text on the page, in every new field."""
    acted(
        filer,
        clock,
        "decision",
        text=HOSTILE,
        remedy=HOSTILE,
        clause=HOSTILE[:40],
        delivered_how=HOSTILE,
        delivered_on="2026-03-02",
        outcome="settled",
    )
    raw = filer.client.post("/cases/status", data=filer.pair).text
    assert "<img" not in raw
    assert raw.count("&lt;img") >= 4


def test_copy_for_a_person_keeps_staff_apart(filer: Filer, clock: StoppedClock) -> None:
    """Notes are in it, apart, because they may be about the person; who wrote them is not."""
    secret = {"person": "Bo Smith", "mark": "0" * 24, "once": "0" * 16}
    clock.forward(minutes=5)
    staff_act(filer.ports, filer.reference, "note", text="Ann called twice.", **secret)
    clock.forward(minutes=5)
    staff_act(filer.ports, filer.reference, "recused", barred="1" * 24, **secret)
    clock.forward(minutes=5)
    staff_act(filer.ports, filer.reference, "message", text="We are on it.", **secret)
    case = filer.ports.store.case(filer.reference)
    assert case is not None
    copy = copy_of_case(case, filer.ports.store)
    assert [event["detail"].get("text") for event in copy["inside"]] == ["Ann called twice.", None]
    said = [event["detail"] for event in copy["events"] if event["type"] == "message"]
    assert [detail["text"] for detail in said] == ["We are on it."]
    for name in ("Bo Smith", "0" * 24, "1" * 24):
        assert name not in str(copy)
