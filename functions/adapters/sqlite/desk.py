"""Lists cases for the desk in SQLite, with who looked and whose access was revoked."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.outbox import SqliteOutbox
from functions.adapters.sqlite.rows import ID
from functions.cases.ports.desk_store import AccessEntry, Page, Total
from functions.model.desk.summary import CaseSummary

_NONE_UNLISTED = "unlisted"
"""The name in `about` that says that every case has a summary."""


class SqliteDesk(SqliteOutbox):
    """The lists of the store in SQLite; see DeskStore."""

    def summary(self, reference: str) -> CaseSummary | None:
        """See DeskStore."""
        rows = self._database.read(
            f"SELECT content FROM summaries WHERE case_id = {ID} AND content IS NOT NULL", reference
        )
        return self._codec.read_summary(rows[0][0], reference) if rows else None

    def summarise(self, summary: CaseSummary) -> bool:
        """See DeskStore."""

        def work(db: sqlite3.Connection) -> bool:
            if self._rows.read_case(db, summary.reference) is None:
                return False
            row = db.execute(
                f"SELECT head FROM summaries WHERE case_id = {ID}", (summary.reference,)
            ).fetchone()
            if row is not None and row[0] != summary.head:
                return False
            replace_summary(db, summary, self._codec)
            return True

        return self._database.write(work)

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
        """See DeskStore."""
        order, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
        last, _, last_id = (after or "").rpartition("|")
        behind = f"AND (sort, case_id) {beyond} (?, ?)" if after else ""
        rows = self._database.read(
            f"""SELECT sort, case_id, reference, summaries.content FROM listed
            JOIN cases ON cases.id = case_id JOIN summaries USING (case_id)
            WHERE organisation = ? AND holder = ? AND bucket = ? AND sort >= ? AND sort < ?
            {behind} ORDER BY sort {order}, case_id {order} LIMIT ?""",
            *(organisation, holder, bucket, since, until),
            *((last, int(last_id)) if after else ()),
            most + 1,
        )
        found = tuple(
            self._codec.read_summary(content, reference) for _, _, reference, content in rows[:most]
        )
        more = f"{rows[most - 1][0]}|{rows[most - 1][1]}" if len(rows) > most else None
        return Page(found, more)

    def counted(
        self, organisation: str, holder: str, bucket: str, since: str, until: str, most: int
    ) -> int:
        """See DeskStore."""
        ((count,),) = self._database.read(
            """SELECT count(*) FROM (SELECT 1 FROM listed WHERE organisation = ? AND holder = ?
            AND bucket = ? AND sort >= ? AND sort < ? LIMIT ?)""",
            *(organisation, holder, bucket, since, until, most),
        )
        return int(count)

    def due_cases(self, now: datetime, most: int) -> tuple[str, ...]:
        """See DeskStore."""
        rows = self._database.read(
            """SELECT reference FROM summaries JOIN cases ON cases.id = case_id
            WHERE next_due <= ? ORDER BY next_due LIMIT ?""",
            stamp(now),
            most,
        )
        return tuple(reference for (reference,) in rows)

    def references_of(self, found_by: str) -> tuple[str, ...]:
        """See DeskStore."""
        rows = self._database.read(
            "SELECT reference FROM found_by JOIN cases ON cases.id = case_id WHERE key = ?",
            found_by,
        )
        return tuple(reference for (reference,) in rows)

    def find_by(self, reference: str, found_by: tuple[str, ...]) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.executemany(
                "INSERT OR IGNORE INTO found_by SELECT ?, id FROM cases WHERE reference = ?",
                [(key, reference) for key in found_by],
            )
        )

    def unlisted(self, most: int) -> tuple[str, ...]:
        """See DeskStore."""
        if self._database.read("SELECT 1 FROM about WHERE name = ?", _NONE_UNLISTED):
            return ()
        rows = self._database.read(
            """SELECT reference FROM cases LEFT JOIN summaries ON case_id = cases.id
            WHERE case_id IS NULL LIMIT ?""",
            most,
        )
        if not rows:
            self._database.write(
                lambda db: db.execute("INSERT INTO about VALUES (?, '')", (_NONE_UNLISTED,))
            )
        return tuple(reference for (reference,) in rows)

    def note_look(self, reference: str, look: AccessEntry) -> None:
        """See DeskStore."""
        content = self._codec.look(look, reference)
        self._database.write(
            lambda db: db.execute(
                "INSERT INTO looks (case_id, content) SELECT id, ? FROM cases WHERE reference = ?",
                (content, reference),
            )
        )

    def looks(self, reference: str) -> tuple[AccessEntry, ...]:
        """See DeskStore."""
        rows = self._database.read(
            f"SELECT content FROM looks WHERE case_id = {ID} ORDER BY id", reference
        )
        return tuple(self._codec.read_look(content, reference) for (content,) in rows)

    def revoke(self, organisation: str, mark: str, at: datetime) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO revoked VALUES (?, ?, ?)", (organisation, mark, stamp(at))
            )
        )

    def restore(self, organisation: str, mark: str) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.execute(
                "DELETE FROM revoked WHERE organisation = ? AND mark = ?", (organisation, mark)
            )
        )

    def is_revoked(self, organisation: str, mark: str) -> bool:
        """See DeskStore."""
        rows = self._database.read(
            "SELECT 1 FROM revoked WHERE organisation = ? AND mark = ?", organisation, mark
        )
        return bool(rows)

    def keep_total(self, total: Total) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO totals VALUES (?, ?, ?)",
                (total.organisation, total.period, total.content),
            )
        )

    def totals(self, organisation: str, since: str = "", until: str = "~") -> Iterator[Total]:
        """See DeskStore."""
        rows = self._database.read(
            """SELECT period, content FROM totals
            WHERE organisation = ? AND period >= ? AND period < ? ORDER BY period""",
            *(organisation, since, until),
        )
        for period, content in rows:
            yield Total(organisation=organisation, period=period, content=content)


def due_at_once(db: sqlite3.Connection, reference: str, at: datetime) -> None:
    """Makes a new case due for the sweep; the caller provides the transaction."""
    db.execute(
        f"INSERT INTO summaries VALUES ({ID}, NULL, '', ?)",
        (reference, stamp(at)),
    )


def make_due(db: sqlite3.Connection, reference: str, at: datetime, head: str) -> None:
    """Makes a case due for the sweep after an act; the caller provides the transaction."""
    db.execute(
        f"""INSERT INTO summaries VALUES ({ID}, NULL, ?, ?) ON CONFLICT DO UPDATE
        SET head = excluded.head, next_due = excluded.next_due""",
        (reference, head, stamp(at)),
    )


def replace_summary(db: sqlite3.Connection, summary: CaseSummary, codec: Codec) -> None:
    """Replaces the summary and the places in lists; the caller provides the transaction."""
    reference, next_due = summary.reference, summary.next_due
    db.execute(
        f"INSERT OR REPLACE INTO summaries VALUES ({ID}, ?, ?, ?)",
        (reference, codec.summary(summary), summary.head, stamp(next_due) if next_due else None),
    )
    db.execute(f"DELETE FROM listed WHERE case_id = {ID}", (reference,))
    db.executemany(
        f"INSERT INTO listed VALUES (?, ?, ?, ?, {ID})",
        [
            (summary.organisation, entry.holder, entry.bucket, entry.sort, reference)
            for entry in summary.entries
        ],
    )
