"""Who is told of a time limit: those whose it is, who may know of the case, and who follows it."""

from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from functions.cases.desk.access import may_open
from functions.model.desk.staff import StaffMember, mark
from functions.web.app import create_app
from tests.conftest import KEY, SITE_URL
from tests.functions.cases.watch.watched_cases import WatchedCases
from tests.helpers.desk.staff_directory import Staff, member, person_with, with_staff

BANK, DEALER = "commercial-bank", "car-dealer"
CE, DU = "ce@bank.example.com", "du@bank.example.com"
AN, BO = "an@dealer.example.com", "bo@dealer.example.com"
OWN, WORKSHOP = "service@dealer.example.com", "workshop@dealer.example.com"
COMPLAINTS = "complaints@bank.example.com"
REFERENCE = "BNK-22222-22222"


def staffed(watched: WatchedCases, built: Path, folder: Path, staff: Staff) -> WatchedCases:
    """The same with other staff."""
    return replace(watched, ports=with_staff(watched.ports, built, folder, staff))


def at_the_bank(
    watched: WatchedCases, built: Path, folder: Path, *staff: StaffMember
) -> WatchedCases:
    """A bank with this staff, and a complaint whose time to decide is near."""
    cases = staffed(watched, built, folder, {BANK: staff})
    cases.file(BANK, REFERENCE, involved="柜员孙某")
    cases.act(REFERENCE, "classified", level="simple")
    cases.clock.forward(days=11)
    return cases


def readers(cases: WatchedCases) -> list[str]:
    """Who is told now."""
    return [sent.to for sent in cases.sweep()]


