"""An organisation's editions as they were read."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from functions.model.desk.staff import StaffMember
from functions.model.language import Language
from site_src.policy.clauses import Clause, RawLine
from site_src.policy.drafts.marks import MARKS, is_draft, without_keys
from site_src.policy.facts import PlacedFact, facts
from site_src.policy.folders import RENAMED, REVISIONS
from site_src.policy.model.policy import Policy
from site_src.policy.staff.reading import Roster
from site_src.policy.staff.replies import Reply
from site_src.policy.translation import Translation
from site_src.policy.yaml.document import Position, YamlDocument

_NO_PROMISE = MARKS | {
    *("standards", "acts", "logo", "colour", "sector", "mailbox", "closed", "statistics"),
    RENAMED,
}
"""Keys that may change in a published version."""


@dataclass(frozen=True)
class Edition:
    """One edition of a policy as read, with the place of every fact and clause."""

    folder: Path
    policy: Policy
    lines: tuple[RawLine, ...]
    clauses: tuple[Clause, ...]
    reading: YamlDocument
    translations: tuple[Translation, ...] = ()
    items: frozenset[str] = frozenset()

    def translation(self, language: Language) -> Translation | None:
        """The translation of the procedure into that language, or None."""
        return next((text for text in self.translations if text.language == language), None)

    @cached_property
    def facts(self) -> tuple[PlacedFact, ...]:
        """All facts with their places, in the order of the model."""
        return tuple(facts(self.policy))

    @cached_property
    def named(self) -> Mapping[tuple[str, str | None], list[PlacedFact]]:
        """The facts by their list and id."""
        named: defaultdict[tuple[str, str | None], list[PlacedFact]] = defaultdict(list)
        for placed in self.facts:
            named[(placed.list, placed.id)].append(placed)
        return named

    @property
    def is_draft(self) -> bool:
        """Whether it is never published: see `site_src.policy.drafts`."""
        return is_draft(self.reading.data)

    @property
    def procedure(self) -> str:
        """The whole procedure text."""
        return "\n".join(line.words for line in self.lines)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of what is published: any change of a fact or a word changes it.

        Blank lines and comments do not change it, nor do keys for the conformance report, looks
        and translations: they promise nothing. Mailboxes belong to no version, and an organisation
        that was renamed has its first id.
        """
        return self._digest_without(_NO_PROMISE)

    @property
    def earlier_digest(self) -> str:
        """The digest as releases before 0.2.0 recorded it, mailboxes included."""
        return self._digest_without(_NO_PROMISE - {"mailbox"})

    def _digest_without(self, keys: frozenset[str]) -> str:
        data = without_keys(self.reading.data, keys)
        facts = json.dumps(
            data | {"id": self.policy.recorded_id},
            ensure_ascii=False,
            sort_keys=True,
            default=str,
        )
        words = "\n".join(line.words.strip() for line in self.lines if line.words.strip())
        return sha256(f"{facts}\n{words}".encode()).hexdigest()

    def clause(self, id: str) -> Clause | None:
        """The clause with that id, or None."""
        return next((clause for clause in self.clauses if clause.id == id), None)

    def position(self, *place: str | int) -> Position:
        """The position of `place` in the YAML, or of the nearest known place around it."""
        return self.reading.nearest(place)


@dataclass(frozen=True)
class Editions:
    """An organisation's editions in the order in which they take effect, its staff and replies."""

    id: str
    editions: tuple[Edition, ...]
    roster: Roster | None = None
    replies: tuple[Reply, ...] = ()

    @property
    def staff(self) -> tuple[StaffMember, ...]:
        """The people who work on its cases, those whose last day has passed included."""
        return self.roster.members if self.roster else ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of today, then the earlier ones."""
        return tuple(dict.fromkeys((self.id, *self.renamed_from)))

    @property
    def renamed_from(self) -> tuple[str, ...]:
        """The earlier ids, the first one first."""
        newest = next(one for one in self.editions if one.folder.parent.name != REVISIONS)
        return newest.policy.renamed_from

    @property
    def recorded_id(self) -> str:
        """What cases, contracts, keys and figures call the organisation."""
        return (*self.renamed_from, self.id)[0]

    @property
    def is_draft(self) -> bool:
        """Whether any edition is a draft; then nothing of the organisation is published."""
        return any(edition.is_draft for edition in self.editions)

    @property
    def versions(self) -> frozenset[str]:
        """The names of all versions."""
        return frozenset(edition.policy.version for edition in self.editions)

    def in_force(self, today: date) -> Edition:
        """The latest edition in effect on `today`, or the first one if none is."""
        begun = [edition for edition in self.editions if edition.policy.effective_from <= today]
        return begun[-1] if begun else self.editions[0]

    def announced(self, today: date) -> tuple[Edition, ...]:
        """The editions that take effect after the one in force."""
        current = self.in_force(today)
        return self.editions[self.editions.index(current) + 1 :]
