"""Keeps what the last build left out, for the pages of these organisations."""

from collections.abc import Mapping

from site_src.policy.finding import Finding
from site_src.publish.build import Built


class LeftOutPages:
    """The findings of each organisation that the last build left as it was.

    The thread that rebuilds replaces them as a whole, while requests read them.
    """

    def __init__(self) -> None:
        self._findings: Mapping[str, tuple[Finding, ...]] = {}

    def replace(self, built: Built) -> None:
        """Takes over what a build left out."""
        self._findings = built.left_out

    def findings(self, organisation: str) -> tuple[Finding, ...]:
        """Why that organisation was left out; nothing if it was not."""
        return self._findings.get(organisation, ())
