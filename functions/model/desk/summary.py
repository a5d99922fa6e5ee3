"""What the desk lists of a case without opening it, and what it finds the case by."""

from collections.abc import Container, Iterator
from datetime import UTC, datetime
from typing import Literal

from functions.model.case_log import OVER, CaseState
from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen

Bucket = Literal["open", "waiting", "answered", "over"]
"""The part of a list that a case is in: staff must act, the filer must, there is an answer, it is
closed or withdrawn. What is answered is among what is open, too, while a limit is left to keep."""

ALL = "*"
"""The holder under which an organisation finds all of its cases."""

FILED = "filed"
"""The bucket in which they are in the order of their receipt, whatever became of them."""

FORMER = "former"
"""The bucket in which a person has what was handed on to them while it is not theirs: who has left
and comes back has it again."""

CONSENT = "consent"
"""The bucket in which a role has what waits for its consent, by when the first limit ends."""

_NEVER = "9999"


class DueLimit(Frozen):
    """A limit of the organisation that is not kept yet: from when it runs and until when.

    An `exact` one is counted in minutes or hours. A `provisional` end may move, and is never late.
    """

    limit: str
    start: datetime | None
    due: datetime
    exact: bool
    provisional: bool = False


class DueConsent(Frozen):
    """That a role must consent to what the person with the mark `proposed_by` proposed."""

    role: str
    proposed_by: str


class Entry(Frozen):
    """Where a case stands in one list: the list of `holder`, in a `bucket`, in the order `sort`."""

    holder: str
    bucket: str
    sort: str


class CaseSummary(Frozen):
    """What is listed of a case; all of it follows from contract, directory and log.

    `holders` are the ids of the roles that have the case and the mark of the person who has it, if
    it was handed on to one; `readers` are everybody else who may open it. `told` are the stages of
    limits that staff were reminded of, each as `functions.model.desk.stages` names it.
    `next_due` is when the sweep must look at the case again; None if never. `calendar` is the
    digest of the calendar that its dates were counted on. `head` is the link of its last act.
    `contract` is the digest of the one that it was filed under.

    `involved` are the filer's words on who is involved, and `recused` the marks of people who are
    kept from the case: a list leaves it out for them, also if they joined the staff later.
    `handed_to` is the mark of the person to whom it was handed on last, if they do not have it.
    `consents` are those that what was proposed waits for.
    """

    reference: str
    organisation: str
    kind: KindId
    category: str | None
    level: str | None
    state: CaseState
    waiting: bool
    received_at: datetime
    answered_at: datetime | None
    holders: tuple[str, ...]
    readers: tuple[str, ...]
    limits: tuple[DueLimit, ...]
    told: tuple[str, ...] = ()
    next_due: datetime | None = None
    calendar: str | None = None
    head: str = ""
    contract: str = ""
    involved: str = ""
    recused: tuple[str, ...] = ()
    handed_to: str | None = None
    consents: tuple[DueConsent, ...] = ()

    @property
    def bucket(self) -> Bucket:
        """The part of a list that it is in."""
        if self.state in OVER:
            return "over"
        if self.state == "answered":
            return "answered"
        return "waiting" if self.waiting else "open"

    def awaits(self, roles: Container[str], marks: Container[str]) -> bool:
        """Whether it waits for the consent of a person: nobody consents to what they proposed."""
        return any(
            consent.role in roles and consent.proposed_by not in marks for consent in self.consents
        )

    @property
    def is_still_due(self) -> bool:
        """Whether staff must act although there is an answer, such as carry it out in time."""
        return self.bucket == "answered" and bool(self.limits)

    @property
    def due(self) -> datetime | None:
        """When the first of its limits ends."""
        return min((limit.due for limit in self.limits), default=None)

    @property
    def sort(self) -> str:
        """Its place in a list: while it is open by when the first limit ends, then by the answer.

        The moment of receipt follows, so that hardly two cases have the same place.
        """
        if self.bucket in ("open", "waiting"):
            return self.due_sort
        return f"{sort_key(self.answered_at or self.received_at)} {sort_key(self.received_at)}"

    @property
    def due_sort(self) -> str:
        """Its place in a list by when the first limit ends, whether or not there is an answer."""
        return f"{sort_key(self.due)} {sort_key(self.received_at)}"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lists that it stands in: of the organisation, of each holder, and of each role that
        must consent.
        """
        return tuple(self._list_entries())

    def _list_entries(self) -> Iterator[Entry]:
        yield Entry(holder=ALL, bucket=FILED, sort=sort_key(self.received_at))
        consenting = tuple(dict.fromkeys(consent.role for consent in self.consents))
        for holder in dict.fromkeys((ALL, *self.holders, *consenting)):
            yield Entry(holder=holder, bucket=self.bucket, sort=self.sort)
            if self.is_still_due:
                yield Entry(holder=holder, bucket="open", sort=self.due_sort)
        for role in consenting:
            yield Entry(holder=role, bucket=CONSENT, sort=self.due_sort)
        if self.handed_to is not None:
            yield Entry(holder=self.handed_to, bucket=FORMER, sort=sort_key(self.received_at))


def sort_key(moment: datetime | None) -> str:
    """A moment as text that sorts by time; None sorts last."""
    if moment is None:
        return _NEVER
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
