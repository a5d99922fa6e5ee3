"""Lists the values that a policy needs and a procedure seldom says, with what can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

from babel import Locale

from functions.model.deadlines.calendar import NO_CALENDAR
from site_src.compile.calendars import every_code
from site_src.languages import SiteLanguage, _
from site_src.policy.yaml.document import YamlPath

ValueInput = Literal["text", "email", "date", "number", "choice", "zone", "calendar"]
"""`zone` and `calendar` are typed, with suggestions."""


@dataclass(frozen=True)
class NeededValue:
    """A value with its question and explanation.

    `check_with` stands in for it while a draft without it is checked. `suggested` are words to
    start from, in Chinese and in English, which a person must find true. `choices` are the values
    that can be chosen, with their words. What is `optional` may stay empty.
    """

    path: YamlPath
    label: str
    hint: str
    check_with: object
    input: ValueInput = "text"
    suggested: tuple[str, str] = ("", "")
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False

    @property
    def name(self) -> str:
        """Its name in the form."""
        return ".".join(map(str, self.path))


NEEDED_VALUES: tuple[NeededValue, ...] = (
    NeededValue(
        ("organisation", "name"),
        _("Name of the organisation"),
        _("As the public knows it."),
        "TODO",
    ),
    NeededValue(
        ("organisation", "prefix"),
        _("Beginning of its references"),
        _("2 to 4 capital letters or digits, such as SHP, without I, L, O, U, 0 and 1."),
        "QQQQ",
    ),
    NeededValue(
        ("organisation", "mailbox"),
        _("E-mail address for notices"),
        _("Here staff are told of each new filing. The public does not see it."),
        "todo@example.com",
        "email",
    ),
    NeededValue(
        ("effective_from",),
        _("In force from"),
        _("The day from which the procedure holds."),
        "2020-01-01",
        "date",
    ),
    NeededValue(
        ("title",),
        _("Title of the page"),
        _("The name of the procedure, as a heading."),
        "TODO",
    ),
    NeededValue(
        ("source",),
        _("Name of the document"),
        _("The document that the text is from, exactly."),
        "TODO",
    ),
    NeededValue(
        ("privacy", "handler"),
        _("Who is responsible for personal data"),
        _("Mostly the organisation itself, by its full legal name."),
        "TODO",
    ),
    NeededValue(
        ("privacy", "contact"),
        _("E-mail address for questions about personal data"),
        _("The public sees it."),
        "todo@example.com",
        "email",
    ),
    NeededValue(
        ("privacy", "purpose"),
        _("What personal data is used for"),
        _("One sentence."),
        "TODO",
        suggested=(
            "受理、调查、答复您提交的事项，并留存处理记录",
            "To receive, investigate and answer what you file, and to keep its record",
        ),
    ),
    NeededValue(
        ("privacy", "method"),
        _("How it is handled"),
        _("One sentence."),
        "TODO",
        suggested=(
            "加密传输，存入案件库，仅由承办人员查阅",
            "Sent encrypted, kept in the case store, read only by the staff who handle it",
        ),
    ),
    NeededValue(
        ("privacy", "data"),
        _("Which personal data"),
        _("One sentence."),
        "TODO",
        suggested=(
            "姓名、联系方式以及您填写的内容",
            "Name, contact details, and what you write",
        ),
    ),
    NeededValue(
        ("privacy", "retention_years"),
        _("How many years a case is kept"),
        _("1 to 30. Then the case is deleted. If the procedure says how long, take that."),
        1,
        "number",
    ),
)
"""The values in the order of the form."""

ABROAD: tuple[NeededValue, ...] = (
    NeededValue(
        ("organisation", "timezone"),
        _("Time zone"),
        _("By which the days of a time limit end, such as Europe/London."),
        "Europe/London",
        "zone",
    ),
    NeededValue(
        ("organisation", "calendar"),
        _("Whose public holidays count"),
        _("Such as GB-ENG for England or US; none if no day is a day off."),
        "GB-ENG",
        "calendar",
    ),
    NeededValue(
        ("privacy", "law"),
        _("Law on personal data"),
        _("The law by which the notice beside the form is worded."),
        "none",
        "choice",
        choices=(
            ("uk-gdpr", _("UK GDPR (United Kingdom)")),
            ("gdpr", _("GDPR (European Union)")),
            ("pipl", _("PIPL (China)")),
            ("none", _("none of these")),
        ),
    ),
)
"""Values that are asked for where they are given, and of a procedure that is not Chinese."""

OF_GDPR: tuple[NeededValue, ...] = (
    NeededValue(
        ("privacy", "basis"),
        _("Legal basis"),
        _("Why the data may be handled: article 6(1), (a) to (f)."),
        "legal-obligation",
        "choice",
        choices=(
            ("legal-obligation", _("a legal obligation")),
            ("public-task", _("a task in the public interest")),
            ("contract", _("a contract with the person")),
            ("legitimate-interests", _("legitimate interests")),
            ("consent", _("the person's consent")),
            ("vital-interests", _("vital interests")),
        ),
        optional=True,
    ),
    NeededValue(
        ("privacy", "interests"),
        _("Which legitimate interests"),
        _("Only if these are the legal basis."),
        "TODO",
        optional=True,
    ),
    NeededValue(
        ("privacy", "recipients"),
        _("Who else receives the data"),
        _("If anybody does."),
        "TODO",
        optional=True,
    ),
    NeededValue(
        ("privacy", "transfers"),
        _("To which other countries the data goes"),
        _("If it goes to any."),
        "TODO",
        optional=True,
    ),
    NeededValue(
        ("privacy", "officer"),
        _("E-mail address of the data protection officer"),
        _("If there is one."),
        "todo@example.com",
        "email",
        optional=True,
    ),
)
"""Values that article 13 of the GDPR asks for."""


@cache
def zones() -> tuple[str, ...]:
    """The time zones that are named after a place."""
    return tuple(sorted(zone for zone in available_timezones() if _is_place(zone)))


def _is_place(zone: str) -> bool:
    return "/" in zone and zone.partition("/")[0] not in ("Etc", "SystemV", "posix", "right")


@cache
def calendars(tongue: SiteLanguage) -> tuple[tuple[str, str], ...]:
    """The codes of the calendars, with the names of their countries."""
    territories = Locale.parse(tongue.locale).territories
    found = [(code, _country(code, territories)) for code in every_code()]
    return ((NO_CALENDAR, tongue.say(_("no days off"))), *found)


def _country(code: str, territories: Mapping[str, str]) -> str:
    country, dash, part = code.partition("-")
    return f"{territories.get(country, country)}{dash and ', '}{part}"
