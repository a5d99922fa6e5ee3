"""Who runs the site: `policies/site.yaml`, which may be missing, and `security.txt` from it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import EmailStr, Field, HttpUrl, UrlConstraints, ValidationError

from functions.model.frozen import Frozen
from site_src.errors import PoliciesRejected
from site_src.file_names import OPERATOR_FILE, SECURITY_FILE
from site_src.languages import site_languages
from site_src.policy.finding import Finding
from site_src.policy.yaml_reading import YamlDocument, field_name, read_yaml

_MONTHS = 6
"""How far ahead `Expires` lies at most; RFC 9116 recommends less than a year."""


Effort = Annotated[int, Field(ge=1, le=10)]
"""At ten an old phone may work for minutes."""

SecurePage = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"])]
"""A page; RFC 9116 takes no http:// address."""


class Operator(Frozen):
    """What the operator of the site says of itself.

    `security_contact` is an e-mail address or a page for whoever finds a weakness of the site.
    `proof_of_work` has browsers work something out before they file, against floods: true, or
    how many times the usual effort.
    """

    security_contact: EmailStr | SecurePage | None = None
    proof_of_work: bool | Effort = False

    @property
    def effort(self) -> int | None:
        """How many times the usual effort a filing takes; None where it takes none."""
        return int(self.proof_of_work) or None


_TOLD = {
    "security_contact": (
        "it is no e-mail address and no https:// address",
        "It takes security_contact: name@example.com, or no such line.",
    ),
    "proof_of_work": (
        "it is neither true nor false nor a whole number from 1 to 10",
        "It takes proof_of_work: true, or no such line.",
    ),
}
"""What is said of each key whose value will not do, and what to do."""

_UNKNOWN = (
    f"{OPERATOR_FILE} has no such key",
    f"It takes {' and '.join(_TOLD)}; leave this one out.",
)


def read_operator(policies: Path) -> Operator:
    """What `site.yaml` says; nothing where there is no such file. Raises PoliciesRejected."""
    file = policies / OPERATOR_FILE
    if not file.is_file():
        return Operator()
    reading = read_yaml(file)
    if not isinstance(reading, YamlDocument):
        raise PoliciesRejected(reading)
    try:
        return Operator.model_validate(reading.data)
    except ValidationError as error:
        found = (_finding(reading, one["loc"]) for one in error.errors())
        raise PoliciesRejected(tuple(dict.fromkeys(found))) from error


def _finding(reading: YamlDocument, place: tuple[str | int, ...]) -> Finding:
    key = place[:1]
    at = reading.nearest(key)
    message, remedy = _TOLD.get(str(place[0]), _UNKNOWN)
    return Finding(
        code="wrong-value" if place[0] in _TOLD else "unknown-key",
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(key),
        message=message,
        remedy=remedy,
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
        f"Preferred-Languages: {', '.join(site.language for site in site_languages())}\n"
        f"Canonical: {site_url}/{SECURITY_FILE}\n"
    ).encode()
