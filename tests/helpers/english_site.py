"""A site that opens in English: an English policy, and a Chinese one beside it."""

import shutil
from pathlib import Path

from site_src.publish.build import build
from tests.conftest import MORNING, SITE_URL
from tests.helpers.places import EXAMPLES

LIBRARY = Path(__file__).parent / "english_policy_files"
"""A made-up library's procedure in English, which decides, with a Chinese translation."""

COMPLAINT = {
    "account": "Nobody was at the desk at nine.",
    "name": "Jo Bloggs",
    "email": "jo@example.com",
}


def english_policies(folder: Path) -> Path:
    """Writes the policies and a `site.yaml` that names English; returns the folder."""
    shutil.copytree(EXAMPLES / "good", folder)
    shutil.copytree(LIBRARY, folder / "library")
    (folder / "site.yaml").write_text("language: en\n", "utf-8")
    return folder


def english_site(folder: Path) -> Path:
    """Builds the site below the folder, and returns where it is."""
    out = folder / "site"
    build(english_policies(folder / "policies"), out, MORNING.date(), SITE_URL)
    return out
