"""The options that several commands share."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from site_src import places
from site_src.bilingual import AuthorLanguage, language_of


def _current_policies() -> Path:
    return places.POLICIES


def _is_folder(policies: Path) -> Path:
    if not policies.is_dir():
        raise typer.BadParameter(
            f"there is no folder {policies}; run this where the folder lies, or name it"
        )
    return policies


PoliciesFolder = Annotated[
    Path,
    typer.Option(
        "--policies",
        metavar="DIR",
        help="The folder of policies.",
        default_factory=_current_policies,
        show_default="policies",
        callback=_is_folder,
    ),
]

PoliciesFolderIfAny = Annotated[
    Path,
    typer.Option(
        "--policies",
        metavar="DIR",
        help="The folder of policies; it need not exist.",
        default_factory=_current_policies,
        show_default="policies",
    ),
]

DataFolder = Annotated[
    Path,
    typer.Option(
        "--data",
        help="The data folder of `serve`; OMBUD_STORE takes precedence.",
        readable=False,  # it may be another user's, if OMBUD_STORE names the store
    ),
]


StatisticsFolder = Annotated[
    Path,
    typer.Option("--statistics", help="The folder of figures that `statistics` exported."),
]


KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going",
        help="Leave out drafts and organisations with findings; exit 1 if any is left out.",
    ),
]


class LanguageChoice(StrEnum):
    """What `--language` takes."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


ChosenLanguage = Annotated[
    LanguageChoice | None,
    typer.Option(
        "--language", help="The language of findings and reports. Default: that of the locale."
    ),
]


def author_language(chosen: LanguageChoice | None = None) -> AuthorLanguage:
    """The language that was chosen, else that of the locale."""
    return chosen.value if chosen else language_of(os.environ)