def test_everybody_with_the_role_that_owes(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Each person who has the role that the limit binds, and nobody else."""
    others = member("er@bank.example.com", "戊", "service-centre")
    cases = at_the_bank(
        watched,
        built,
        tmp_path / "staff",
        member(CE, "丙", "complaints"),
        member(DU, "丁", "superior", "complaints"),
        others,
    )
    assert readers(cases) == [CE, DU]


@pytest.mark.parametrize("days", [0, 1])
def test_last_day_of_a_person(
    watched: WatchedCases, built: Path, tmp_path: Path, days: int
) -> None:
    """Whoever leaves is told on their last day, and not on the day after."""
    last = date(2026, 3, 13) - timedelta(days=days)
    leaving = StaffMember(address=CE, name="丙", roles=("complaints",), until=last)
    cases = at_the_bank(watched, built, tmp_path / "staff", leaving, member(DU, "丁", "complaints"))
    assert readers(cases) == ([DU] if days else [CE, DU])


def test_revoked_person_is_told_of_nothing(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """A revocation in the store holds at once; when it is taken back, what follows is told."""
    cases = at_the_bank(
        watched,
        built,
        tmp_path / "staff",
        member(CE, "丙", "complaints"),
        member(DU, "丁", "complaints"),
    )
    lists = cases.ports.lists
    lists.revoke(BANK, mark(KEY, BANK, CE), cases.clock.at)
    assert readers(cases) == [DU]
    lists.restore(BANK, mark(KEY, BANK, CE))
    cases.clock.forward(days=4)
    assert readers(cases) == [CE, DU]


def test_new_key_tells_no_revoked_person(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """What was revoked under the earlier key still holds under the new one."""
    people = member(CE, "丙", "complaints"), member(DU, "丁", "complaints")
    cases = at_the_bank(watched, built, tmp_path / "staff", *people)
    cases.ports.lists.revoke(BANK, mark(KEY, BANK, CE), cases.clock.at)
    rotated = replace(cases.ports, key=KEY[::-1], earlier_keys=(KEY,))
    assert readers(replace(cases, ports=rotated)) == [DU]


def test_person_whom_the_filer_names_is_not_told(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Nor is the mailbox of their role, which they may read: the organisation is told instead."""
    named = StaffMember(address=CE, name="孙立", roles=("complaints",), also=("孙某",))
    cases = at_the_bank(watched, built, tmp_path / "staff", named, member(DU, "丁", "complaints"))
    assert readers(cases) == [DU]


def test_mailbox_of_a_role_whose_people_are_all_named(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """The only person of a role is named: its mailbox is theirs, so the organisation's is told."""
    named = member("wei@dealer.example.com", "魏强", "service-manager", "staff")
    cases = staffed(watched, built, tmp_path / "staff", {DEALER: (named,)})
    cases.file(DEALER, "CDR-22222-22222", category="finance", involved="魏强")
    cases.clock.forward(minutes=20)
    assert readers(cases) == [OWN]


def test_recused_person_is_not_told(watched: WatchedCases, built: Path, tmp_path: Path) -> None:
    """Whoever is kept from a case hears nothing of it."""
    cases = at_the_bank(
        watched,
        built,
        tmp_path / "staff",
        member(CE, "丙", "complaints"),
        member(DU, "丁", "complaints"),
    )
    cases.act(REFERENCE, "recused", barred=mark(KEY, BANK, DU))
    assert readers(cases) == [CE]


def test_person_who_has_the_case(watched: WatchedCases, built: Path, tmp_path: Path) -> None:
    """A case that was handed on to one person of the role is theirs to be told of."""
    cases = at_the_bank(
        watched,
        built,
        tmp_path / "staff",
        member(CE, "丙", "complaints"),
        member(DU, "丁", "complaints"),
    )
    cases.act(REFERENCE, "forwarded", to_role="complaints", to_person=mark(KEY, BANK, DU))
    assert readers(cases) == [DU]


def test_person_of_another_role_who_has_the_case(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """The role that the clause binds still owes what it owes."""
    cases = at_the_bank(
        watched,
        built,
        tmp_path / "staff",
        member(CE, "丙", "complaints"),
        member(DU, "丁", "superior"),
    )
    cases.act(REFERENCE, "forwarded", to_role="superior", to_person=mark(KEY, BANK, DU))
    assert readers(cases) == [CE]


def test_role_that_the_case_was_never_with(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Any member of staff must hand a complaint over, but this one came by the site: who has it is
    told, since the others could not open what the mail leads to.
    """
    staff = {DEALER: (member(AN, "甲", "customer-service"), member(BO, "乙", "staff"))}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    cases.file(DEALER, "CDR-22222-22222", category="finance")
    cases.clock.forward(minutes=20)
    assert readers(cases) == [AN, "finance@dealer.example.com"]
    people = (person_with(to, DEALER, cases.ports) for to in (AN, BO))
    contract = cases.ports.contracts.contract(cases.cases["CDR-22222-22222"].contract)
    opened = [
        may_open(person, cases.cases["CDR-22222-22222"], contract, (), cases.ports)
        for person in people
    ]
    assert opened == [True, False]


def test_mailbox_where_nobody_has_the_role(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Whoever reads the mailbox of the role is told; of a role without one, the organisation."""
    cases = at_the_bank(watched, built, tmp_path / "staff", member(CE, "丙", "superior"))
    cases.file(DEALER, "CDR-22222-22222", category="finance")
    assert readers(cases) == [COMPLAINTS]
    cases.clock.forward(minutes=20)
    assert readers(cases) == [OWN]


def test_escalated_once_to_the_organisation(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Where no step tracks the handling; where that mailbox owes it already, it is told once."""
    staff = {DEALER: (member(BO, "乙", "staff", "finance-manager"),)}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    cases.file(DEALER, "CDR-22222-22222", category="finance")
    cases.clock.forward(minutes=31)
    assert readers(cases) == [BO, OWN]
    assert readers(cases) == []
    nobody = staffed(watched, built, tmp_path / "nobody", {})
    nobody.file(DEALER, "CDR-22222-22223", category="finance")
    cases.clock.forward(minutes=31)
    assert readers(nobody) == [OWN]


def test_escalated_to_the_role_that_tracks(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Customer service follows major complaints; whoever owes it as well is told once."""
    both = member("ke@dealer.example.com", "科", "customer-service", "staff")
    has_it = member(BO, "乙", "staff", "service-manager")
    staff = {DEALER: (member(AN, "甲", "customer-service"), has_it, both)}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    cases.file(DEALER, "CDR-22222-22222", category="repair-accident")
    cases.clock.forward(minutes=31)
    sent = cases.sweep()
    assert [each.to for each in sent] == [BO, "ke@dealer.example.com", AN] * 2
    follows = "您负责跟踪处理情况（四、1.1.3）；承办人已收到提醒。"
    assert [follows in each.lines for each in sent] == [False, False, True] * 2


def test_organisation_without_logins_gets_links_that_open_the_case(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Its mailbox has no desk: each line has the sealed link of that mailbox, which works."""
    cases = staffed(watched, built, tmp_path / "staff", {BANK: ()})
    cases.file(BANK, REFERENCE)
    cases.act(REFERENCE, "classified", level="simple")
    cases.clock.forward(days=11)
    cases.sweep()
    (mail,) = cases.reminders()
    content = text_of(mail)
    assert "/cases/desk" not in content
    assert "任何人凭此链接都能打开案件，请勿转发。" in content
    link = next(line.strip() for line in content.splitlines() if "?token=" in line)
    with TestClient(create_app(cases.ports), base_url=SITE_URL) as client:
        answer = client.get(link.removeprefix(SITE_URL))
    assert answer.status_code == 200
    assert REFERENCE in answer.text


def opened_by(cases: WatchedCases, mail: EmailMessage) -> str:
    """The page that the link of a reminder leads to, for whoever has no login."""
    content = text_of(mail)
    (link,) = (line.strip() for line in content.splitlines() if "?token=" in line)
    with TestClient(create_app(cases.ports), base_url=SITE_URL) as client:
        answer = client.get(link.removeprefix(SITE_URL))
    assert answer.status_code == 200, answer.text
    assert "任何人凭此链接都能打开案件，请勿转发。" in content
    return answer.text


def test_mailbox_of_a_role_that_nobody_has_gets_links_that_open_the_case(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Others log in, but cannot open the case: whoever reads the mailbox can, and hands it on."""
    staff = {BANK: (member(DU, "丁", "service-centre"),)}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    cases.file(BANK, REFERENCE)
    cases.act(REFERENCE, "classified", level="simple")
    cases.clock.forward(days=11)
    assert readers(cases) == [COMPLAINTS]
    page = opened_by(cases, cases.reminders()[-1])
    assert REFERENCE in page
    assert 'value="forwarded"' in page


def test_roles_that_nobody_has_any_more(watched: WatchedCases, built: Path, tmp_path: Path) -> None:
    """Staff whose roles were renamed open none of the cases: each mailbox that is told can."""
    staff = {DEALER: (member(AN, "甲", "service-new"), member(BO, "乙", "manager-new"))}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    cases.file(DEALER, "CDR-22222-22222", category="finance")
    for minutes in (20, 11):
        cases.clock.forward(minutes=minutes)
        told = readers(cases)
        assert told
        for mail in cases.reminders()[-len(told) :]:
            assert "CDR-22222-22222" in opened_by(cases, mail)


def test_organisation_is_told_in_place_of_who_is_recused(
    watched: WatchedCases, built: Path, tmp_path: Path
) -> None:
    """Where everybody with the role is kept from the case, the organisation's mailbox hands it on;
    where others can open it at the desk, links lead there.
    """
    staff = {DEALER: (member(BO, "乙", "finance-manager"),)}
    cases = staffed(watched, built, tmp_path / "staff", staff)
    for name in ("CDR-22222-22222", "CDR-33333-33333"):
        cases.file(DEALER, name, category="finance")
    barred = mark(KEY, DEALER, BO)
    cases.act("CDR-22222-22222", "recused", barred=barred, text="有利害关系")
    cases.clock.forward(minutes=20)
    assert readers(cases) == [OWN, OWN]
    known, unknown = sorted(cases.reminders(), key=lambda mail: "?token=" in text_of(mail))
    assert f"{SITE_URL}/cases/desk/CDR-33333-33333" in text_of(known)
    page = opened_by(cases, unknown)
    assert "CDR-22222-22222" in page
    assert 'value="forwarded"' in page


def test_directory_that_is_missing(
    watched: WatchedCases, built: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing says where mails go now: it is logged, and the sweep looks again an hour later."""
    cases = at_the_bank(watched, built, tmp_path / "staff", member(CE, "丙", "complaints"))
    file = tmp_path / "staff" / "directory" / f"{BANK}.json"
    content = file.read_bytes()
    file.unlink()
    assert readers(cases) == []
    assert "is not watched: there is no directory" in caplog.text
    file.write_bytes(content)
    cases.clock.forward(minutes=59)
    assert readers(cases) == []
    cases.clock.forward(minutes=1)
    assert readers(cases) == [CE]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    content: str = body.get_content()
    return content
