"""The commands for the people who work on cases: staff list, staff add, staff revoke.

staff.yaml says who they are, and a deploy publishes it. A revocation is written to the store, so
that it holds at once and no deploy lifts it.
"""

# Each command imports its own modules: the imports take longer than a build without changes.

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.cases import has_store, open_ports
from cli.exits import FINDINGS, WRONG_USE, rejected, wrong_use
from cli.options import (
    ChosenLanguage,
    DataFolder,
    LanguageChoice,
    PoliciesFolder,
    PoliciesFolderIfAny,
    author_language,
)
from cli.staff import words
from functions.model.errors import ContractError
from site_src.bilingual import Bilingual
from site_src.errors import PoliciesRejected, UnknownOrganisation
from site_src.places import ROOT

if TYPE_CHECKING:
    from functions.cases.ports.ports import Ports
    from site_src.policy.edition import Editions
    from site_src.policy.finding import Finding

NO_STORE = 1

staff_app = typer.Typer(
    help="List, add and revoke the people who work on an organisation's cases.",
    no_args_is_help=True,
)

Org = Annotated[str, typer.Argument(metavar="ORG")]


@staff_app.command("list")
def list_command(
    organisation: Org,
    policies: PoliciesFolder,
    data: DataFolder = ROOT / "data",
    language: ChosenLanguage = None,
) -> None:
    """Print who works on an organisation's cases, and whose access has ended."""
    from functions.cases.desk.revocations import is_access_revoked
    from site_src.check.organisation import day_there
    from site_src.text_table import output_width, table

    spoken = author_language(language)
    folder, loaded = _read(policies, organisation, language)
    with _ports_if_any(data) as ports:
        revoked = {
            member.address
            for member in loaded.staff
            if ports is not None and is_access_revoked(loaded.recorded_id, member.address, ports)
        }
    day = day_there(loaded)
    rows = (
        (
            member.name,
            member.address,
            ", ".join(member.roles),
            member.until.isoformat() if member.until else "",
            _access(member.is_current(day), member.address in revoked).words(spoken),
        )
        for member in loaded.staff
    )
    headings = tuple(heading.words(spoken) for heading in words.STAFF_HEADINGS)
    typer.echo(table(headings, rows, output_width()))
    if loaded.roster is None:
        typer.echo(words.NO_FILE.filled(folder=folder, id=organisation).words(spoken), err=True)
    if ports is None:
        typer.echo(words.NOT_SHOWN.words(spoken), err=True)


@staff_app.command("add")
def add_command(
    organisation: Org,
    policies: PoliciesFolder,
    address: Annotated[str, typer.Option(help="The person's own e-mail address.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[
        list[str], typer.Option(metavar="ROLE", help="The id of a role; repeat it for several.")
    ],
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="The last day, such as 2027-06-30.")
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name that filers may write; may be repeated."),
    ] = None,
    data: DataFolder = ROOT / "data",
    language: ChosenLanguage = None,
) -> None:
    """Write a person into staff.yaml, and take back a revocation of their access."""
    from functions.cases.desk.revocations import restore_access
    from functions.model.durable_files import write_whole
    from site_src.authoring.staff_changes import AdditionRefused, addition

    spoken = author_language(language)
    folder, loaded = _read(policies, organisation, language)
    values = {"address": address, "name": name, "roles": role, "until": until, "also": also or ()}
    change = addition(loaded, folder, values)
    if isinstance(change, AdditionRefused):
        for reason in change.reasons:
            typer.echo(reason.words(spoken), err=True)
        typer.echo(words.NOTHING_WRITTEN.words(spoken), err=True)
        raise typer.Exit(WRONG_USE)
    address, restored = change.entry.address, False
    with _ports_if_any(data) as ports:
        if change.text is not None:
            write_whole(change.file, change.text.encode())
        if ports is not None:
            restored = restore_access(loaded.recorded_id, address, ports)
    done = words.WRITTEN if change.text is not None else words.LISTED_ALREADY
    typer.echo(done.filled(file=change.file, name=change.entry.name).words(spoken))
    if restored:
        typer.echo(words.RESTORED.filled(address=address).words(spoken))
    _say_remaining(change.remaining, language)
    typer.echo(words.THEN_PUBLISH.words(spoken))
    if ports is None:
        typer.echo(words.NOT_RESTORED.words(spoken), err=True)


@staff_app.command("revoke")
def revoke_command(
    organisation: Org,
    address: Annotated[str, typer.Argument(metavar="ADDRESS")],
    policies: PoliciesFolderIfAny,
    data: DataFolder = ROOT / "data",
    language: ChosenLanguage = None,
) -> None:
    """End a person's access at once, and remove their entry from staff.yaml."""
    from functions.cases.desk.revocations import revoke_access

    spoken, address = author_language(language), address.strip()
    if not has_store(data):
        typer.echo(words.NO_STORE_HERE.filled(data=data).words(spoken), err=True)
        raise typer.Exit(NO_STORE)
    folder = _folder(policies, organisation)
    with _checked_ports(data) as ports:
        recorded = _recorded_id(organisation, folder, ports)
        published = _published(recorded, ports)
        if folder is None and published is None:
            typer.echo(words.NO_ORGANISATION.filled(id=organisation).words(spoken), err=True)
            raise typer.Exit(WRONG_USE)
        revoke_access(recorded, address, ports)
    is_published = address.casefold() in (published or ())
    if not is_published and not _is_listed(folder, address):
        typer.echo(words.NOBODY.filled(address=address).words(spoken), err=True)
        raise typer.Exit(FINDINGS)
    typer.echo(words.REVOKED.filled(address=address).words(spoken))
    _remove(folder, organisation, address, language)


