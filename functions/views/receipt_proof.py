"""Signs the content of a receipt, and renders the proof."""

from functions.model.case import Case
from functions.model.signature import Proof, moment, sign
from functions.views.case_file import CaseFile


def prove(file: CaseFile, key: bytes) -> Proof | None:
    """The proof of a case, in the language of the file. `key` is OMBUD_KEY.

    None if the contract is older than signed receipts.
    """
    template = file.skeletons.receipt_content
    if template is None:
        return None
    case, version = file.case, file.contract.version
    values = {
        "organisation": case.organisation,
        "received_utc": moment(case.received_at),
        "attachments": _list_attachments(case),
    }
    return sign(
        key,
        case.organisation,
        case.reference,
        case.received_at,
        version,
        case.contract,
        template.text(file.text() | values),
    )


def _list_attachments(case: Case) -> str:
    """One line for each attached file, which contracts of before 0076 have after the answers.

    The answers name each file and its hash.
    """
    return "".join(
        f"SHA-256 {attachment.sha256} {attachment.name}\n" for attachment in case.attachments
    )


def proof_values(proof: Proof | None) -> dict[str, str]:
    """The slots of a proof; empty without one."""
    return {"proof": proof.block, "sealed": proof.sealed} if proof else {}


def proof_json(proof: Proof | None) -> dict[str, object]:
    """The proof for JSON, empty without one; `content` is the text whose hash is signed."""
    if proof is None:
        return {}
    return {
        "proof": {
            "content": proof.content,
            "statement": proof.statement,
            "signature": proof.signature,
        }
    }
