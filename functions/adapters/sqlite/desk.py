"""Lists cases for the desk in SQLite, with who looked and whose access was revoked."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from functions.adapters.encryption.codec import ERASED, Codec
from functions.adapters.encryption.moments import stamp
from functions.adapters.sqlite.outbox import SqliteOutbox
from functions.adapters.sqlite.rows import ID, KEPT_ID
from functions.cases.ports.desk_store import AccessEntry, Page, Total
from functions.model.desk.summary import CaseSummary

_UNLISTED, _DONE = "unlisted", "done"
"""The row of `about` that says which cases `unlisted` has passed: the number of the last one, or
that it has passed them all."""

_LONGEST_ID = 18
"""Digits of a number that SQLite surely takes."""

_NOTED = "sweep:"
"""Begins the names in `about` of what the sweep noted."""


class SqliteDesk(SqliteOutbox):
    """The lists of the store in SQLite; see DeskStore."""

    def summary(self, reference: str) -> CaseSummary | None:
        """See DeskStore."""
        rows = self._database.read(
            """SELECT summaries.content FROM summaries JOIN cases ON cases.id = case_id
            WHERE reference = ? AND summaries.content IS NOT NULL AND retained_until > ?""",
            reference,
            stamp(self._codec.now()),
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
            if forgets(db, summary, self._codec):
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
        last, last_id = _read_after(after or "")
        behind = f"AND (sort, case_id) {beyond} (?, ?)" if after else ""
        rows = self._database.read(
            f"""SELECT sort, case_id, reference, summaries.content FROM listed
            JOIN cases ON cases.id = case_id JOIN summaries USING (case_id)
            WHERE organisation = ? AND holder = ? AND bucket = ? AND sort >= ? AND sort < ?
            AND retained_until > ? {behind} ORDER BY sort {order}, case_id {order} LIMIT ?""",
            *(organisation, holder, bucket, since, until, stamp(self._codec.now())),
            *((last, last_id) if after else ()),
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

    def put_off(self, reference: str, until: datetime | None) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.execute(
                """INSERT INTO summaries SELECT id, NULL, '', ? FROM cases WHERE reference = ?
                ON CONFLICT DO UPDATE SET next_due = excluded.next_due""",
                (stamp(until) if until else None, reference),
            )
        )

    def remembered(self, name: str) -> str | None:
        """See DeskStore."""
        rows = self._database.read("SELECT content FROM about WHERE name = ?", _NOTED + name)
        return rows[0][0] if rows else None

    def remember(self, name: str, content: str) -> None:
        """See DeskStore."""
        self._database.write(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO about VALUES (?, ?)", (_NOTED + name, content)
            )
        )

    def references_of(self, found_by: str) -> tuple[str, ...]:
        """See DeskStore."""
        rows = self._database.read(
            "SELECT reference FROM found_by JOIN cases ON cases.id = case_id WHERE key = ?",
            found_by,
        )
        return tuple(reference for (reference,) in rows)

    def find_by(self, reference: str, found_by: tuple[str, ...]) -> None:
        """See DeskStore. Nothing is written if nothing changes."""
        stored = self._database.read(f"SELECT key FROM found_by WHERE case_id = {ID}", reference)
        if {key for (key,) in stored} == set(found_by):
            return

        def work(db: sqlite3.Connection) -> None:
            db.execute(f"DELETE FROM found_by WHERE case_id = {ID}", (reference,))
            db.executemany(
                f"INSERT INTO found_by SELECT ?, {KEPT_ID} AS kept WHERE kept IS NOT NULL",
                [(key, reference) for key in dict.fromkeys(found_by)],
            )

        self._database.write(work)

    def unlisted(self, most: int) -> tuple[str, ...]:
        """See DeskStore. The number of the last case that was seen is kept in the store."""
        rows = self._database.read("SELECT content FROM about WHERE name = ?", _UNLISTED)
        if rows and rows[0][0] == _DONE:
            return ()
        now = stamp(self._codec.now())

        def work(db: sqlite3.Connection) -> list[tuple[int, str]]:
            rows = db.execute("SELECT content FROM about WHERE name = ?", (_UNLISTED,)).fetchall()
            found = db.execute(
                """SELECT cases.id, reference FROM cases LEFT JOIN summaries ON case_id = cases.id
                WHERE cases.id > ? AND case_id IS NULL AND instr(cases.content, ?) = 0
                ORDER BY cases.id LIMIT ?""",
                (int(rows[0][0]) if rows else 0, ERASED, most),
            ).fetchall()
            db.executemany(
                "INSERT INTO summaries VALUES (?, NULL, '', ?)", [(id_, now) for id_, _ in found]
            )
            seen = found[-1][0] if found else _DONE
            db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (_UNLISTED, str(seen)))
            return found

        return tuple(reference for _, reference in self._database.write(work))

    def note_look(self, reference: str, look: AccessEntry) -> None:
        """See DeskStore."""
        content = self._codec.look(look, reference)
        self._database.write(
            lambda db: db.execute(
                f"""INSERT INTO looks (case_id, content)
                SELECT {KEPT_ID} AS kept, ? WHERE kept IS NOT NULL""",
                (reference, content),
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

    def revoked(self, organisation: str) -> frozenset[str]:
        """See DeskStore."""
        rows = self._database.read("SELECT mark FROM revoked WHERE organisation = ?", organisation)
        return frozenset(mark for (mark,) in rows)

    def keep_total(self, total: Total) -> None:
        """See DeskStore."""
        row = (total.organisation, total.period, self._codec.total(total))
        self._database.write(
            lambda db: db.execute("INSERT OR REPLACE INTO totals VALUES (?, ?, ?)", row)
        )

    def totals(self, organisation: str, since: str = "", until: str = "~") -> Iterator[Total]:
        """See DeskStore."""
        rows = self._database.read(
            """SELECT period, content FROM totals
            WHERE organisation = ? AND period >= ? AND period < ? ORDER BY period""",
            *(organisation, since, until),
        )
        for period, content in rows:
            yield self._codec.read_total(organisation, period, content)


def _read_after(after: str) -> tuple[str, int]:
    """Reads the end of a page, from which the next one continues; takes any text."""
    sort, _, id_ = after.rpartition("|")
    return sort, int(id_) if id_.isascii() and id_.isdecimal() and len(id_) <= _LONGEST_ID else 0


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


def forgets(db: sqlite3.Connection, summary: CaseSummary, codec: Codec) -> bool:
    """Whether staff were told of a stage that a new summary lacks."""
    row = db.execute(
        f"SELECT content FROM summaries WHERE case_id = {ID}", (summary.reference,)
    ).fetchone()
    if row is None or row[0] is None:
        return False
    return not set(codec.read_summary(row[0], summary.reference).told) <= set(summary.told)


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
