"""Counts the dates of open cases anew when the days off that are known have changed."""

import json
import logging
from collections.abc import Callable
from hashlib import sha256

from functions.cases.desk.index import refresh
from functions.cases.ports.ports import Ports
from functions.model.contract.contract import Current
from functions.model.desk.summary import ALL, Bucket
from functions.model.errors import ContractError, StoredTextUnreadable

log = logging.getLogger("ombud.watch")

_WALKED = "calendars"
"""The name under which the calendars are noted that every open case was dated by."""

_BUCKETS: tuple[Bucket, ...] = ("open", "waiting")
_BATCH = 100


def follow_calendars(ports: Ports, has_time: Callable[[], bool]) -> int:
    """Dates the open cases of all organisations by the calendars that are current.

    Goes on in a later sweep where time runs out. Costs one read while no calendar changes. What has
    no limit left to keep is dated anew when the sweep looks at it. Returns how many were dated.
    Raises ContractError, StoreError.
    """
    current = ports.contracts.current()
    known = _name_of(current)
    if ports.lists.remembered(_WALKED) == known:
        return 0
    dated = 0
    for organisation in sorted(current.organisations):
        walk = _Walk(organisation, known, current, ports)
        is_whole = walk.go_on(has_time)
        dated += walk.dated
        if not is_whole:
            return dated
    ports.lists.remember(_WALKED, known)
    return dated


class _Walk:
    """Goes through the open cases of one organisation, from where an earlier sweep stopped."""

    def __init__(self, organisation: str, known: str, current: Current, ports: Ports) -> None:
        self._organisation, self._known, self._ports = organisation, known, ports
        self._current = frozenset(current.calendars.values())
        self._name = f"{_WALKED}:{organisation}"
        self.dated = 0

    def go_on(self, has_time: Callable[[], bool]) -> bool:
        """Whether all cases are dated by the current calendars; else time has run out."""
        noted = json.loads(self._ports.lists.remembered(self._name) or "{}")
        if noted.get("known") != self._known:
            noted = {"bucket": 0, "after": None}
        for bucket in range(noted["bucket"], len(_BUCKETS)):
            after = noted["after"] if bucket == noted["bucket"] else None
            while has_time():
                page = self._ports.lists.listed(
                    self._organisation, ALL, _BUCKETS[bucket], after=after, most=_BATCH
                )
                for summary in page.found:
                    if summary.calendar not in self._current:
                        self._date(summary.reference)
                if (after := page.after) is None:
                    break
                self._note(bucket, after)
            else:
                return False
        self._note(len(_BUCKETS), None)
        return True

    def _date(self, reference: str) -> None:
        try:
            self.dated += refresh(reference, self._ports)
        except (ContractError, StoredTextUnreadable) as error:
            log.error("case %s keeps its dates: %s", reference, error)

    def _note(self, bucket: int, after: str | None) -> None:
        noted = {"known": self._known, "bucket": bucket, "after": after}
        self._ports.lists.remember(self._name, json.dumps(noted))


def _name_of(current: Current) -> str:
    content = json.dumps(sorted(current.calendars.items()))
    return sha256(content.encode()).hexdigest()[:32]
