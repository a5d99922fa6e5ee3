"""What `build.py` says when something is wrong with its input.

SiteError
├── UnknownOrganisation   no folder of that name in policies/
├── OrganisationExists    `new` was given a name that is taken
├── VersionTaken          `revise` would archive a version twice
├── NothingToCompare      `diff` was pointed to something that is no published site
├── DeployRunning         another deploy holds the lock
├── WrongTarget           `deploy` was given a target that lacks something
└── PoliciesRejected      at least one policy has findings; nothing was written
"""

from site_src.finding import Finding


class SiteError(Exception):
    """Base of every error that the build raises on purpose."""


class UnknownOrganisation(SiteError):
    """No folder of that name in policies/; says which there are."""


class PoliciesRejected(SiteError):
    """At least one policy has findings; carries them all."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


class NothingToCompare(SiteError):
    """The published site that `diff` was pointed to is not there or not readable."""


class VersionTaken(SiteError):
    """`revise` would archive a version that is archived already."""


class OrganisationExists(SiteError):
    """`new` was given the name of an organisation that has a folder."""


class DeployRunning(SiteError):
    """Another deploy holds the lock of the target."""


class WrongTarget(SiteError):
    """`deploy` was given a target that lacks something; says what."""
