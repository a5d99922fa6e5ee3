"""Writes the folder of a draft that was made from a document, whole or not at all."""

from pathlib import Path

from site_src.authoring.new import new_folder, staged_folder
from site_src.policy.folders import POLICY_FILE, PROCEDURE_FILE


def write_draft(policies: Path, organisation: str, procedure: str, facts: str) -> Path:
    """Writes `policies/<organisation>/` with the text of the procedure and the YAML of its facts.

    Raises AnswerRefused for a name that cannot be an address, and OrganisationExists: nothing is
    ever overwritten.
    """
    folder = new_folder(policies, organisation)
    with staged_folder(folder) as draft:
        (draft / PROCEDURE_FILE).write_text(procedure, encoding="utf-8", newline="\n")
        (draft / POLICY_FILE).write_text(facts, encoding="utf-8", newline="\n")
    return folder
