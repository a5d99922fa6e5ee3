"""Who runs the site: `policies/site.yaml`, which may be missing, and `security.txt` from it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import EmailStr, HttpUrl, UrlConstraints, ValidationError

from functions.frozen import Frozen
from site_src.errors import PoliciesRejected
from site_src.finding import Finding
from site_src.language import tongues
from site_src.reading import Reading, field_name, read_yaml
from site_src.write import OPERATOR_FILE, SECURITY_FILE

_MONTHS = 6
"""How far ahead `Expires` lies at most; RFC 9116 recommends less than a year."""


SecurePage = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"])]
"""A page; RFC 9116 takes no http:// address."""


class Operator(Frozen):
    """What the operator of the site says of itself.

    `security_contact` is an e-mail address or a page for whoever finds a weakness of the site.
    """

    security_contact: EmailStr | SecurePage | None = None


def read_operator(policies: Path) -> Operator:
    """What `site.yaml` says; nothing where there is no such file. Raises PoliciesRejected."""
    file = policies / OPERATOR_FILE
    if not file.is_file():
        return Operator()
    reading = read_yaml(file)
    if not isinstance(reading, Reading):
        raise PoliciesRejected(reading)
    try:
        return Operator.model_validate(reading.data)
    except ValidationError as error:
        raise PoliciesRejected(
            tuple(_finding(reading, one["loc"]) for one in error.errors())
        ) from error


def _finding(reading: Reading, place: tuple[str | int, ...]) -> Finding:
    key = place[:1]
    at = reading.nearest(key)
    known = place[0] in Operator.model_fields
    return Finding(
        code="wrong-value" if known else "unknown-key",
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(key),
        message="it is no e-mail address and no https:// address"
        if known
        else f"{OPERATOR_FILE} has no such key",
        remedy="It takes security_contact: name@example.com, or no such line.",
    )


def security_txt(operator: Operator, site_url: str, day: date) -> bytes | None:
    """`security.txt` after RFC 9116, or None where nobody is named to write to.

    It expires on the first of a month, five to six months after `day`, so that it changes once
    a month and a site that is deployed now and then has a valid one.
    """
    contact = operator.security_contact
    if contact is None:
        return None
    uri = f"mailto:{contact}" if isinstance(contact, str) else str(contact)
    months = day.year * 12 + day.month - 1 + _MONTHS
    expires = datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    return (
        f"Contact: {uri}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: {', '.join(tongue.language for tongue in tongues())}\n"
        f"Canonical: {site_url}/{SECURITY_FILE}\n"
    ).encode()
