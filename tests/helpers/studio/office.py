"""An office's machine: documents, policies, the site that is built of them, and the studio."""

import shutil
from pathlib import Path
from typing import Literal

from typer.testing import CliRunner

from cli.app import app
from site_src.places import POLICIES
from site_src.publish.build import build_local
from site_src.receipts.keys import PublishedKeys
from site_src.studio.app import create_studio
from tests.conftest import KEY
from tests.helpers.studio.procedures import OfficeProcedure

_URL = "http://127.0.0.1"


class Office:
    """Everything lies below one folder; `samples` are copied into the policies."""

    def __init__(self, folder: Path, samples: tuple[str, ...] = ()) -> None:
        self.documents, self.policies, self.out = folder, folder / "policies", folder / "dist"
        self.policies.mkdir()
        shutil.copy(POLICIES / "site.yaml", self.policies)
        for sample in samples:
            shutil.copytree(POLICIES / sample, self.policies / sample)
        self.studio, self._first = create_studio(self.policies, folder / "states", KEY, _URL, "en")

    def first(self, tongue: Literal["zh", "en"]) -> str:
        """The address of the studio's first page below the server's."""
        return self._first.replace("/en/", f"/{tongue}/")

    def import_document(self, procedure: OfficeProcedure, name: str) -> str:
        """Imports the document of a procedure by the command, and returns what it says."""
        document = procedure.document(self.documents)
        arguments = ["import", str(document), "--org", name, "--policies", str(self.policies)]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    def build(self) -> None:
        """Builds as `serve` does."""
        build_local(self.policies, self.out, _URL, PublishedKeys({}))

    def facts(self, name: str) -> str:
        """What the policy.yaml of an organisation says now."""
        return (self.policies / name / "policy.yaml").read_text(encoding="utf-8")
