"""Check and build as two calls: read all, check all, and only then write."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from site_src.check import check
from site_src.editions import check_editions
from site_src.errors import PoliciesRejected
from site_src.finding import Finding
from site_src.keys import PublishedKeys, keys_of
from site_src.load import Editions, folders, load_editions
from site_src.operator import read_operator
from site_src.render import render
from site_src.siteurl import LOCAL
from site_src.write import write

ROOT = Path(__file__).parent.parent
POLICIES = ROOT / "policies"


def today() -> date:
    """The day that a build is for: today where the procedures hold."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def read_all(
    policies: Path, organisations: tuple[str, ...] = ()
) -> tuple[tuple[Editions, ...], tuple[Finding, ...]]:
    """Every organisation that can be read, and every finding of all of them.

    What is wrong with a shared clause is told once. Raises UnknownOrganisation.
    """
    read: list[Editions] = []
    findings: list[Finding] = []
    for folder in folders(policies, organisations):
        loaded = load_editions(folder)
        if isinstance(loaded, Editions):
            read.append(loaded)
            for edition in loaded.editions:
                findings.extend(check(edition))
            findings.extend(check_editions(loaded, policies))
        else:
            findings.extend(loaded)
    return tuple(read), tuple(dict.fromkeys(findings))


def build(
    policies: Path,
    out: Path,
    day: date | None = None,
    site_url: str = LOCAL,
    keys: PublishedKeys | None = None,
) -> int:
    """Builds the whole site as of `day` into `out` and returns how many files were written.

    `site_url` is the address that it will have. Without `keys`, those that lie beside the
    policies are published. Raises PoliciesRejected or KeysUnreadable, and then nothing has been
    written.
    """
    organisations, findings = read_all(policies)
    if findings:
        raise PoliciesRejected(findings)
    published = keys_of(policies) if keys is None else keys
    operator = read_operator(policies)
    return write(render(organisations, day or today(), site_url, published, operator), out)
