"""The port for the desk: lists of cases, what is due, who looked, whose access was revoked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from functions.model.desk.summary import CaseSummary
from functions.model.frozen import Frozen

_PAGE = 200


class AccessEntry(Frozen):
    """That somebody of staff opened a case; `what` is the page or the id of the file.

    `person` is their name, or the mailbox whose link was opened, and `mark` stands for either.
    """

    at: datetime
    mark: str
    person: str
    what: str


class Total(Frozen):
    """What is counted of cases and outlives them; `content` is JSON without words or persons.

    `period` is a month, a part of a day, or a name. The store encrypts the content.
    """

    organisation: str
    period: str
    content: str


@dataclass(frozen=True)
class Page:
    """Some summaries in the order of a list; `after` continues behind them, None at the end."""

    found: tuple[CaseSummary, ...]
    after: str | None


class DeskStore(Protocol):
    """What the desk needs of a store; no method reads more than it returns.

    Each method raises StoreUnavailable if a retry may help, else StoreError.
    """

    def summary(self, reference: str) -> CaseSummary | None:
        """The stored summary of a case; None if there is none yet, or the case is gone."""

    def summarise(self, summary: CaseSummary) -> bool:
        """Replaces the summary of a case and its places in lists, in one transaction.

        False, and nothing changes, if the last act of the case is not the one whose link is
        `summary.head`, if it lacks a stage that the stored one was told of, or if the case is gone.
        """

    def listed(
        self,
        organisation: str,
        holder: str,
        bucket: str,
        *,
        since: str = "",
        until: str = "~",
        after: str | None = None,
        most: int = 50,
        newest_first: bool = False,
    ) -> Page:
        """Cases in one list whose `sort` is from `since` to before `until`, in that order.

        A page may have fewer than `most` although others follow. An `after` that no page gave
        raises no error.
        """

    def counted(
        self, organisation: str, holder: str, bucket: str, since: str, until: str, most: int
    ) -> int:
        """How many there are, but at most `most`."""

    def due_cases(self, now: datetime, most: int) -> tuple[str, ...]:
        """References of cases whose `next_due` is not after `now`, the earliest first."""

    def put_off(self, reference: str, until: datetime | None) -> None:
        """Makes a case due for the sweep at `until`, or never again, whatever its summary says.

        Its next act or summary makes it due anew. A case without a summary is no longer `unlisted`.
        """

    def remembered(self, name: str) -> str | None:
        """What an earlier sweep noted under that name; None if nothing."""

    def remember(self, name: str, content: str) -> None:
        """Notes something for later sweeps, in place of what the name stood for."""

    def references_of(self, found_by: str) -> tuple[str, ...]:
        """References of all cases that this keyed hash finds, whosever they are."""

    def find_by(self, reference: str, found_by: tuple[str, ...]) -> None:
        """Replaces the keyed hashes by which a case is found; they go with the case.

        Nothing is stored of a case that is gone.
        """

    def unlisted(self, most: int) -> tuple[str, ...]:
        """Up to `most` cases of earlier releases, which have no summary, each once; () at the end.

        From now on they are due: the caller makes the summary, else the sweep does. All calls
        together read the store once; at the end it remembers that and reads no more.
        """

    def note_look(self, reference: str, look: AccessEntry) -> None:
        """Adds to the access log of a case, which goes with the case."""

    def looks(self, reference: str) -> tuple[AccessEntry, ...]:
        """The access log of a case, oldest first."""

    def revoke(self, organisation: str, mark: str, at: datetime) -> None:
        """Revokes the access of a member of staff from now on, whatever the directory says."""

    def restore(self, organisation: str, mark: str) -> None:
        """Takes a revocation back."""

    def is_revoked(self, organisation: str, mark: str) -> bool:
        """Whether the access was revoked."""

    def revoked(self, organisation: str) -> frozenset[str]:
        """The marks of all whose access was revoked."""

    def keep_total(self, total: Total) -> None:
        """Stores a count, in place of an earlier one of the same organisation and period."""

    def totals(self, organisation: str, since: str = "", until: str = "~") -> Iterator[Total]:
        """The counts of an organisation for periods from `since` to before `until`, in order."""


def all_listed(
    lists: DeskStore, organisation: str, holder: str, bucket: str, since: str = "", until: str = "~"
) -> Iterator[CaseSummary]:
    """Every case in one list of the store, as `DeskStore.listed` gives them page by page.

    Raises StoreError.
    """
    after: str | None = None
    while True:
        page = lists.listed(
            organisation, holder, bucket, since=since, until=until, after=after, most=_PAGE
        )
        yield from page.found
        after = page.after
        if after is None:
            return
