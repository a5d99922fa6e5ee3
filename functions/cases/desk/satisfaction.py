"""Finds whether a filer is asked now whether the answer satisfies them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from functions.cases.desk.holding import kind_procedure
from functions.cases.ports.ports import Ports
from functions.model.case import Case, CaseEvent
from functions.model.case_log import CaseAct, said_satisfaction, standing_answer
from functions.model.contract.contract import Contract

ASKED_AFTER = timedelta(days=7)
"""How long after the answer a filer is asked whether they are satisfied."""


def asking_clause(
    case: Case,
    contract: Contract,
    happened: tuple[CaseAct, ...],
    events: Iterable[CaseEvent],
    now: datetime,
    ports: Ports,
) -> str | None:
    """The clause by which the page of the case asks now; None where the procedure asks nobody.

    It asks a week after the answer, or once the mail that asks is on its way, until the filer has
    said it. Raises ContractError.
    """
    answer = standing_answer(happened)
    if answer is None or said_satisfaction(happened) is not None:
        return None
    mailed = any(event.type == "satisfaction_asked" and event.at > answer.at for event in events)
    if not mailed and now < answer.at + ASKED_AFTER:
        return None
    procedure = kind_procedure(case, contract, ports)
    return procedure.follow_up.clause if procedure and procedure.follow_up else None
