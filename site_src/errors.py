"""What `build.py` says when something is wrong with its input.

SiteError
├── UnknownOrganisation   no folder of that name in policies/
├── PoliciesRejected      at least one policy has findings; nothing was written
├── NothingToCompare      no other version, or no published site, to compare with
├── VersionTaken          the version is archived already
├── NothingRevised        the open version says nothing new yet
├── DeployRunning         another deploy holds the lock
├── WrongTarget           `deploy` was given a target that lacks something
├── NoSiteUrl             the site's public address is not known, or is none
├── PaperUnavailable      this machine lacks what draws PDFs
├── OrganisationExists    a policy of that name is there already
├── AnswerRefused         an answer to `new` that would make no policy; nothing was written
├── CaseUnknown           no case of that reference
├── ExampleFailed         an example of a component cannot be read or rendered
├── KeysUnreadable       the keys of receipts, secret or published, cannot be read
├── NoReceipt            a file that `verify` was given holds no receipt
├── RecordsUnreadable    the store of cases cannot be opened or read
└── NotASite              a folder that holds something else; nothing was written
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_src.policy.finding import Finding


class SiteError(Exception):
    """Base of every error that the build raises on purpose."""


class UnknownOrganisation(SiteError):
    """No folder of that name in policies/; says which there are."""


class PoliciesRejected(SiteError):
    """At least one policy has findings; carries them all."""

    def __init__(self, findings: "tuple[Finding, ...]") -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class NothingToCompare(SiteError):
    """There is no earlier version, or the published site is not there or not readable."""


class VersionTaken(SiteError):
    """`revise` would archive a version that is archived already."""


class NothingRevised(SiteError):
    """`revise` would archive a version that says the same as an archived one."""


class NotASite(SiteError):
    """The folder to write to holds files, and is no site that was written before."""


class CaseUnknown(SiteError):
    """No case has that reference."""


class KeysUnreadable(SiteError):
    """OMBUD_KEY, or a file of published keys, is not there or holds something else."""


class RecordsUnreadable(SiteError):
    """The store of cases cannot be opened or read; says what to set or do."""


class NoReceipt(SiteError):
    """The file has no proof in it, or a damaged one; says what is missing."""


class OrganisationExists(SiteError):
    """`new` was given the name of an organisation that has a folder."""


class AnswerRefused(SiteError):
    """An answer to `new` that would make no good policy; says what it takes."""


class DeployRunning(SiteError):
    """Another deploy holds the lock of the target."""


class WrongTarget(SiteError):
    """`deploy` was given a target that lacks something; says what."""


class ExampleFailed(SiteError):
    """An example of a component cannot be read or rendered; names file and example."""


class NoSiteUrl(SiteError):
    """The site's public address is missing, or is not the root of a site; says how to give it."""


class PaperUnavailable(SiteError):
    """The libraries or fonts that PDFs are drawn with are missing; says how to install them."""
