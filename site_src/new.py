"""Writes a first policy from a few answers: it builds, and is meant to be gone on with."""

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from site_src.errors import OrganisationExists

_TEMPLATES = Path(__file__).parent / "templates" / "new"


@dataclass(frozen=True)
class Answers:
    """What `build.py new` asks; `telephone` may be empty, `days` 0 where no limit is promised."""

    name: str
    name_en: str
    prefix: str
    mailbox: str
    role: str
    telephone: str
    days: int
    staff: bool


def write_policy(policies: Path, organisation: str, answers: Answers, day: date) -> Path:
    """Writes `policies/<organisation>/`, whole or not at all, and returns the folder.

    Raises OrganisationExists.
    """
    folder = policies / organisation
    if folder.exists():
        raise OrganisationExists(f"{folder} is there already")
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    draft = policies / f".{organisation}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for template in ("policy.yaml", "procedure.md"):
        text = made.get_template(template).render(id=organisation, a=answers, day=day)
        (draft / template).write_text(text, encoding="utf-8")
    os.replace(draft, folder)
    return folder
