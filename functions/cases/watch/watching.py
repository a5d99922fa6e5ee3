"""Looks at the cases that are due: the part of the sweep that watches their dates."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.cases.desk.found_by import index_case
from functions.cases.desk.index import office_of, refresh, summarise
from functions.cases.open_case import open_case
from functions.cases.ports.ports import Ports
from functions.cases.watch.calendars import follow_calendars
from functions.cases.watch.recipients import Staff
from functions.cases.watch.reminders import Reminder, find_reminders, told_to
from functions.cases.watch.satisfaction import ask_if_due
from functions.cases.watch.sending import letters, send_letters
from functions.cases.watch.staff import follow_staff
from functions.model.desk.chain import head
from functions.model.desk.stages import untold
from functions.model.errors import (
    ContractError,
    ContractUnavailable,
    StoredTextUnreadable,
    StoreError,
    StoreUnavailable,
)

log = logging.getLogger("ombud.watch")

_BATCH = 1000
"""So many due cases are looked at before the mails of them all are sent: what is due on one morning
goes out in one mail to each reader."""

_FEW = 100
"""So many cases of an earlier release become due at a time: what was due before goes first."""

_AGAIN = timedelta(minutes=1)
"""When what failed for the moment is tried again, such as a mail that no server took: with the next
sweep, and not each second."""

_LONGEST_WAIT = timedelta(minutes=15)
"""When an address that keeps taking nothing is tried again, at the latest."""

_LATER = timedelta(hours=1)
"""When the sweep looks again at a case that it cannot read."""

Told = tuple[str, str, str]
"""A reference, the key of a stage and the mark of who was told of it."""


def watch(ports: Ports, has_time: Callable[[], bool] = lambda: True) -> int:
    """Reminds staff of the time limits that are near, due or overdue; returns how many mails went.

    It also asks filers whether they are satisfied, dates open cases by a new calendar, lists anew
    what people had who left, and summarises new cases and those of an earlier release. What fails
    for one case does not keep the others. Raises the first unexpected error at the end, and
    StoreError where the store is away.
    """
    unexpected: list[Exception] = []
    try:
        follow_calendars(ports, has_time)
    except (ContractError, StoredTextUnreadable) as error:
        log.warning("dates wait for another sweep: %s", error)
    try:
        follow_staff(ports, has_time)
    except (ContractError, StoredTextUnreadable) as error:
        log.warning("cases of those who left wait for another sweep: %s", error)
    sent, seen, busy = 0, set[str](), set[str]()
    while has_time():
        found = ports.lists.due_cases(ports.now(), _BATCH)
        # An index may lag, and still have what was due a moment ago.
        due = [reference for reference in found if reference not in seen]
        seen.update(due)
        sent += _Round(ports, busy, unexpected).go(due, has_time)
        is_last = not due or len(found) < _BATCH
        if is_last and not ports.lists.unlisted(_FEW):
            break
    if unexpected:
        raise unexpected[0]
    return sent


def bring_up_to_date(reference: str, ports: Ports) -> None:
    """Summarises a case if it has no summary, or an act came after it. Raises StoreError."""
    try:
        known = ports.lists.summary(reference)
        if known is None or known.head != head(ports.store.events(reference)):
            refresh(reference, ports)
    except (ContractError, StoredTextUnreadable) as error:
        # It stays due, so the sweep tries again.
        log.warning("case %s is not listed yet: %s", reference, error)


@dataclass(frozen=True)
class _DueCase:
    """A case that owes reminders: these, the stages that have passed without need, since when the
    store has had it due (None if it is new), and when its next stage begins.
    """

    reminders: tuple[Reminder, ...]
    passed: tuple[str, ...]
    since: datetime | None
    next_stage: datetime | None


class _Round:
    """Looks at due cases, sends the mails that they owe together, and notes what was told."""

    def __init__(self, ports: Ports, busy: set[str], unexpected: list[Exception]) -> None:
        self._ports, self._busy, self._unexpected = ports, busy, unexpected
        self._staff = Staff(ports)
        self._cases: dict[str, _DueCase] = {}
        self._told: set[Told] = set()

    def go(self, due: Iterable[str], has_time: Callable[[], bool]) -> int:
        """Leaves none of the cases due that it had time for; returns how many mails were sent."""
        for reference in due:
            if not has_time():
                break
            self._try(self._look_at, reference)
        owed = [reminder for case in self._cases.values() for reminder in case.reminders]
        sent = 0
        for letter in send_letters(
            letters(owed, self._ports), self._ports, has_time, self._busy, self._unexpected
        ):
            sent += 1
            self._told |= set(map(_told, letter.reminders))
            cases = dict.fromkeys(each.file.case.reference for each in letter.reminders)
            self._note_each(reference for reference in cases if self._is_told(reference))
        self._note_each(tuple(self._cases))
        return sent

    def _note_each(self, references: Iterable[str]) -> None:
        """What is not noted is told again, so a case that fails must not keep the others.

        It is noted once more at the end, else it waits as one does that cannot be read.
        """
        for reference in references:
            try:
                self._try(self._note, reference)
            except StoreError as error:
                self._unexpected.append(error)

    def _try(self, work: Callable[[str], None], reference: str) -> None:
        """Does the work for a case; one that fails is put off."""
        try:
            work(reference)
        except (ContractError, StoreError) as error:
            log.error("case %s is not watched: %s", reference, error)
            passes = isinstance(error, StoreUnavailable | ContractUnavailable)
            # If the store takes no case at all, this raises.
            self._ports.lists.put_off(reference, self._ports.now() + (_AGAIN if passes else _LATER))
        except Exception as error:
            log.exception("case is not watched", extra={"reference": reference})
            self._ports.lists.put_off(reference, self._ports.now() + _LATER)
            self._unexpected.append(error)

    def _look_at(self, reference: str) -> None:
        """Finds what the case owes now, and brings its summary up to date if that is nothing."""
        ports = self._ports
        if (known := ports.lists.summary(reference)) is None:
            index_case(reference, ports)
        if (case := ports.store.case(reference)) is None:
            ports.lists.put_off(reference, None)
            return
        events = ports.store.events(reference)
        summary = summarise(case, events, ports, known.told if known else ())
        if summary.next_due is None or summary.next_due > ports.now():
            if not ports.lists.summarise(summary):
                refresh(reference, ports)
            return
        directory = ports.contracts.directory(case.organisation)
        file = open_case(case, ports, (directory.language,) if directory else (), events)
        office = office_of(file.contract, ports)
        asked = ask_if_due(file, events, office, ports)
        found = find_reminders(file, summary, office, self._staff, ports)
        if found.reminders:
            ahead = untold(summary.limits, summary.told, office)
            self._cases[reference] = _DueCase(
                reminders=found.reminders,
                passed=found.passed,
                since=known.next_due if known else None,
                next_stage=min((each.at for each in ahead if each.at > file.now), default=None),
            )
        else:
            is_settled = asked or bool(found.passed)
            again = None if is_settled else ports.now() + _AGAIN
            refresh(reference, ports, found.passed, again)

    def _note(self, reference: str) -> None:
        """Marks what a case told: a stage as such once all were told, else who was."""
        case = self._cases[reference]
        stages: dict[str, list[Reminder]] = {}
        for reminder in case.reminders:
            stages.setdefault(reminder.stage.key, []).append(reminder)
        keys, left = list(case.passed), list[Reminder]()
        for key, reminders in stages.items():
            reached = [each for each in reminders if _told(each) in self._told]
            if len(reached) == len(reminders):
                keys.append(key)
            else:
                keys += [told_to(each.stage, each.recipient.mark) for each in reached]
                left += [each for each in reminders if _told(each) not in self._told]
        again = self._again(case, left) if left else None
        refresh(reference, self._ports, tuple(keys), again)
        del self._cases[reference]

    def _is_told(self, reference: str) -> bool:
        return all(_told(each) in self._told for each in self._cases[reference].reminders)

    def _again(self, case: _DueCase, left: list[Reminder]) -> datetime:
        """When those are tried again who were not told.

        Whom the sweep did not come to is tried with the next one; who takes nothing, after half the
        time for which it is so, unless there is more to tell before.
        """
        now = self._ports.now()
        if case.since is None or any(each.recipient.address not in self._busy for each in left):
            return now + _AGAIN
        tried_for = case.since - max(each.stage.at for each in left)
        again = now + min(max(_AGAIN, tried_for / 2), _LONGEST_WAIT)
        return min(again, case.next_stage or again)


def _told(reminder: Reminder) -> Told:
    return reminder.file.case.reference, reminder.stage.key, reminder.recipient.mark
