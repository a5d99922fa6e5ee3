"""Defines a finding: one problem that must be corrected before a policy can be published."""

from pathlib import Path
from typing import Literal

from functions.model.frozen import Frozen
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.file_names import CALENDAR_FOLDER, OPERATOR_FILE, PUBLISHED_FILE

FindingCode = Literal[
    "draft",
    "fact-proposed",
    "value-missing",
    "file-missing",
    "file-encoding",
    "too-long",
    "base-unknown",
    "version-repeated",
    "published-changed",
    "published-missing",
    "yaml-syntax",
    "yaml-duplicate",
    "unknown-key",
    "missing-key",
    "wrong-value",
    "language-unknown",
    "id-mismatch",
    "id-repeated",
    "id-taken",
    "prefix-taken",
    "reference-unknown",
    "reference-circle",
    "clause-unknown",
    "clause-repeated",
    "limit-not-in-text",
    "duration-unclaimed",
    "contact-not-in-text",
    "contact-unclaimed",
    "number-not-in-text",
    "number-unclaimed",
    "role-not-in-text",
    "kind-not-in-text",
    "words-not-in-text",
    "negation-differs",
    "duration-not-in-text",
    "start-not-in-text",
    "start-unstated",
    "start-ambiguous",
    "start-lacks-event",
    "party-not-in-text",
    "party-of-role",
    "role-differs",
    "marker-not-in-text",
    "marker-unclaimed",
    "suspension-not-in-text",
    "suspension-unclaimed",
    "representative-differs",
    "representative-unclaimed",
    "condition-unclaimed",
    "level-not-in-text",
    "level-unclaimed",
    "channel-not-in-text",
    "channel-unclaimed",
    "formality-not-in-text",
    "formality-unclaimed",
    "review-not-in-text",
    "review-unclaimed",
    "review-side",
    "filer-unclaimed",
    "route-not-in-text",
    "route-unclaimed",
    "approval-unclaimed",
    "kind-unclaimed",
    "filer-missing",
    "route-repeated",
    "listed-unclaimed",
    "calendar-wrong",
    "standard-for-staff",
    "colour-contrast",
    "logo-wrong",
    "translation-clauses",
    "translation-numbers",
    "staff-repeated",
    "staff-public",
    "reply-wrong",
    "reply-not-in-text",
    "role-vacant",
    "approver-alone",
]


class Finding(Frozen):
    """Where a problem is, what is wrong, and what to do.

    `line` and `column` count from 1; `field` is the path in the YAML; `clause` is the id of the
    clause concerned.
    """

    code: FindingCode
    file: Path
    line: int
    column: int
    field: str | None = None
    clause: str | None = None
    message: Bilingual
    remedy: Bilingual

    def in_language(self, language: AuthorLanguage) -> dict[str, object]:
        """The finding for JSON, its message and remedy in that language."""
        words = {"message": self.message.words(language), "remedy": self.remedy.words(language)}
        return self.model_dump(mode="json") | words

    @property
    def organisation(self) -> str:
        """The name of the organisation's folder that contains the file."""
        folder = self.file.parent
        return folder.parent.parent.name if folder.parent.name == "revisions" else folder.name

    @property
    def is_of_site(self) -> bool:
        """Whether the file lies beside the policies or is a calendar: it is no organisation's."""
        name, folder = self.file.name, self.file.parent.name
        return name in (OPERATOR_FILE, PUBLISHED_FILE) or folder == CALENDAR_FOLDER
