"""Builds and reads the items by which the desk lists and finds cases, and their keys."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from json import dumps, loads
from typing import TYPE_CHECKING

from functions.adapters.dynamodb.items import case_key, epoch, item, shard_key, shard_of
from functions.adapters.encryption.codec import Codec
from functions.adapters.encryption.moments import stamp

if TYPE_CHECKING:
    from functions.adapters.dynamodb.items import Item
    from functions.cases.ports.desk_store import AccessEntry, Total
    from functions.model.desk.summary import CaseSummary, Entry

    Slots = dict[str, Entry]
    """The places of a case in lists, by the `sk` of their items."""

LISTED = "listed-sort"
"""The sparse index of places in lists, hashes that find a case, cases that are due, and ends of
retention."""

SUMMARY = "SUMMARY"
"""The `sk` of what the desk knows of a case. It is there from the first summary or act on and stays
when the case is erased: whatever adds to a case has a condition on it. Until then the item of the
case is itself in the list of what is due."""

ENDS = "ENDS"
"""The `sk` of the item that lists when the retention of a case is over."""

DUE = "DUE"
"""The list of cases that are due. It is one, so that a sweep asks one question: DynamoDB takes a
thousand changes of it a second, three for each new case (docs/decisions/0091-few-requests.md)."""

PLACE, FOUND, LOOK = "LISTED#", "FOUND#", "LOOK#"
"""What the `sk` begins with of a place in a list, a hash that finds the case, and a look at it."""

TOTAL = "TOTAL#"
"""What the `pk` of a count begins with."""

SWEEP = "SWEEP"
"""The `pk` of what a sweep noted for later ones."""

BEFORE_ALL = " "
"""Sorts before any text: DynamoDB takes no empty one."""

_LONGEST_TIDYING = timedelta(days=30)
"""How long after its end a case is listed as over, so that its files are removed although DynamoDB
may delete everything else of it first."""


@dataclass(frozen=True)
class Known:
    """What is stored of a case for the desk.

    `head` is the link of the last of its `acts`, `content` the encrypted summary, or "". `revision`
    changes with every change, so that none is based on another state than was read; "" if nothing
    is stored, for a new case or one of an earlier release.
    """

    head: str = ""
    acts: int = 0
    revision: str = ""
    places: "Slots" = field(default_factory=dict)
    content: str = ""
    is_erased: bool = False

    @property
    def condition(self) -> str:
        """Holds while this is what is stored; `:seen` stands for the revision."""
        return "revision = :seen" if self.revision else "attribute_not_exists(pk)"

    @property
    def seen(self) -> dict[str, str]:
        """The value that the condition needs."""
        return {"seen": self.revision} if self.revision else {}


NOT_ERASED = "attribute_not_exists(erased)"
"""Holds for the `SUMMARY` of a case, or for none, unless the case is erased."""


def read_known(stored: "Item | None") -> Known:
    """Reads the item `SUMMARY`."""
    if stored is None:
        return Known()
    from functions.model.desk.summary import Entry

    return Known(
        head=stored["head"]["S"],
        acts=int(stored["acts"]["N"]),
        revision=stored["revision"]["S"],
        places={
            slot: Entry(holder=holder, bucket=bucket, sort=sort)
            for slot, holder, bucket, sort in loads(stored.get("places", {"S": "[]"})["S"])
        },
        content=stored.get("content", {"S": ""})["S"],
        is_erased="erased" in stored,
    )


def new_item(reference: str, due_at: datetime, expires: int, revision: str) -> "Item":
    """Returns the item of a case that nobody has summarised; `listed` and `sort` list it as due."""
    place = due_place(reference, due_at)
    return _summary(reference, "", 0, expires, revision) | item(**place)


def erased_item(reference: str, expires: int, revision: str) -> "Item":
    """Returns the item of an erased case, to which nothing is added any more."""
    return _summary(reference, "", 0, expires, revision) | item(erased=1)


def summary_item(
    summary: "CaseSummary",
    places: "Slots",
    acts: int,
    due_at: datetime | None,
    expires: int,
    revision: str,
    codec: Codec,
) -> "Item":
    """Returns the item of a summary after that many acts, with the places of the case in lists."""
    reference = summary.reference
    rows = [[slot, e.holder, e.bucket, e.sort] for slot, e in places.items()]
    return _summary(reference, summary.head, acts, expires, revision) | item(
        content=codec.summary(summary),
        places=dumps(rows, separators=(",", ":")),
        **(due_place(reference, due_at) if due_at else {}),
    )


def slots(entries: "tuple[Entry, ...]") -> "Slots":
    """Numbers the places of each holder, so that a case that moves on rewrites few items."""
    numbers: Counter[str] = Counter()
    found: Slots = {}
    for entry in entries:
        found[f"{PLACE}{entry.holder}#{numbers[entry.holder]}"] = entry
        numbers[entry.holder] += 1
    return found


def next_places(before: "Slots", after: "Slots", most: int) -> "Slots":
    """Returns the places after at most `most` of the changes that lead from one to the other."""
    changed = [slot for slot in before | after if before.get(slot) != after.get(slot)][:most]
    kept = {slot: entry for slot, entry in before.items() if slot not in changed}
    return kept | {slot: after[slot] for slot in changed if slot in after}


def place_item(
    reference: str, slot: str, organisation: str, entry: "Entry | None", expires: int
) -> "Item":
    """Returns the item of a place in a list of an organisation.

    The attributes `listed` and `sort` put it into the index of lists. Without an entry it leaves
    the index and the item stays: so no function that adds to a case needs the right to delete.
    """
    found = item(pk=case_key(reference), sk=slot, expires=expires)
    if entry is None:
        return found
    listed = list_key(organisation, entry.holder, entry.bucket)
    return found | item(listed=listed, sort=f"{entry.sort}#{reference}")


def list_key(organisation: str, holder: str, bucket: str) -> str:
    """Returns the index key of a list."""
    return f"LIST#{organisation}#{holder}#{bucket}"


def found_key(hash_: str) -> str:
    """Returns the index key of the cases that this keyed hash finds; also the `sk` of its item."""
    return f"{FOUND}{hash_}"


def found_item(reference: str, key: str, expires: int) -> "Item":
    """Returns the item by which a keyed hash finds a case, in the index of lists."""
    return item(pk=case_key(reference), sk=key, listed=key, sort=reference, expires=expires)


def end_item(reference: str, retained_until: datetime) -> "Item":
    """Returns the item by which a case is found when its retention is over, in the same index."""
    return item(
        pk=case_key(reference),
        sk=ENDS,
        listed=shard_key(ENDS, shard_of(reference)),
        sort=f"{stamp(retained_until)}#{reference}",
        expires=epoch(retained_until + _LONGEST_TIDYING),
    )


def look_item(reference: str, look: "AccessEntry", id_: str, expires: int, codec: Codec) -> "Item":
    """Returns the item of an entry of the access log; `id_` distinguishes those of a moment."""
    return item(
        pk=case_key(reference),
        sk=f"{LOOK}{stamp(look.at)}#{id_}",
        content=codec.look(look, reference),
        expires=expires,
    )


def staff_key(organisation: str) -> str:
    """Returns the `pk` of the revocations of an organisation."""
    return f"STAFF#{organisation}"


def total_key(organisation: str) -> str:
    """Returns the `pk` of the counts of an organisation."""
    return f"{TOTAL}{organisation}"


def total_item(total: "Total", codec: Codec) -> "Item":
    """Returns the item of a count, which stays for good."""
    return item(pk=total_key(total.organisation), sk=total.period, content=codec.total(total))


def reference_of(stored: "Item") -> str:
    """Returns the reference of the case that an item belongs to."""
    return stored["pk"]["S"].removeprefix(case_key(""))


def due_place(reference: str, at: datetime) -> dict[str, str]:
    """Returns the place of a case that is due, in the index of lists."""
    return {"listed": DUE, "sort": f"{stamp(at)}#{reference}"}


def by(moment: datetime) -> str:
    """Returns what sorts behind everything that is due or ends by this moment."""
    return f"{stamp(moment)}~"


def _summary(reference: str, head: str, acts: int, expires: int, revision: str) -> "Item":
    return item(
        pk=case_key(reference),
        sk=SUMMARY,
        head=head,
        acts=acts,
        revision=revision,
        expires=expires,
    )
