"""A studio over a folder with one draft and one policy that is none."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from site_src.studio.app import create_studio
from tests.conftest import KEY
from tests.helpers.places import EXAMPLES
from tests.site_src.studio.sample_draft import write_sample_draft

HOST = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Clerk:
    """Somebody who works on the draft in a browser without script."""

    client: TestClient
    first: str
    policies: Path

    @property
    def folder(self) -> Path:
        """The folder of the draft."""
        return self.policies / "city-library"

    @property
    def facts(self) -> str:
        """What policy.yaml says now."""
        return (self.folder / "policy.yaml").read_text(encoding="utf-8")

    @property
    def text(self) -> str:
        """What procedure.md says now."""
        return (self.folder / "procedure.md").read_text(encoding="utf-8")

    def get(self, path: str = "", organisation: str = "city-library") -> str:
        """The page of the draft at that path."""
        answer = self.client.get(f"{self.first}{organisation}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def digest(self, path: str = "") -> str:
        """The digest that the page's forms carry."""
        found = re.search(r'name="digest" value="([0-9a-f]+)"', self.get(path))
        assert found
        return found[1]

    def post(self, path: str = "", **fields: str) -> Response:
        """Sends a form of the draft, with the digest of now unless it is among the fields."""
        data = {"digest": fields.pop("digest", "") or self.digest("text"), **fields}
        return self.client.post(f"{self.first}city-library/{path}", data=data)

    def decide(self, fact: str, do: str = "keep", **fields: str) -> Response:
        """Sends the decision on a fact."""
        return self.post("", fact=fact, do=do, **fields)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    """A clerk at the English pages of a new studio."""
    policies = tmp_path / "policies"
    shutil.copytree(EXAMPLES / "good", policies)
    write_sample_draft(policies)
    app, first = create_studio(policies, tmp_path / "states", KEY, HOST, "en")
    client = TestClient(app, base_url=HOST, follow_redirects=False)
    return Clerk(client, first, policies)
