"""Defines a finding: one problem that must be corrected before a policy can be published."""

from pathlib import Path
from typing import Literal

from functions.model.frozen import Frozen

FindingCode = Literal[
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
    "calendar-wrong",
    "standard-for-staff",
    "colour-contrast",
    "logo-wrong",
    "translation-clauses",
    "translation-numbers",
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
    message: str
    remedy: str

    @property
    def organisation(self) -> str:
        """The name of the organisation's folder that contains the file."""
        folder = self.file.parent
        return folder.parent.parent.name if folder.parent.name == "revisions" else folder.name
