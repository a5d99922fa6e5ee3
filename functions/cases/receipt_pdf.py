"""Prints a receipt as a PDF that contains its own proof, on request."""

import re

from markupsafe import Markup

from functions.cases.ports.printer import PaperDocument, Printer
from functions.model.pages.slot_template import HIDDEN
from functions.model.signature import Proof, moment
from functions.views.answers import milestones_html
from functions.views.case_file import CaseFile
from functions.views.receipt_proof import proof_values

_MOST_NUMBERED = 2
"""Characters in a row of which the number is shown: a rare name, but not a text in a script that
no font has."""


def receipt_pdf(file: CaseFile, proof: Proof | None, printer: Printer) -> bytes | None:
    """The receipt as a PDF with the receipt text attached, which programs can verify.

    A character that no font has is written as its number: a PDF would show a box, and give
    another character to whoever copies it. None if the contract is older than PDF receipts.
    """
    template = file.skeletons.paper
    if template is None:
        return None
    rows = milestones_html(file.pages, file.dates, file.upcoming, file.site_url)
    values = file.html() | proof_values(proof)
    values |= {"received_utc": moment(file.case.received_at), "milestones": rows}
    values["lacking_hidden"] = HIDDEN
    html = template.html(values)
    if lacking := printer.lacking(html):
        values |= {"lacking": file.pages.words.say("paper_lacking"), "lacking_hidden": ""}
        html = _written_out(template.html(values), lacking)
    return printer.pdf(
        PaperDocument(
            name=file.case.reference,
            made_at=file.case.received_at,
            html=html,
            text=file.skeletons.receipt_text.text(file.text() | proof_values(proof)),
        )
    )


def _written_out(html: str, lacking: frozenset[str]) -> Markup:
    """The page with the numbers of `lacking` characters; several in a row become `〔…〕`."""

    def numbers(found: re.Match[str]) -> str:
        if len(found[0]) > _MOST_NUMBERED:
            return "〔…〕"
        return "".join(f"〔U+{ord(char):04X}〕" for char in found[0])

    run = f"[{re.escape(''.join(sorted(lacking)))}]+"
    return Markup(re.sub(run, numbers, html))
