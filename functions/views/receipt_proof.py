"""The proof of a case: the words that its receipt shows, signed."""

from functions.model.case import Case
from functions.model.signature import Proof, moment, sign
from functions.views.case_file import CaseFile


def prove(file: CaseFile, key: bytes) -> Proof | None:
    """The proof of a case, in the filer's own language.

    None under a contract that was built before receipts were signed.
    """
    skeleton = file.skeletons.receipt_content
    if skeleton is None:
        return None
    case, version = file.case, file.contract.version
    values = {
        "organisation": case.organisation,
        "received_utc": moment(case.received_at),
        "attachments": _attachments(case),
    }
    return sign(
        key,
        case.organisation,
        case.reference,
        case.received_at,
        version,
        case.contract,
        skeleton.text(file.text() | values),
    )


def _attachments(case: Case) -> str:
    """One line for each file that was sent along, with its hash in place of its content."""
    return "".join(
        f"SHA-256 {attachment.sha256} {attachment.name}\n" for attachment in case.attachments
    )


def proof_values(proof: Proof | None) -> dict[str, str]:
    """The slots of a proof; pages that were built without it have none."""
    return {"proof": proof.block, "sealed": proof.sealed} if proof else {}


def proof_json(proof: Proof | None) -> dict[str, object]:
    """The proof for a program; `content` holds the words whose hash is signed."""
    if proof is None:
        return {}
    return {
        "proof": {
            "content": proof.content,
            "statement": proof.statement,
            "signature": proof.signature,
        }
    }
