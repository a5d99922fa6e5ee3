"""How reminders are sent: again when no server took them, never twice when one did."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from functions.adapters.mail.smtp import SmtpMailer
from functions.cases.watch.watching import watch
from functions.model.errors import MailboxUnavailable, MailRetryable
from functions.model.mail import REFERENCE_HEADER, thread_id
from tests.conftest import SITE_URL, Mailbox
from tests.functions.cases.watch.watched_cases import WatchedCases, read
from tests.helpers.desk.staff_directory import member, with_staff
from tests.helpers.mails.reading import html, plain, words_of
from tests.helpers.servers.mail_server import Sink, mail_server

BANK, DEALER = "commercial-bank", "car-dealer"
CE, DU = "ce@bank.example.com", "du@bank.example.com"
AN, BO = "an@dealer.example.com", "bo@dealer.example.com"
COMPLAINTS = "complaints@bank.example.com"
STAFF = {
    BANK: (member(CE, "丙", "complaints"), member(DU, "丁", "complaints")),
    DEALER: (member(AN, "甲", "customer-service"), member(BO, "乙", "staff", "finance-manager")),
}


@dataclass
class Server(Mailbox):
    """A mail server that keeps the Message-ID of whatever it is offered, taken or not.

    The mailboxes of `busy` recipients are full, as a reply to RCPT says; `away` it takes nothing.
    """

    offered: list[tuple[str, str]] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)
    away: bool = False

    def send(self, message: EmailMessage) -> None:
        """Takes the message, unless it is away or its recipient is busy or refused."""
        self.offered.append((str(message["To"]), str(message["Message-ID"])))
        if self.away:
            raise MailRetryable("SMTP 421")
        if message["To"] in self.busy:
            raise MailboxUnavailable("SMTP 450")
        super().send(message)


@pytest.fixture
def server() -> Server:
    """A server that takes everything."""
    return Server()


@pytest.fixture
def cases(watched: WatchedCases, server: Server, built: Path, tmp_path: Path) -> WatchedCases:
    """Two people at the bank and two at the dealer."""
    ports = with_staff(replace(watched.ports, mailer=server), built, tmp_path / "staff", STAFF)
    return replace(watched, ports=ports, mailbox=server)


def near(cases: WatchedCases, *references: str) -> None:
    """Complaints to the bank whose time to decide is near."""
    for reference in references:
        cases.file(BANK, reference, involved="XYZZY")
        cases.act(reference, "classified", level="simple")
    cases.clock.forward(days=11)


def test_busy_server_is_tried_again(cases: WatchedCases, server: Server) -> None:
    """What one reader's server defers is told with the next sweep, under the same Message-ID."""
    near(cases, "BNK-1")
    server.busy = {DU}
    assert [sent.to for sent in cases.sweep()] == [CE]
    assert cases.sweep() == ()
    server.busy = set()
    cases.clock.forward(minutes=1)
    assert [sent.to for sent in cases.sweep()] == [DU]
    cases.clock.forward(days=1)
    assert cases.sweep() == ()
    (first, *more) = server.offered
    assert first[0] == CE
    assert {each[0] for each in more} == {DU}
    assert len(more) == 2
    assert len({each[1] for each in more}) == 1


def test_reader_who_was_told_and_then_left(
    cases: WatchedCases, server: Server, built: Path, tmp_path: Path
) -> None:
    """Where only those are left who were told, the stage is done with."""
    near(cases, "BNK-1")
    server.busy = {DU}
    cases.sweep()
    ports = with_staff(cases.ports, built, tmp_path / "left", {BANK: STAFF[BANK][:1]})
    cases.clock.forward(minutes=1)
    assert replace(cases, ports=ports).sweep() == ()
    assert cases.ports.lists.due_cases(cases.clock.at, 10) == ()


