"""Checks the published site: whether it answers, and whether what was dated has taken over."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from cli.doctor.installation import Installation
from cli.doctor.result import CheckResult, fault, good, note, warning
from functions.model.errors import ContractError, SettingInvalid
from site_src.errors import PoliciesRejected
from site_src.file_names import OPERATOR_FILE, SECURITY_FILE

_TIMEOUT_SECONDS = 10
_MOST_DRIFT = timedelta(minutes=2)
"""A limit of 30 minutes should not be off by more; AWS refuses requests that are off by five."""

_SOON = timedelta(days=30)
_EXPIRES = re.compile(rb"^Expires: (\d{4}-\d{2}-\d{2})T", re.MULTILINE)
_PUBLISH = "publish the site: `build.py deploy`, or `build.py build`"


@dataclass(frozen=True)
class SiteAnswer:
    """What the site answers, and what time it says it is."""

    status: int
    content: bytes
    at: datetime | None


def site_checks(installation: Installation) -> Iterator[CheckResult]:
    """Readiness, the clock, security.txt and versions that should be in force."""
    site = installation.environment.get("OMBUD_SITE_URL", "").rstrip("/")
    answer = _ask(f"{site}/cases/ready")
    if isinstance(answer, str):
        if installation.is_local:
            yield note("site", f"{site} {answer}: the server does not run")
        else:
            yield fault("site", f"{site}/cases/ready {answer}", "see that the name leads there")
    else:
        yield _readiness(answer, site)
        if answer.at is not None:
            yield _drift(datetime.now(UTC) - answer.at)
    yield from _security(installation, site)
    yield from _taken_over(installation)


def _ask(address: str) -> SiteAnswer | str:
    """The answer of an address, or why there is none."""
    try:
        try:
            with urlopen(address, timeout=_TIMEOUT_SECONDS) as response:
                return _answer(response.status, response.read(), response.headers["Date"])
        except HTTPError as error:
            return _answer(error.code, error.read(), error.headers["Date"])
    except URLError as error:
        return f"does not answer: {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return f"does not answer: {error}"


def _answer(status: int, content: bytes, at: str | None) -> SiteAnswer:
    return SiteAnswer(status, content, parsedate_to_datetime(at) if at else None)


def _readiness(answer: SiteAnswer, site: str) -> CheckResult:
    if answer.status == 200:
        return good("site", f"{site} takes filings")
    try:
        failed = [name for name, state in json.loads(answer.content).items() if state == "failed"]
    except (ValueError, AttributeError):
        failed = []
    because = f", {' and '.join(failed)} failed" if failed else ""
    return fault(
        "site",
        f"{site}/cases/ready answers {answer.status}{because}",
        "the log of intake says why; nothing is lost, forms say so",
    )


def _drift(ahead: timedelta) -> CheckResult:
    says = f"this machine and the site are {abs(ahead).total_seconds():.0f} s apart"
    if abs(ahead) > _MOST_DRIFT:
        return fault("clock", says, "set the clock by NTP: dates and signatures depend on it")
    return good("clock", says)


def _security(installation: Installation, site: str) -> Iterator[CheckResult]:
    """When security.txt ends: after that day nobody may rely on it (RFC 9116)."""
    content = _published(installation, site)
    if content is None:
        file = installation.policies / OPERATOR_FILE
        if installation.fresh:
            yield note("security.txt", "none yet: the site is not built")
        elif _has_contact(installation):
            yield warning(
                "security.txt", f"none is published, though {file} has a contact", _PUBLISH
            )
        else:
            yield note("security.txt", f"none is published; security_contact in {file} makes one")
        return
    found = _EXPIRES.search(content)
    if found is None:
        yield fault("security.txt", "it does not say when it expires", _PUBLISH)
        return
    ends = date.fromisoformat(found[1].decode())
    left = ends - installation.now.date()
    if left <= timedelta():
        yield fault("security.txt", f"it expired on {ends}", _PUBLISH)
    elif left <= _SOON:
        yield warning("security.txt", f"it expires on {ends}", _PUBLISH)
    else:
        yield good("security.txt", f"it expires on {ends}")


def _has_contact(installation: Installation) -> bool:
    from site_src.site_settings import read_operator

    try:
        return read_operator(installation.policies).security_contact is not None
    except PoliciesRejected:
        return False


def _published(installation: Installation, site: str) -> bytes | None:
    """The security.txt of the site; where it is for this machine only, as it was built here."""
    if installation.is_local:
        file = installation.out / SECURITY_FILE
        return file.read_bytes() if file.is_file() else None
    answer = _ask(f"{site}/{SECURITY_FILE}")
    return answer.content if isinstance(answer, SiteAnswer) and answer.status == 200 else None


def _taken_over(installation: Installation) -> Iterator[CheckResult]:
    """Versions of this checkout that are in force today, beside those that visitors get."""
    from site_src.policy.edition import Editions
    from site_src.policy.folders import folders
    from site_src.policy.load import load_editions
    from site_src.publish.build import today

    if installation.parts is None or not installation.policies.is_dir():
        return
    contracts, day, announced = installation.parts.contracts, today(), 0
    try:
        current = contracts.current().organisations
        for folder in folders(installation.policies):
            loaded = load_editions(folder)
            if not isinstance(loaded, Editions) or loaded.is_draft:
                continue
            if loaded.recorded_id not in current:
                continue
            policy = loaded.in_force(day).policy
            announced += len(loaded.announced(day))
            visitors = contracts.contract(current[loaded.recorded_id]).version
            if visitors != policy.version:
                yield fault(
                    "versions",
                    f"{loaded.id}: version {policy.version} is in force since "
                    f"{policy.effective_from}, and visitors get {visitors}",
                    _PUBLISH,
                )
                announced = 0
    except (ContractError, SettingInvalid):
        return  # contract_checks tells of it
    yield good("versions", f"those in force on {day} are published; {announced} are announced")
