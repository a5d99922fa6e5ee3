"""Writes a contract as releases before 0.2.0 stored it, with whole pages of its own."""

import json
from pathlib import Path
from typing import Any

from functions.adapters.contracts.folder import FolderContracts
from functions.model.contract.digest import digest
from functions.model.pages.page_set import KindPages


def whole_contract(contracts: Path, name: str) -> dict[str, Any]:
    """The contract of that digest without arrangement; its `pages` are written to `contracts`."""
    source = FolderContracts(str(contracts))
    contract = source.contract(name)
    whole: dict[str, Any] = contract.model_dump(mode="json", exclude={"arrangement"})
    for language in contract.pages:
        pages = source.pages(name, language)
        content = KindPages(words=pages.words, fragments=pages.fragments, kinds=dict(pages.kinds))
        whole["pages"][language] = put(contracts, json.loads(content.model_dump_json()))
    return whole


def put(contracts: Path, content: Any) -> str:
    """Writes a content under its digest, and returns that."""
    written = json.dumps(content, ensure_ascii=False).encode()
    name = digest(written)
    (contracts / f"{name}.json").write_bytes(written)
    return name
