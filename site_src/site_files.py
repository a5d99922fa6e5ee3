"""Collects the files of a site in memory."""

from dataclasses import dataclass, field

from pydantic import BaseModel

from functions.model.contract.contract import Contract
from functions.model.contract.digest import digest
from functions.model.contract.procedure import Procedure
from functions.model.contract.stored import stored
from functions.model.pages.release_pages import ReleasePages
from site_src.file_names import PROCEDURES, RELEASES

_FOLDERS: dict[type[BaseModel], str] = {ReleasePages: RELEASES, Procedure: PROCEDURES}


@dataclass
class SiteFiles:
    """The files of the site by their path below the output folder."""

    files: dict[str, bytes] = field(default_factory=dict)

    def page(self, address: str, html: str) -> None:
        """Adds the page at an address such as `/en/track/`."""
        self.files[f"{address.lstrip('/')}index.html"] = html.encode()

    def asset(self, name: str, content: bytes) -> str:
        """Adds a file under a name that changes with its content, and returns its address."""
        stem, _, suffix = name.partition(".")
        path = f"assets/{stem}.{digest(content)[:12]}.{suffix}"
        self.files[path] = content
        return f"/{path}"

    def contract(self, model: BaseModel) -> str:
        """Adds a model as a JSON file named by its digest, and returns the digest."""
        content = (
            stored(model)
            if isinstance(model, Contract)
            else model.model_dump_json(exclude_defaults=True).encode()
        )
        name = digest(content)
        folder = _FOLDERS.get(type(model), "contracts/")
        self.files[f"{folder}{name}.json"] = content
        return name
