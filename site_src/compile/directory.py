"""Compiles what is current of an organisation: its mailboxes, and the names of its roles."""

from datetime import date

from functions.model.contract.directory import BrandColours, Directory
from functions.model.desk.staff import with_surnames
from functions.model.text import Text
from site_src.policy.edition import Editions
from site_src.policy.staff.replies import templates


def directory(editions: Editions, day: date, contract: str, colours: BrandColours | None) -> str:
    """The directory of an organisation on that day, as JSON; `contract` is the digest in force.

    Mailboxes are those of the version in force. Roles are named as in any version, so that cases
    under earlier contracts find theirs.
    """
    policy = editions.in_force(day).policy
    roles: dict[str, tuple[Text, ...]] = {}
    for edition in editions.editions:
        for role in edition.policy.roles:
            names = (*roles.get(role.id, ()), role.name)
            roles[role.id] = tuple(dict.fromkeys(names))
    return Directory(
        organisation=editions.recorded_id,
        mailbox=policy.organisation.mailbox,
        mailboxes={role.id: role.mailbox for role in policy.roles if role.mailbox},
        roles=roles,
        staff=with_surnames(editions.staff),
        replies=templates(editions.replies, policy.language),
        language=policy.language,
        name=policy.organisation.name,
        timezone=policy.organisation.timezone,
        hours=policy.organisation.hours,
        calendar=policy.organisation.counted_calendar,
        contract=contract,
        publishes_statistics=policy.publishes is not None,
        colours=colours,
    ).model_dump_json(exclude_defaults=True)