def test_refused_address(
    cases: WatchedCases, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """What is refused for good goes to the organisation's mailbox, once, and to the log."""
    near(cases, "BNK-1")
    server.refused = {DU}
    first, second = cases.sweep()
    assert (first.to, second.to) == (CE, COMPLAINTS)
    note = "本提醒未能送达有关工作人员。请安排人员处理，并核对人员名单中的邮箱地址。"
    assert note in second.lines
    assert note not in first.lines
    assert "reminder failed for good: SMTP 550 5.1.1" in caplog.text
    assert DU not in caplog.text
    cases.clock.forward(minutes=5)
    assert cases.sweep() == ()


def test_mailbox_that_is_refused_too(
    cases: WatchedCases, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """Then nobody is left to be told: the log says so, and the sweep goes on."""
    near(cases, "BNK-1")
    server.refused = {CE, DU, COMPLAINTS}
    assert watch(cases.ports) == 2
    assert caplog.text.count("nobody can be reminded: SMTP 550 5.1.1") == 2
    assert cases.ports.lists.due_cases(cases.clock.at, 10) == ()


def test_server_that_is_away_is_not_tried_with_every_mail(
    cases: WatchedCases, server: Server, built: Path, tmp_path: Path
) -> None:
    """After mails to three readers that the server does not take, the others wait; none is lost."""
    team = tuple(member(f"{n}@bank.example.com", "丙", "complaints") for n in range(5))
    ports = with_staff(cases.ports, built, tmp_path / "team", {BANK: team})
    cases = replace(cases, ports=ports)
    near(cases, "BNK-1")
    server.away = True
    assert cases.sweep() == ()
    assert len(server.offered) == 3
    server.away = False
    cases.clock.forward(minutes=1)
    assert len(cases.sweep()) == 5


def test_full_mailboxes_keep_nobody_waiting(
    cases: WatchedCases, server: Server, built: Path, tmp_path: Path
) -> None:
    """However many mailboxes are full, everybody else is told in the same sweep."""
    full = tuple(member(f"{n}@bank.example.com", "丙", "complaints") for n in range(4))
    staff = {BANK: (*full, *STAFF[BANK]), DEALER: STAFF[DEALER]}
    ports = with_staff(cases.ports, built, tmp_path / "team", staff)
    cases = replace(cases, ports=ports)
    near(cases, "BNK-1", "BNK-2")
    for number in range(3):
        cases.file(DEALER, f"CDR-{number}", category="finance")
    cases.clock.forward(minutes=20)
    server.busy = {BO, *(each.address for each in full)}
    assert [sent.to for sent in cases.sweep()] == [CE, DU]
    assert sorted(to for to, _ in server.offered) == sorted((*server.busy, CE, DU))
    server.busy.remove(BO)
    cases.clock.forward(minutes=1)
    assert [sent.to for sent in cases.sweep()] == [BO, BO, BO]


def test_full_mailbox_is_tried_ever_more_rarely(cases: WatchedCases, server: Server) -> None:
    """What an address does not take is tried after a minute, then ever later, up to a quarter of an
    hour; nobody who was told is told again.
    """
    near(cases, "BNK-1")
    cases.clock.at = cases.clock.at.replace(hour=0, minute=30)  # the office opens
    server.busy = {DU}
    tried = []
    for minute in range(90):
        before = len(server.offered)
        cases.sweep()
        tried += [minute] * (len(server.offered) - before)
        cases.clock.forward(minutes=1)
    assert tried == [0, 0, 1, 2, 3, 5, 8, 12, 18, 27, 41, 56, 71, 86]


def test_full_mailbox_does_not_delay_the_next_stage(cases: WatchedCases, server: Server) -> None:
    """However long the full mailbox waits, what comes next is told to everybody in time."""
    cases.file(DEALER, "CDR-1", category="finance")
    begin, server.busy = cases.clock.at, {BO}
    sent = list(cases.until(begin + timedelta(minutes=40), timedelta(minutes=1)))
    assert [(each.to, each.at - begin) for each in sent] == [
        ("service@dealer.example.com", timedelta(minutes=30))
    ]


def test_one_digest_of_a_morning_and_one_mail_for_each_in_minutes(cases: WatchedCases) -> None:
    """What is in days is one mail to each reader, in the order of its ends."""
    cases.file(BANK, "BNK-1")
    cases.act("BNK-1", "classified", level="complex")  # near on Monday 23 March
    cases.clock.forward(days=7)
    cases.file(BANK, "BNK-2")
    cases.act("BNK-2", "classified", level="simple")  # overdue on Wednesday 25 March
    cases.clock.forward(days=16)
    sent = cases.sweep()
    assert [each.to for each in sent] == [CE, DU, COMPLAINTS]
    subject = "示例商业银行期限提醒：逾期 1 项、即将到期 1 项"
    assert [each.subject for each in sent[:2]] == [subject] * 2
    lines = sent[0].lines
    assert lines[1] == f"全部案件：{SITE_URL}/cases/desk"
    assert lines.index("逾期（1）") < lines.index("BNK-2 · 投诉") < lines.index("即将到期（1）")
    assert lines.index("即将到期（1）") < lines.index("BNK-1 · 投诉")


def test_long_digest_ends_with_the_list(cases: WatchedCases) -> None:
    """A mail has a hundred limits at most, those that end first, and says how many there are."""
    near(cases, *(f"BNK-{number:03}" for number in range(123)))
    sent = cases.sweep()
    assert [each.to for each in sent] == [CE, DU]
    assert sent[0].subject == "示例商业银行期限提醒：即将到期 123 项"
    assert sum("· 投诉" in line for line in sent[0].lines) == 100
    assert "另有 23 项期限未列出，请查看案件列表。" in sent[0].lines
    cases.clock.forward(days=1)
    assert cases.sweep() == ()


def test_mails_say_nothing_of_the_filer(cases: WatchedCases) -> None:
    """No name and no word of the filer is in a mail, and its subject names at most a reference."""
    near(cases, "BNK-22222-22222")
    cases.file(DEALER, "CDR-22222-22222", category="finance", account="PLUGH", name="XYZZY")
    cases.clock.forward(minutes=20)
    cases.sweep()
    mails = cases.reminders()
    assert [mail["To"] for mail in mails] == [BO, CE, DU]
    for mail in mails:
        for part in mail.walk():
            if not part.is_multipart():
                content = part.get_content()
                assert not any(word in content for word in ("李四", "说明", "XYZZY", "PLUGH"))
    assert [mail["Subject"] for mail in mails] == [
        "示例汽车经销商：CDR-22222-22222 即将到期",
        *["示例商业银行期限提醒：即将到期 1 项"] * 2,
    ]


def test_headers(cases: WatchedCases) -> None:
    """No program answers them; a mail of one case is in its thread, a digest in none."""
    near(cases, "BNK-1")
    cases.file(DEALER, "CDR-1", category="finance")
    cases.clock.forward(minutes=20)
    cases.sweep()
    single, digest, _ = cases.reminders()
    for mail in (single, digest):
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["X-Auto-Response-Suppress"] == "All"
        assert mail["Date"].datetime == cases.clock.at
    assert single["From"] == "示例汽车经销商 <no-reply@ombud.example.com>"
    assert single["References"] == thread_id("CDR-1", "ombud.example.com")
    assert single[REFERENCE_HEADER] == "CDR-1"
    assert digest["References"] is None
    assert digest[REFERENCE_HEADER] is None


def test_html_says_the_same(cases: WatchedCases) -> None:
    """The HTML part has the same words and links, escaped."""
    near(cases, "BNK-1")
    cases.sweep()
    mail = cases.reminders()[0]
    content = html(mail)
    assert '<html lang="zh-CN" dir="ltr">' in content
    assert f'href="{SITE_URL}/cases/desk/BNK-1"' in content
    assert words_of(content) == words_of(plain(mail))


def test_without_time_nothing_is_sent_and_nothing_lost(cases: WatchedCases) -> None:
    """A sweep that runs out of time leaves the rest for the next one."""
    near(cases, "BNK-1", "BNK-2")
    assert watch(cases.ports, lambda: False) == 0
    left = iter([True] * 4)  # calendars apart: the sweep, one case, and one mail
    assert watch(cases.ports, lambda: next(left, False)) <= 1
    cases.clock.forward(minutes=1)
    told = {(sent.to, line) for sent in cases.sweep() for line in sent.lines if "· 投诉" in line}
    before = {
        (str(mail["To"]), line)
        for mail in cases.reminders()
        for line in read(mail, cases.clock.at).lines
        if "· 投诉" in line
    }
    assert told <= before
    assert before == {(to, f"{case} · 投诉") for to in (CE, DU) for case in ("BNK-1", "BNK-2")}


def test_unexpected_error_keeps_no_other_mail(cases: WatchedCases, server: Server) -> None:
    """One mail that breaks does not keep the next; the sweep fails at its end, and tries again."""
    near(cases, "BNK-1")
    server.failures = [ZeroDivisionError("out of reason")]
    with pytest.raises(ZeroDivisionError):
        watch(cases.ports)
    assert [mail["To"] for mail in cases.reminders()] == [DU]
    cases.clock.forward(minutes=1)
    assert [sent.to for sent in cases.sweep()] == [CE]


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    """A real SMTP server, and its port."""
    kept = Sink()
    with mail_server(kept) as port:
        yield kept, port


def test_real_mail_server(cases: WatchedCases, sink: tuple[Sink, int]) -> None:
    """Both parts of a digest and a single reminder arrive whole at a real server."""
    kept, port = sink
    near(cases, "BNK-1")
    cases.file(DEALER, "CDR-1", category="finance")
    cases.clock.forward(minutes=20)
    over_smtp = replace(cases.ports, mailer=SmtpMailer(f"smtp://127.0.0.1:{port}"))
    assert watch(over_smtp) == 3
    single, digest, _ = kept.messages()
    assert (single["To"], digest["To"]) == (BO, CE)
    assert "CDR-1 · 投诉" in read(single, cases.clock.at).lines
    assert "BNK-1 · 投诉" in read(digest, cases.clock.at).lines
    assert "作出处理决定并告知投诉人。" in html(digest)


def test_permanent_and_retryable_at_a_real_server(
    cases: WatchedCases, caplog: pytest.LogCaptureFixture
) -> None:
    """A 550 at RCPT is for good, a 451 for a while; neither quotes an address in the log."""
    near(cases, "BNK-1")
    for replies, expected in (({"RCPT": "451 4.3.0 later"}, 0), ({"RCPT": "550 5.1.1 no"}, 2)):
        with mail_server(Sink(replies=replies)) as port:
            mailer = SmtpMailer(f"smtp://127.0.0.1:{port}")
            with caplog.at_level(logging.INFO, "ombud"):
                assert watch(replace(cases.ports, mailer=mailer)) == expected
        cases.clock.forward(minutes=1)
    assert "reminder waits for the next sweep: SMTP 451 4.3.0" in caplog.text
    assert "reminder failed for good: SMTP 550 5.1.1" in caplog.text
    assert "@bank.example.com" not in caplog.text
