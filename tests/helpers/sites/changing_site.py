"""A small site whose policies change while forms, receipts and cases are open."""

import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from functions.adapters.contracts.folder import FolderContracts
from functions.cases.desk.access import DESK, find_person
from functions.cases.login import link_for
from functions.cases.ports.ports import Ports
from functions.model.desk.staff import mark
from functions.web.app import create_app
from functions.web.desk.app import create_desk
from site_src.publish.build import build
from tests.conftest import MORNING, SITE_URL
from tests.helpers.places import EXAMPLES
from tests.helpers.sample_policies import copied, write_staff

MANAGER = "lu.min@sample.example.com"

ANSWERS = {
    "account": "三楼漏水已经两个星期。",
    "name": "张三",
    "email": "zhang@example.com",
    "consent": "yes",
}


@dataclass(frozen=True)
class ChangingSite:
    """The folder of policies, what is built of it, and the functions over both."""

    policies: Path
    out: Path
    ports: Ports

    def build(self, day: date | None = None) -> None:
        """Builds the site as of a day, by default the clock's first; contracts of before stay."""
        build(self.policies, self.out, day or MORNING.date(), SITE_URL)

    def page(self, address: str) -> str:
        """The page at an address such as `/sample/`."""
        return (self.out / address.strip("/") / "index.html").read_text("utf-8")

    def contract(self, organisation: str) -> str:
        """The digest that the organisation's forms carry now."""
        return self.ports.contracts.current().organisations[organisation]

    def client(self) -> AbstractContextManager[TestClient]:
        """A browser without script, or a program."""
        app = create_app(self.ports)
        return TestClient(app, base_url=SITE_URL, follow_redirects=False)

    def file(self, organisation: str = "sample", **answers: str) -> dict[str, str]:
        """Files by a program; returns reference and access code."""
        with self.client() as client:
            answer = client.post(f"/cases/{organisation}/complaint", json=ANSWERS | answers)
        assert answer.status_code == 201, answer.text
        return {name: answer.json()[name] for name in ("reference", "access_code")}

    def logged_in(self, organisation: str = "sample", address: str = MANAGER) -> TestClient:
        """The desk, in a browser that the member of staff is logged in with."""
        person = find_person(organisation, mark(self.ports.key, organisation, address), self.ports)
        assert person
        client = TestClient(create_desk(self.ports), base_url=SITE_URL, follow_redirects=False)
        token = link_for(person, DESK, self.ports).partition("token=")[2]
        assert client.post("/cases/desk/link", data={"token": token}).status_code == 303
        return client


def changing_site(folder: Path, ports: Ports) -> ChangingSite:
    """A site of two organisations with staff, `sample` and `heir`, that is built."""
    policies, out = folder / "policies", folder / "dist"
    shutil.copytree(EXAMPLES / "good", policies)
    copied(policies / "sample", "heir")
    write_staff(policies / "sample")
    contracts = FolderContracts(str(out / "contracts"))
    site = ChangingSite(policies, out, replace(ports, contracts=contracts))
    site.build()
    return site
