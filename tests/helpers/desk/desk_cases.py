"""Cases as staff find them at the desk: filed, worked on and dated back, in any store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from functions.cases.desk.access import Person
from functions.cases.desk.index import record, refresh
from functions.cases.filer_acts import follow_up
from functions.cases.files.attach import AttachedFiles, SentFile, attach
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.retention import keep_files
from functions.cases.submit import Accepted, Filing, begin_submit
from functions.model.attachment import AttachmentRules
from functions.model.case import Case
from functions.model.case_log import ActDetails, act_event
from functions.model.contract.terms import KindId, StaffAct
from tests.helpers.desk.staff_directory import BANKER, COLLEAGUE, HANDLER, person_with

_FILED = count()

_ANSWERS = {
    "account": "说来话长。",
    "name": "刘方",
    "email": "liu@example.com",
    "consent": "yes",
}

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Done:
    """An act of staff, so long before now, with its details; of nobody if there is no `who`."""

    ago: timedelta
    act: StaffAct
    who: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Filed:
    """A filing, so long before now, and what staff did with it."""

    organisation: str
    ago: timedelta
    answers: Mapping[str, str]
    done: tuple[Done, ...] = ()
    kind: KindId = "complaint"


def file_case(
    ports: Ports,
    organisation: str,
    answers: Mapping[str, str],
    kind: KindId = "complaint",
    files: Mapping[str, bytes] | None = None,
) -> Case:
    """Files a case now, with its summary and these files, by their names."""
    digest = ports.contracts.current().organisations[organisation]
    contract = ports.contracts.contract(digest)
    sent = tuple(SentFile(name, content) for name, content in (files or {}).items())
    rules = contract.kinds[kind].attachments or AttachmentRules()
    taken = attach(rules, organisation, (), sent, "", ports) if sent else AttachedFiles()
    assert not taken.flaws
    filing = Filing(
        kind_id=kind,
        contract_digest=digest,
        language=contract.language,
        answers=_ANSWERS | dict(answers),
        address="",
        browser=f"browser {next(_FILED)}",
        attachments=taken.attachments,
    )
    accepted = begin_submit(filing, contract, ports)()
    assert isinstance(accepted, Accepted), accepted
    keep_files(accepted.case, (), ports)
    refresh(accepted.case.reference, ports)
    return accepted.case


def staff_does(
    case: Case, act: StaffAct, ports: Ports, person: Person | None = None, **details: object
) -> None:
    """Records an act of staff now, without the rules of the desk."""
    own = {"person": person.member.name, "mark": person.mark} if person else {}
    entry = ActDetails.model_validate(own | details)
    key = f"{act}:{next(_FILED)}"
    assert record(case, act_event(act, entry, ports.now()), (), key, ports) is True


def filer_adds(case: Case, text: str, ports: Ports) -> None:
    """Has the filer add information now."""
    file = open_case(case, ports, (), ports.store.events(case.reference))
    follow_up(file, "information", {"text": text}, ports)
    refresh(case.reference, ports)


def fill(ports: Ports, filed: Iterable[Filed]) -> tuple[Case, ...]:
    """Stores these filings with what was done, each at its own time before now."""
    now = ports.now()
    return tuple(_story(ports, each, now) for each in filed)


def _story(ports: Ports, filed: Filed, now: datetime) -> Case:
    def at(ago: timedelta) -> Ports:
        moment = now - ago
        return replace(ports, now=lambda: moment)

    case = file_case(at(filed.ago), filed.organisation, filed.answers, filed.kind)
    for done in filed.done:
        person = person_with(done.who, filed.organisation, ports) if done.who else None
        staff_does(case, done.act, at(done.ago), person, **done.details)
    refresh(case.reference, ports)
    return case


def _answer(ago: timedelta, who: str, outcome: str = "upheld") -> Done:
    return Done(ago, "decision", who, {"text": "已经查清，处理如下。", "outcome": outcome})


CAR_DEALER = (
    Filed("car-dealer", 70 * MINUTE, {"category": "customer-service", "account": "电话打不通。"}),
    Filed(
        "car-dealer",
        26 * HOUR,
        {"category": "repair-quality", "account": "刹车异响，两次返修没有解决。"},
        (
            Done(25 * HOUR + 50 * MINUTE, "registered", HANDLER),
            Done(25 * HOUR + 40 * MINUTE, "read_back", HANDLER),
        ),
    ),
    Filed("car-dealer", 12 * MINUTE, {"category": "sales-attitude", "account": "不肯说清价格。"}),
    Filed(
        "car-dealer",
        25 * MINUTE,
        {"category": "repair-accident", "account": "修好以后刹车失灵，撞了护栏。"},
    ),
    Filed(
        "car-dealer",
        3 * DAY,
        {"category": "parts-in-time", "account": "配件等了一个月。"},
        (
            Done(3 * DAY - 10 * MINUTE, "registered", COLLEAGUE),
            Done(3 * DAY - 20 * MINUTE, "forwarded", COLLEAGUE, {"to_role": "customer-service"}),
            Done(2 * DAY, "asked", COLLEAGUE, {"text": "请告诉我们订单号。"}),
        ),
    ),
    Filed(
        "car-dealer",
        9 * DAY,
        {"category": "finance", "account": "发票开错了。"},
        (
            Done(9 * DAY - 5 * MINUTE, "registered", HANDLER),
            Done(9 * DAY - 8 * MINUTE, "forwarded", HANDLER, {"to_role": "customer-service"}),
            _answer(6 * DAY, HANDLER),
        ),
    ),
    Filed(
        "car-dealer",
        20 * DAY,
        {"category": "sales-product", "account": "颜色和合同不一致。"},
        (_answer(15 * DAY, HANDLER, "settled"), Done(14 * DAY, "closed", HANDLER)),
    ),
)
"""Cases of the car dealer, whose limits are in minutes."""

BANK = (
    Filed("commercial-bank", 40 * DAY, {"category": "other", "account": "贷款利率和合同不符。"}),
    Filed(
        "commercial-bank",
        14 * DAY,
        {"category": "other", "account": "账户被错误冻结。"},
        (Done(13 * DAY, "classified", BANKER, {"level": "simple"}),),
    ),
    Filed(
        "commercial-bank",
        20 * DAY,
        {"category": "other", "account": "理财产品亏损，销售时没有说明风险。"},
        (Done(19 * DAY, "classified", BANKER, {"level": "simple"}),),
    ),
    Filed(
        "commercial-bank",
        12 * DAY,
        {"category": "other", "account": "柜台排队三个小时。"},
        (Done(11 * DAY, "classified", BANKER, {"level": "simple"}),),
    ),
    Filed(
        "commercial-bank",
        2 * DAY,
        {"category": "other", "account": "手续费重复收取。"},
        (Done(1 * DAY, "classified", BANKER, {"level": "complex"}),),
    ),
    Filed("commercial-bank", 1 * DAY, {"category": "urgent-loss", "account": "卡被盗刷。"}),
    Filed(
        "commercial-bank",
        30 * DAY,
        {"category": "other", "account": "短信没有停掉。"},
        (
            Done(29 * DAY, "classified", BANKER, {"level": "simple"}),
            _answer(20 * DAY, BANKER, "partly_upheld"),
        ),
    ),
)
"""Cases of the bank, whose limits are in days and hours."""
