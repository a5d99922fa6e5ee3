"""Signs what a filer did on a case, as the filing itself is signed."""

from functions.model.case_log import CaseAct
from functions.model.signature import Proof, moment, sign
from functions.model.text import Text
from functions.views.case_file import CaseFile
from functions.views.status.act_words import act_name, act_notes


def prove_act(file: CaseFile, act: CaseAct, key: bytes) -> Proof | None:
    """The proof of an act, in the language of the file. `key` is OMBUD_KEY.

    Its lines are those of a filing's receipt, with the moment of the act, so what checks one checks
    the other. None if the contract is older than such receipts.
    """
    template = file.skeletons.act_content
    if template is None:
        return None
    case, version = file.case, file.contract.version
    values = _fill(file, act) | {
        "organisation": case.organisation,
        "recorded_utc": moment(act.at),
        "notes": "".join(f"{note}\n" for note in act_notes(file, act, Text.words)),
        "said": f"{act.entry.text}\n" if act.entry.text else "",
        "attachments": "".join(f"SHA-256 {sent.sha256} {sent.name}\n" for sent in act.entry.files),
    }
    return sign(
        key,
        case.organisation,
        case.reference,
        act.at,
        version,
        case.contract,
        template.text(values),
    )


def act_receipt_text(file: CaseFile, act: CaseAct, proof: Proof) -> str:
    """The receipt of an act as a text to save or to print."""
    template = file.skeletons.act_receipt
    assert template is not None, "a contract with the signed text has the receipt around it, too"
    return template.text(_fill(file, act) | {"sealed": proof.sealed, "site_url": file.site_url})


def _fill(file: CaseFile, act: CaseAct) -> dict[str, str]:
    return {
        "reference": file.case.reference,
        "act": act_name(file, act),
        "recorded_at": file.recorded(act),
    }
