"""Reads the operator's settings, the optional `policies/site.yaml`, and makes `security.txt`."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import EmailStr, Field, HttpUrl, UrlConstraints, ValidationError, field_validator

from functions.model.frozen import Frozen
from functions.model.language import FIRST, Language
from site_src.bilingual import Bilingual
from site_src.errors import PoliciesRejected
from site_src.file_names import OPERATOR_FILE, SECURITY_FILE
from site_src.languages import site_languages
from site_src.policy.finding import Finding
from site_src.policy.yaml.document import YamlDocument, field_name
from site_src.policy.yaml.reading import read_yaml

_MONTHS = 6
"""The most months from the build to `Expires`; RFC 9116 recommends less than a year."""


Effort = Annotated[int, Field(ge=1, le=10)]
"""A factor; at 10, an old phone may need minutes."""

SecurePage = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"])]
"""An https:// page, because RFC 9116 does not allow http://."""


class Operator(Frozen):
    """The settings of the site's operator.

    `language` is the one that the site opens in: its pages have addresses without a language.
    `security_contact` is an e-mail address or a page for reports of security problems.
    `proof_of_work` makes browsers compute a proof before they file, as a defence against floods:
    true, or a factor on the usual effort.
    """

    language: Language = FIRST
    security_contact: EmailStr | SecurePage | None = None
    proof_of_work: bool | Effort = False

    @field_validator("language")
    @classmethod
    def _has_pages(cls, value: Language) -> Language:
        if value not in _languages():
            raise ValueError(f"the site has no pages in language {value!r}")
        return value

    @property
    def effort(self) -> int | None:
        """The factor on the usual effort of a proof of work, or None if it is not required."""
        return int(self.proof_of_work) or None


def _languages() -> tuple[Language, ...]:
    return tuple(tongue.language for tongue in site_languages())


_PROBLEMS = {
    "language": (
        Bilingual(
            f"the value is not a language of the site: {' or '.join(_languages())}",
            f"这里不是本站的语言：{'、'.join(_languages())}",
        ),
        Bilingual(
            "Write language: en, or remove the line: the site then opens in Chinese.",
            "请写成 language: en，或者删去这一行：网站首先显示中文。",
        ),
    ),
    "security_contact": (
        Bilingual(
            "the value is neither an e-mail address nor an https:// address",
            "这里既不是电子邮箱，也不是 https:// 网址",
        ),
        Bilingual(
            "Write security_contact: name@example.com, or remove the line.",
            "请写成 security_contact: name@example.com，或者删去这一行。",
        ),
    ),
    "proof_of_work": (
        Bilingual(
            "the value is neither true nor false nor a whole number from 1 to 10",
            "这里既不是 true 或 false，也不是 1 到 10 的整数",
        ),
        Bilingual(
            "Write proof_of_work: true, or remove the line.",
            "请写成 proof_of_work: true，或者删去这一行。",
        ),
    ),
}
"""The message and the remedy for a wrong value of each key."""

_UNKNOWN = (
    Bilingual(f"{OPERATOR_FILE} does not allow this key", f"{OPERATOR_FILE} 里不能写这个键"),
    Bilingual(
        f"Remove it; the allowed keys are {', '.join(_PROBLEMS)}.",
        f"请删去；可以写的键有 {'、'.join(_PROBLEMS)}。",
    ),
)


def read_operator(policies: Path) -> Operator:
    """The settings in `site.yaml`, or the defaults without it. Raises PoliciesRejected."""
    file = policies / OPERATOR_FILE
    if not file.is_file():
        return Operator()
    reading = read_yaml(file)
    if not isinstance(reading, YamlDocument):
        raise PoliciesRejected(reading)
    try:
        return Operator.model_validate(reading.data)
    except ValidationError as error:
        findings = (_finding(reading, details["loc"]) for details in error.errors())
        raise PoliciesRejected(tuple(dict.fromkeys(findings))) from error


def _finding(reading: YamlDocument, place: tuple[str | int, ...]) -> Finding:
    key = place[:1]
    at = reading.nearest(key)
    message, remedy = _PROBLEMS.get(str(place[0]), _UNKNOWN)
    return Finding(
        code="wrong-value" if place[0] in _PROBLEMS else "unknown-key",
        file=at.file,
        line=at.line,
        column=at.column,
        field=field_name(key),
        message=message,
        remedy=remedy,
    )


def expiry(day: date) -> date:
    """When a `security.txt` of that day expires: on the first of a month, in five to six months."""
    months = day.year * 12 + day.month - 1 + _MONTHS
    return date(months // 12, months % 12 + 1, 1)


def security_txt(operator: Operator, site_url: str, day: date) -> bytes | None:
    """The content of `security.txt` (RFC 9116), or None without a security contact.

    It changes only once a month, and stays valid on a site that is deployed only now and then.
    """
    contact = operator.security_contact
    if contact is None:
        return None
    uri = f"mailto:{contact}" if isinstance(contact, str) else str(contact)
    languages = (tongue.language for tongue in site_languages(operator.language))
    return (
        f"Contact: {uri}\n"
        f"Expires: {expiry(day)}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(languages)}\n"
        f"Canonical: {site_url}/{SECURITY_FILE}\n"
    ).encode()
