"""Defines the errors that `build.py` reports about its input.

SiteError
├── UnknownOrganisation   policies/ has no folder with that name
├── PoliciesRejected      at least one policy has findings; nothing was written
├── NothingToCompare      there is no other version or published site to compare with
│   └── SiteUnreachable   the published site does not answer, or may not be read
├── VersionTaken          the version is already archived
├── UnknownVersion        no archived version has that name
├── NothingRevised        the open version has no changes yet
├── DeployRunning         another deploy holds the lock
├── TargetAhead           the target has published what this checkout lacks; nothing was written
├── PlanOutdated          a plan would not do what it says any more; nothing was written
├── RemovalRefused        an organisation cannot be taken off the site; nothing was written
├── WrongTarget           the options of `deploy` do not name a usable target
├── NoSiteUrl             the site's public address is missing or invalid
├── PaperUnavailable      this machine lacks the libraries or fonts for PDFs
├── OrganisationExists    a policy with that name already exists
├── AnswerRefused         an answer to `new` is invalid; nothing was written
├── DocumentRefused       a document cannot be imported; site_src/importing/errors.py says why
├── CaseUnknown           no case has that reference
├── ExampleFailed         an example of a component cannot be read or rendered
├── KeysUnreadable        the keys of receipts, secret or published, cannot be read
├── NoReceipt             the file given to `verify` contains no receipt
├── StatisticsUnreadable  the exported figures of an organisation cannot be read
├── RecordsUnreadable     the store of cases cannot be opened or read
├── NothingToServe        the policies cannot be built, and there is no site of before
└── NotASite              the output folder contains something else; nothing was written
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_src.policy.finding import Finding


class SiteError(Exception):
    """The base of every error that the build raises on purpose."""


class UnknownOrganisation(SiteError):
    """policies/ has no folder with that name; the message lists the folders."""


class PoliciesRejected(SiteError):
    """At least one policy has findings; `findings` has all of them."""

    def __init__(self, findings: "tuple[Finding, ...]") -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class NothingToCompare(SiteError):
    """There is no earlier version, or the published site is missing or unreadable."""


class SiteUnreachable(NothingToCompare):
    """The published site does not answer, or may not be read; the message has the answer."""


class VersionTaken(SiteError):
    """`revise` would archive a version that is already archived."""


class UnknownVersion(SiteError):
    """No archived version has that name; the message lists those that there are."""


class NothingRevised(SiteError):
    """`revise` would archive a version that says the same as an archived one."""


class StatisticsUnreadable(SiteError):
    """The exported figures of an organisation are damaged, or another organisation's."""


class NotASite(SiteError):
    """The output folder contains files but is not a site of an earlier build."""


class NothingToServe(SiteError):
    """The policies cannot be built, and the folder of the site has none of before."""


class CaseUnknown(SiteError):
    """No case has that reference."""


class KeysUnreadable(SiteError):
    """OMBUD_KEY, or a file of published keys, is missing or invalid."""


class RecordsUnreadable(SiteError):
    """The store of cases cannot be opened or read; the message says what to set or do."""


class NoReceipt(SiteError):
    """The file contains no proof or a damaged one; the message says what is missing."""


class OrganisationExists(SiteError):
    """`new` was given the name of an organisation that already has a folder."""


class AnswerRefused(SiteError):
    """An answer to `new` is invalid; the message says what to enter."""


class DeployRunning(SiteError):
    """Another deploy holds the target's lock."""


class TargetAhead(SiteError):
    """The target has published what this checkout lacks; `reasons` has a sentence for each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class PlanOutdated(SiteError):
    """A plan would not do what it says; `reasons` has a sentence for each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class RemovalRefused(SiteError):
    """An organisation to be removed is not published there, or still has a folder here."""


class WrongTarget(SiteError):
    """The options of `deploy` do not name a usable target; the message says what to give."""


class ExampleFailed(SiteError):
    """An example of a component cannot be read or rendered; the message names it."""


class NoSiteUrl(SiteError):
    """The site's public address is missing or is not a site's root; says how to set it."""


class PaperUnavailable(SiteError):
    """The libraries or fonts for PDFs are missing; the message says how to install them."""