def _is_listed(folder: Path | None, address: str) -> bool:
    """Whether staff.yaml has the address, as far as it can be read."""
    from site_src.policy.staff.reading import Roster, read_roster

    roster = read_roster(folder) if folder else None
    if isinstance(roster, Roster):
        return roster.place_of(address) is not None
    return roster is not None


def _remove(
    folder: Path | None, organisation: str, address: str, language: LanguageChoice | None
) -> None:
    """Removes the entry from staff.yaml and says what is left to do.

    Exits with 1 if it must be done by hand. Access has ended already, whatever happens here.
    """
    from functions.model.durable_files import write_whole
    from site_src.authoring.staff_changes import Removal, removal

    spoken = author_language(language)
    if folder is None:
        typer.echo(words.NO_CHECKOUT.filled(id=organisation).words(spoken))
        return
    change = removal(folder, address)
    if not isinstance(change, Removal):
        typer.echo(words.REMOVE_BY_HAND.filled(file=folder / "staff.yaml").words(spoken), err=True)
        raise rejected(PoliciesRejected(change), language)
    if change.line is None:
        typer.echo(words.NOT_LISTED.filled(file=change.file).words(spoken))
        return
    if change.text is None:
        where = f"{change.file}:{change.line}"
        typer.echo(words.REMOVE_BY_HAND.filled(file=where).words(spoken), err=True)
        raise typer.Exit(FINDINGS)
    write_whole(change.file, change.text.encode())
    typer.echo(words.REMOVED.filled(file=change.file).words(spoken))
    _say_remaining(change.remaining, language)
    typer.echo(words.THEN_PUBLISH.words(spoken))


def _recorded_id(organisation: str, folder: Path | None, ports: "Ports") -> str:
    """What cases and revocations call the organisation, also where the contracts are unreadable."""
    from site_src.policy.folders import recorded_id

    if folder is not None:
        return recorded_id(folder)
    try:
        return ports.contracts.current().organisation_at(organisation)
    except ContractError:
        return organisation


def _published(organisation: str, ports: "Ports") -> tuple[str, ...] | None:
    """The folded addresses that are published for an organisation; None if it is not published.

    Empty where the contracts cannot be read: that must not keep anybody from ending an access.
    """
    if Path(organisation).name != organisation:
        return None  # it would name a file outside the directories
    try:
        directory = ports.contracts.directory(organisation)
    except ContractError:
        return ()
    if directory is None:
        return None
    return tuple(member.address.casefold() for member in directory.staff)


@contextmanager
def _ports_if_any(data: Path) -> "Iterator[Ports | None]":
    """The ports if a store is configured, else None."""
    if not has_store(data):
        yield None
        return
    with _checked_ports(data) as ports:
        yield ports


@contextmanager
def _checked_ports(data: Path) -> "Iterator[Ports]":
    """The ports, if the key is the store's; exits with 3 if it is another.

    A revocation under another key would hold for nobody, and say that it does.
    """
    from functions.cases.key_note import check_noted_key

    with open_ports(data) as ports:
        ports.store.check_key()
        check_noted_key(ports.lists, ports.keys)
        yield ports


def _folder(policies: Path, organisation: str) -> Path | None:
    """The policy folder of the organisation; None if there is none here."""
    from site_src.policy.folders import folders

    try:
        return folders(policies, (organisation,))[0]
    except UnknownOrganisation:
        return None


def _read(
    policies: Path, organisation: str, language: LanguageChoice | None
) -> "tuple[Path, Editions]":
    """The organisation's folder and what it has; exits with 2 or 1 if it cannot be read."""
    from site_src.policy.edition import Editions
    from site_src.policy.folders import folders
    from site_src.policy.load import load_editions

    try:
        (folder,) = folders(policies, (organisation,))
    except UnknownOrganisation as error:
        raise wrong_use(error) from error
    loaded = load_editions(folder)
    if not isinstance(loaded, Editions):
        raise rejected(PoliciesRejected(loaded), language)
    return folder, loaded


def _access(current: bool, revoked: bool) -> Bilingual:
    if revoked:
        return Bilingual("revoked", "已撤销")
    return Bilingual("yes", "有效") if current else Bilingual("ended", "已到期")


def _say_remaining(findings: "tuple[Finding, ...]", language: LanguageChoice | None) -> None:
    """Prints what `check` will find, so that nobody learns of it only when they deploy."""
    spoken = author_language(language)
    for finding in findings:
        left = words.REMAINS.filled(message=finding.message, remedy=finding.remedy)
        typer.echo(left.words(spoken))
