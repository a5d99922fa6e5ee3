"""Adds events to cases in DynamoDB: an act together with what lists have of the case."""

from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.counters import quota_items, spent_quota, use_quotas
from functions.adapters.dynamodb.desk import TableDesk
from functions.adapters.dynamodb.desk_items import (
    NOT_ERASED,
    SUMMARY,
    Known,
    due_place,
    read_known,
)
from functions.adapters.dynamodb.items import case_key, epoch, event_item, once_item
from functions.cases.ports.case_store import Outpaced, Spent
from functions.cases.ports.counters import Quota
from functions.model.case import Case, CaseEvent
from functions.model.mail import OutboxMail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from functions.model.desk.summary import CaseSummary


class TableActs(TableDesk):
    """What staff and filers do, in the store in DynamoDB; see CaseStore."""

    def add_event(
        self,
        reference: str,
        event: CaseEvent,
        mails: tuple[OutboxMail, ...],
        key: str,
        due_at: datetime | None = None,
        quotas: tuple[Quota, ...] = (),
        previous: str | None = None,
        summary: "CaseSummary | None" = None,
    ) -> bool | Spent | Outpaced:
        """See CaseStore. Adds nothing to a case that is gone, or is erased meanwhile.

        Each try has a condition on the summary that the places in lists were read from. If only
        those changed meanwhile, it is tried again.
        """
        table, case = self._table, self.case(reference)
        if case is None:
            return False
        expires, mark = epoch(case.retained_until), token_hex(8)
        known = self.known(reference) if event.link else Known()
        if event.link and self._is_outpaced(known, previous, summary):
            repeated = table.get(case_key(reference), f"ONCE#{key}", "mark")
            return False if repeated or known.is_erased else Outpaced()
        while True:
            writes = (
                table.put_new(once_item(reference, key, mark, expires)),
                table.put(
                    event_item(
                        reference, event, key, expires, self._codec, known.acts + bool(event.link)
                    )
                ),
                *use_quotas(table, quotas),
                *self._desk_writes(case, event, known, summary, mark),
            )
            failed = self.write_and_owe(writes, mails, due_at or event.at, expires)
            if failed is None:
                return True
            if (earlier := failed.items[0]) is not None:
                return earlier["mark"]["S"] == mark
            of_desk = 2 + quota_items(quotas)
            if (spent := spent_quota(quotas, failed.items[2:of_desk])) is not None:
                return Spent(spent)
            is_gone = event.link and not known.revision and failed.refused[of_desk + 1]
            known = read_known(failed.items[of_desk])
            if known.is_erased or is_gone or not event.link:
                return False
            if self._is_outpaced(known, previous, summary):
                return Outpaced()

    def _is_outpaced(
        self, known: Known, previous: str | None, summary: "CaseSummary | None"
    ) -> bool:
        """Whether an act or a sweep came before an act that follows `previous`."""
        return known.head != previous or (summary is not None and self.is_refused(summary, known))

    def _desk_writes(
        self, case: Case, event: CaseEvent, known: Known, summary: "CaseSummary | None", mark: str
    ) -> "tuple[TransactWriteItemTypeDef, ...]":
        """Parts of a transaction: what an event changes for the desk, or that the case is kept.

        The first has the condition.
        """
        pk = case_key(case.reference)
        if not event.link:
            return (self._table.check(pk, SUMMARY, NOT_ERASED),)
        if summary is not None:
            return self.summary_writes(summary, case, known, known.acts + 1, mark)
        return (self._due_write(case, event, known, mark), *self.first_writes(case, known))

    def _due_write(
        self, case: Case, event: CaseEvent, known: Known, revision: str
    ) -> "TransactWriteItemTypeDef":
        """Returns part of a transaction: after this act the case is due at once, if `known` is what
        is stored.
        """
        return self._table.change(
            case_key(case.reference),
            SUMMARY,
            "SET head = :head, acts = :acts, revision = :revision, listed = :listed, sort = :sort, "
            "expires = :ends",
            known.condition,
            head=event.link,
            acts=known.acts + 1,
            revision=revision,
            ends=epoch(case.retained_until),
            **due_place(case.reference, event.at),
            **known.seen,
        )
