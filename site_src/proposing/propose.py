"""Proposes the policy.yaml of a draft from the text of a procedure."""

from site_src.proposing.declared import read_declared
from site_src.proposing.draft import every_proposal
from site_src.proposing.reading import ProposalLanguage, read_procedure
from site_src.proposing.writing import draft_yaml


def propose_facts(procedure: str, language: ProposalLanguage, organisation: str) -> str:
    """The text of policy.yaml for a draft of `organisation`, its folder's name.

    `procedure` is the text of procedure.md in `language`. Each fact that it seems to say is an
    entry with its clause and, under `proposed`, the words it was read from; a comment "# unsure:"
    stands before an entry of which a part is a guess. What the text does not say and a policy
    needs is marked `TODO`.
    """
    text = read_procedure(procedure, language)
    return draft_yaml(organisation, language, read_declared(text), every_proposal(text))
