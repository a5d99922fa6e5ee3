"""What is current of an organisation and belongs to no version of its policy."""

from pydantic import Field

from functions.model.deadlines.calendar import BusinessHours, CalendarCode
from functions.model.desk.reply import ReplyTemplate
from functions.model.desk.staff import StaffMember
from functions.model.frozen import Frozen
from functions.model.language import FIRST, Language
from functions.model.text import Text


class BrandColours(Frozen):
    """The organisation's colour as `#rrggbb`: on light pages, and lightened for dark ones."""

    light: str
    dark: str


class Directory(Frozen):
    """Where the mails about an organisation's cases go now, whichever version they stand under.

    `mailbox` takes what no role with a mailbox of its own takes. `mailboxes` are those of roles,
    by the role's id; `roles` are the names of all roles in every version, by which contracts of
    before 0.2.0 name them. `staff` are the people who work on cases, `replies` what they have ready
    to write, and `language` is the one that they read the procedure in. The desk and its mails keep
    the `timezone`, the `hours` and the `calendar` of the version in force, whose `contract` is
    where a filing is entered. What is counted of its cases is public only if the organisation
    `publishes_statistics`. Mails in HTML have its `colours`; without, the product's own.
    """

    organisation: str
    mailbox: str
    mailboxes: dict[str, str] = Field(default_factory=dict)
    roles: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    staff: tuple[StaffMember, ...] = ()
    replies: tuple[ReplyTemplate, ...] = ()
    language: Language = FIRST
    name: Text | None = None
    timezone: str = "Asia/Shanghai"
    hours: BusinessHours | None = None
    calendar: CalendarCode = "CN"
    contract: str | None = None
    publishes_statistics: bool = False
    colours: BrandColours | None = None

    def address(self, role: str | None) -> str:
        """The mailbox of a role, else the organisation's own."""
        return self.mailboxes.get(role or "", self.mailbox)

    def role_named(self, name: Text) -> str | None:
        """The id of the role that has this name in any version."""
        return next((role for role, names in self.roles.items() if name in names), None)
