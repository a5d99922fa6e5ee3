"""Check and build as two calls: read all, check all, and only then write."""

from pathlib import Path

from site_src.check import check
from site_src.errors import PoliciesRejected
from site_src.finding import Finding
from site_src.load import Source, folders, load
from site_src.render import render
from site_src.write import write

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"


def read_all(
    policies: Path, organisations: tuple[str, ...] = ()
) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Every policy that can be read, and every finding of all of them.

    Raises UnknownOrganisation.
    """
    sources: list[Source] = []
    findings: list[Finding] = []
    for folder in folders(policies, organisations):
        loaded = load(folder)
        if isinstance(loaded, Source):
            sources.append(loaded)
            findings.extend(check(loaded))
        else:
            findings.extend(loaded)
    return tuple(sources), tuple(findings)


def build(policies: Path, out: Path) -> int:
    """Builds the whole site into `out` and returns how many files were written.

    Raises PoliciesRejected, and then nothing has been written.
    """
    sources, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    return write(render(sources), out)
