"""Finds what staff must be told of a case now: the latest stage of each of its time limits."""

from collections.abc import Iterator
from dataclasses import dataclass

from functions.cases.ports.ports import Ports
from functions.cases.watch.recipients import Addressee, Audience, Staff
from functions.model.desk.stages import Office, Stage, untold
from functions.model.desk.summary import CaseSummary
from functions.model.progress import LimitProgress
from functions.views.case_file import CaseFile


@dataclass(frozen=True)
class Reminder:
    """That somebody must be told of a stage.

    With `at_desk` some member of staff can open the case there. It is `escalated` to who follows
    how the case is handled, by `followed_by` if a clause says so.
    """

    recipient: Addressee
    file: CaseFile
    step: LimitProgress
    stage: Stage
    at_desk: bool
    escalated: bool = False
    followed_by: str | None = None

    @property
    def is_exact(self) -> bool:
        """Whether it gets a mail of its own, as its limit is in minutes or hours."""
        return self.stage.limit.exact


@dataclass(frozen=True)
class OwedReminders:
    """What a case owes: reminders, and the keys of stages that have passed without need."""

    reminders: tuple[Reminder, ...]
    passed: tuple[str, ...]


def find_reminders(
    file: CaseFile, summary: CaseSummary, office: Office, staff: Staff, ports: Ports
) -> OwedReminders:
    """What must be told of a case at `file.now`; nothing while the office is closed.

    Raises ContractError, StoreError.
    """
    if office.when_open(file.now) != file.now:
        return OwedReminders((), ())
    begun: list[Stage] = []
    for limit in summary.limits:
        stages = untold((limit,), summary.told, office)
        begun += [stage for stage in stages if stage.at <= file.now][-1:]
    # A provisional limit is never overdue: past its end there is nothing to tell.
    passed = [each for each in begun if each.name != "overdue" and each.limit.due <= file.now]
    owed = [stage for stage in begun if stage not in passed]
    audience = Audience(file, staff, ports) if owed else None
    reminders: list[Reminder] = []
    for stage in owed:
        assert audience is not None, "it is there for what is owed"
        untold_ones = tuple(_to_everybody(stage, file, summary.told, audience))
        reminders += untold_ones
        if not untold_ones:
            # All who are left were told by earlier sweeps that did not reach everybody.
            passed.append(stage)
    return OwedReminders(tuple(reminders), tuple(stage.key for stage in passed))


def told_to(stage: Stage, mark: str) -> str:
    """What stands for a stage of which only some were told, among those that were."""
    return f"{stage.key}|{mark}"


def _to_everybody(
    stage: Stage, file: CaseFile, told: tuple[str, ...], audience: Audience
) -> Iterator[Reminder]:
    limit = stage.limit.limit
    step = next(each for each in file.progress.steps if each.milestone.limit.id == limit)
    told_ones, at_desk = set[str](), audience.has_desk
    for recipient in audience.owing(limit):
        told_ones.add(recipient.address.casefold())
        if told_to(stage, recipient.mark) not in told:
            yield Reminder(recipient, file, step, stage, at_desk)
    if stage.name != "overdue":
        return
    following = audience.following(limit)
    for recipient in following.recipients:
        # Whoever owes it and follows it, too, is told once; an address may be a mailbox as well.
        is_new = recipient.address.casefold() not in told_ones
        if is_new and told_to(stage, recipient.mark) not in told:
            yield Reminder(recipient, file, step, stage, at_desk, True, following.clause)
