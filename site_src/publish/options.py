"""What somebody asks to publish, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from site_src.progress import ShowProgress, show_nothing

if TYPE_CHECKING:
    from site_src.authoring.difference import Change
    from site_src.bilingual import AuthorLanguage
    from site_src.policy.finding import Finding
    from site_src.publish.record.record import PublishedRecord
    from site_src.receipts.keys import PublishedKeys

Scope = Literal["whole", "part", "local"]
"""Which organisations: all or none; those without findings; drafts as well."""


@dataclass(frozen=True)
class PublishOptions:
    """A checkout, the day and the address for which it is published, and how.

    `source` names the checkout among those that publish into one site, `by` says who publishes.
    `statistics` is the folder of exported figures; without `keys`, those of the checkout are
    published. A `mirror` follows the checkout, whatever it lacks: the folder of a build. Else the
    target says what is published, but for the organisations to be `removed`, the inputs whose
    earlier state is `taken_back` on purpose, and what is `claimed` from other sources. `progress`
    is told of each organisation and file.
    """

    policies: Path
    day: date
    site_url: str
    source: str = ""
    by: str = ""
    statistics: Path | None = None
    keys: "PublishedKeys | None" = None
    scope: Scope = "whole"
    mirror: bool = False
    removed: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    language: "AuthorLanguage" = "en"
    progress: ShowProgress = field(default=show_nothing, compare=False, repr=False)


@dataclass(frozen=True)
class Publication:
    """What a publication writes and removes, in order, and what changes for the public.

    `findings` are all that were found, and `left_out` those of each organisation that stays as it
    was because of them. `adopted` is how many organisations of an earlier release were taken into
    the record, None if there was one. `record` is what is published afterwards, `digests` has the
    digest of each file that is written.
    """

    record: "PublishedRecord"
    files: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    changes: "tuple[Change, ...]" = ()
    findings: "tuple[Finding, ...]" = ()
    left_out: "Mapping[str, tuple[Finding, ...]]" = field(default_factory=dict)
    adopted: int | None = None

    @property
    def is_anything(self) -> bool:
        """Whether any file is written or removed."""
        return bool(self.files or self.gone)
