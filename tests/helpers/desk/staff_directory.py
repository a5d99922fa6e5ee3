"""Contracts whose directories have staff of the tests' own, whatever the samples have."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.desk.access import Person, find_person
from functions.cases.ports.ports import Ports
from functions.model.contract.directory import Directory
from functions.model.desk.staff import StaffMember, mark

Staff = Mapping[str, tuple[StaffMember, ...]]
"""The members of staff of each organisation, by its id."""

HANDLER = "gu.an@dealer.example.com"
"""Customer service of the car dealer: it takes what no department's category takes."""

COLLEAGUE = "he.ning@dealer.example.com"
"""The other member of its customer service."""

SALES = "jin.lan@dealer.example.com"
"""Its sales manager."""

MECHANIC = "mu.qing@dealer.example.com"
"""Its business manager, whom filers of the tests name."""

LEADER = "ning.yuan@dealer.example.com"
"""Its general manager."""

BANKER = "pan.yue@bank.example.com"
"""The complaints department of the bank."""

TELLER = "rong.qi@bank.example.com"
"""Its service centre, which only has urgent losses."""

SUPERIOR = "shao.ming@bank.example.com"
"""The body that reviews its decisions."""


def member(address: str, name: str, *roles: str, also: tuple[str, ...] = ()) -> StaffMember:
    """A member of staff without a last day."""
    return StaffMember(address=address, name=name, roles=roles, also=also)


STAFF: Staff = {
    "car-dealer": (
        member(HANDLER, "顾安", "customer-service", "staff", "taker"),
        member(COLLEAGUE, "何宁", "customer-service", "staff", "taker"),
        member(SALES, "金岚", "sales-manager"),
        member(MECHANIC, "穆青", "business-manager", also=("穆经理",)),
        member(LEADER, "宁远", "general-manager", "leader"),
    ),
    "commercial-bank": (
        member(BANKER, "潘越", "complaints"),
        member(TELLER, "荣祺", "service-centre"),
        member(SUPERIOR, "邵明", "superior"),
        member("tao.ran@bank.example.com", "陶然", "superior-head"),
    ),
    "accreditation-body": (
        member("yu.he@accreditation.example.com", "于禾", "office"),
        member("zhan.fei@accreditation.example.com", "詹飞", "committee"),
    ),
}
"""Staff of three samples; each role's id is that of the sample's policy."""


def with_staff(ports: Ports, built: Path, folder: Path, staff: Staff = STAFF) -> Ports:
    """The ports over the same contracts, in which these organisations have this staff."""
    write_staffed(built, folder, staff)
    return replace(ports, contracts=FolderContracts(str(folder)))


def write_staffed(built: Path, folder: Path, staff: Staff = STAFF) -> None:
    """Makes `folder` one of contracts as in the built site, with this staff.

    What is the same is linked; the directories are written again, so that a test can change them.
    """
    contracts = built / "contracts"
    folder.mkdir(exist_ok=True)
    for path in contracts.iterdir():
        if path.name != "directory" and not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    (folder / "directory").mkdir(exist_ok=True)
    for path in (contracts / "directory").iterdir():
        directory = Directory.model_validate_json(path.read_bytes())
        members = staff.get(directory.organisation, ())
        write_directory(folder, directory.model_copy(update={"staff": members}))


def write_directory(folder: Path, directory: Directory) -> None:
    """Writes the directory of an organisation into a folder of contracts."""
    path = folder / "directory" / f"{directory.organisation}.json"
    path.write_text(directory.model_dump_json(exclude_defaults=True), encoding="utf-8")


def person_with(address: str, organisation: str, ports: Ports) -> Person:
    """The member of staff with this address."""
    person = find_person(organisation, mark(ports.key, organisation, address), ports)
    assert person is not None, f"{organisation} has no {address}, or not any more"
    return person
