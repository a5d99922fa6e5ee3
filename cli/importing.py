"""The command that makes a draft from a document: import."""

# The command imports its own modules: the imports take longer than a build without changes.

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exits import FINDINGS, printable, wrong_use
from cli.options import ChosenLanguage, PoliciesFolderIfAny, author_language
from site_src.bilingual import AuthorLanguage, Bilingual
from site_src.errors import AnswerRefused, OrganisationExists

if TYPE_CHECKING:
    from site_src.importing.document import Document, Place


def import_command(
    file: Annotated[
        Path,
        typer.Argument(
            help="The procedure: .docx, .odt, .pdf with text, .html, .md or .txt.",
            exists=True,
            dir_okay=False,
        ),
    ],
    organisation: Annotated[
        str, typer.Option("--org", metavar="ID", help="The name of the new organisation's folder.")
    ],
    policies: PoliciesFolderIfAny,
    language: ChosenLanguage = None,
) -> None:
    """Make a draft from a document; say what was left out of the text, and why."""
    from site_src.authoring.draft_folder import write_draft
    from site_src.authoring.new import new_folder
    from site_src.importing.errors import DocumentRefused
    from site_src.importing.read import read_document
    from site_src.proposing.propose import propose_facts

    spoken = author_language(language)
    try:
        new_folder(policies, organisation)
        document = read_document(file)
        facts = propose_facts(document.procedure, document.language, organisation)
        folder = write_draft(policies, organisation, document.procedure, facts)
    except DocumentRefused as error:
        typer.echo(printable(f"{file}: {error.message.words(spoken)}"), err=True)
        raise typer.Exit(FINDINGS) from error
    except (AnswerRefused, OrganisationExists) as error:
        raise wrong_use(error) from error
    _report(document, spoken)
    written = _WRITTEN.filled(folder=folder, id=organisation)
    typer.echo(written.words(spoken))


def _report(document: "Document", spoken: AuthorLanguage) -> None:
    """Prints what the draft's text does not say as the document does, by reason."""
    left_out = [(one.reason, one.place, one.words) for one in document.left_out]
    changed = [(one.how, one.place, one.words) for one in document.changed]
    for heading, remarks in ((_LEFT_OUT, left_out), (_CHANGED, changed)):
        if not remarks:
            continue
        typer.echo(f"{heading.words(spoken)}\n")
        for reason in dict.fromkeys(reason for reason, _, _ in remarks):
            typer.echo(f"  {printable(reason.words(spoken))}")
            places_of_it = [(place, words) for why, place, words in remarks if why == reason]
            for line in _lines(places_of_it, spoken):
                typer.echo(f"    {line}")
        typer.echo("")


def _lines(remarks: Iterable[tuple["Place", str]], spoken: AuthorLanguage) -> Iterable[str]:
    between = ": " if spoken == "en" else "："
    for place, words in remarks:
        where = place.words.words(spoken)
        shown = " ".join(words.split())
        if len(shown) > _MOST_CHARACTERS:
            shown = f"{shown[:_MOST_CHARACTERS]}…"
        yield printable(f"{where}{between}{shown}" if where else shown)


_MOST_CHARACTERS = 100
"""Of the words of a remark; the place says where the rest is."""

_LEFT_OUT = Bilingual("Left out of the text:", "正文中没有收入的内容：")
_CHANGED = Bilingual("In the text in another form:", "正文中有改动的内容：")
_WRITTEN = Bilingual(
    "Written: {folder}. It is a draft, and is not published. `build.py check {id}` lists what is "
    "still to be decided.",
    "已写入：{folder}。这是草稿，不会公布。`build.py check {id}` 会列出还要决定的内容。",
)
