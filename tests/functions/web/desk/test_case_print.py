"""The whole file on paper: everything, notes and log and limits, and whether the log is whole."""

import re
from pathlib import Path

from functions.adapters.sqlite.store import SqliteStore
from functions.cases.delivery import drain
from functions.cases.filer_acts import follow_up
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.model.desk.chain import first_broken
from tests.conftest import Mailbox, StoppedClock
from tests.functions.web.desk.conftest import LogIn
from tests.functions.web.desk.test_case_page import new_case, words
from tests.helpers.desk.desk_cases import file_case, filer_adds, staff_does
from tests.helpers.desk.staff_directory import COLLEAGUE, HANDLER, SALES, person_with
from tests.helpers.sample_files import PDF


def printed(log_in: LogIn, reference: str) -> str:
    """The page that is printed."""
    answer = log_in(HANDLER).get(f"/cases/desk/{reference}/print/")
    assert answer.status_code == 200, answer.text
    return answer.text


def delete_events(ports: Ports, type_: str) -> None:
    """Deletes entries of one type from the store, as who can write to its file may do."""
    assert isinstance(ports.store, SqliteStore)
    ports.store._database.write(  # noqa: SLF001 - no method of the store deletes one
        lambda db: db.execute("DELETE FROM events WHERE type = ?", (type_,))
    )


def test_print_has_everything(log_in: LogIn, staffed: Ports, clock: StoppedClock) -> None:
    """Words, notes, files with hashes, limits kept and open, the log with people to the second."""
    case = file_case(
        staffed,
        "car-dealer",
        {"category": "customer-service", "account": "电话打不通。", "phone": "400-000-0000"},
        files={"bill": PDF},
    )
    person, other = (person_with(each, "car-dealer", staffed) for each in (HANDLER, COLLEAGUE))
    clock.forward(minutes=3, seconds=7)
    staff_does(case, "registered", staffed, person)
    clock.forward(minutes=1)
    staff_does(case, "note", staffed, other, text="内部的话")
    clock.forward(minutes=1)
    filer_adds(case, "补充的话", staffed)
    text = printed(log_in, case.reference)
    said = words(text)
    for part in (
        "电话打不通。",
        "内部的话",
        "补充的话",
        "400 000 0000",
        "liu@example.com",
        "四、1.3",
    ):
        assert part in said, part
    assert case.attachments[0].sha256 in said
    assert "2026-03-02 10:03:07" in said
    assert "顾安" in said
    assert "何宁" in said
    log = text.partition('class="log"')[2]
    assert all(event.link in log for event in staffed.store.events(case.reference))
    assert "corrects=" not in text


def test_log_is_printed_in_words(log_in: LogIn, staffed: Ports, mailbox: Mailbox) -> None:
    """Nothing of the log stands under the name that programs have for it, mails neither."""
    case = file_case(staffed, "car-dealer", {"category": "customer-service"}, files={"bill": PDF})
    filer_adds(case, "补充的话", staffed)
    drain(staffed)
    log = printed(log_in, case.reference).partition('class="log"')[2]
    assert "邮件已发出 · 致提出人：收到确认" in log
    assert "邮件已发出 · 致工作人员：新来件通知" in log
    assert re.findall(r"<td>[a-z_]+", log) == []


def test_print_says_that_the_log_is_whole_or_where_it_breaks(
    log_in: LogIn, staffed: Ports, clock: StoppedClock, tmp_path: Path
) -> None:
    """An entry that was changed in the store shows, with its moment."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    for minute in range(3):
        clock.forward(minutes=1)
        staff_does(case, "note", staffed, person, text=f"第{minute}条")
    whole = words(printed(log_in, case.reference))
    assert "日志完整" in whole or "The log is whole" in whole
    assert isinstance(staffed.store, SqliteStore)
    events = staffed.store.events(case.reference)
    forged = events[1].model_copy(update={"detail": events[1].detail.replace("第", "改")})
    assert first_broken((staffed.key,), case.reference, (events[0], forged, events[2])) == forged
    assert staffed.lists.looks(case.reference)[-1].what == "print"


def test_print_says_that_the_end_of_the_log_is_gone(log_in: LogIn, staffed: Ports) -> None:
    """A last entry that was deleted from the store shows, also if no other one is left."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    staff_does(case, "note", staffed, person, text="一条")
    filer_adds(case, "补充的话", staffed)
    for gone in ("information", "note"):
        delete_events(staffed, gone)
        assert "末尾缺少记录" in words(printed(log_in, case.reference)), gone


def test_act_that_is_not_summarised_yet_is_no_gap(log_in: LogIn, staffed: Ports) -> None:
    """What a filer did since the last summary leaves the log whole."""
    case, person = new_case(staffed), person_with(HANDLER, "car-dealer", staffed)
    staff_does(case, "note", staffed, person, text="一条")
    file = open_case(case, staffed, (), staffed.store.events(case.reference))
    follow_up(file, "information", {"text": "补充的话"}, staffed)
    assert "日志完整" in words(printed(log_in, case.reference))


def test_print_is_for_those_who_may_open_the_case(
    log_in: LogIn, staffed: Ports, stranger: object
) -> None:
    """Others get 404, as for every page of the case."""
    case = new_case(staffed)
    assert log_in(SALES).get(f"/cases/desk/{case.reference}/print/").status_code == 404
