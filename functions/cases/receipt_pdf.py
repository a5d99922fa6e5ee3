"""Prints a receipt as a PDF that contains its own proof, on request."""

from functions.cases.ports.printer import PaperDocument, Printer
from functions.model.signature import Proof, moment
from functions.views.answers import milestones_html
from functions.views.case_file import CaseFile
from functions.views.receipt_proof import proof_values


def receipt_pdf(file: CaseFile, proof: Proof | None, printer: Printer) -> bytes | None:
    """The receipt as a PDF with the receipt text attached, which programs can verify.

    None if the contract is older than PDF receipts.
    """
    template = file.skeletons.paper
    if template is None:
        return None
    rows = milestones_html(file.pages, file.dates, file.upcoming, file.site_url)
    values = {"received_utc": moment(file.case.received_at), "milestones": rows}
    text = file.skeletons.receipt_text.text(file.text() | proof_values(proof))
    return printer.pdf(
        PaperDocument(
            name=file.case.reference,
            made_at=file.case.received_at,
            html=template.html(file.html() | proof_values(proof) | values),
            text=text,
        )
    )
