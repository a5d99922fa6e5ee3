"""`policy.json`: the policy for machines, in one language, every fact with its clause."""

from pydantic.main import IncEx
from pydantic_core import to_json

from functions.model.language import Language
from site_src.policy.load import Edition

_INSIDE: dict[str, IncEx | bool] = {
    "organisation": {"mailbox": True, "logo": True, "colour": True},
    "roles": {"__all__": {"mailbox": True}},
    "extends": True,
    "omits": True,
    "standards": True,
    "steps": {"__all__": {"acts": True}},
    "limits": {"__all__": {"acts": True}},
    "provisions": {"__all__": {"acts": True}},
}
"""Where notices go, and how the policy is written down, is nobody else's business.

Looks are no facts. Nor does anybody need what only the conformance report needs: a standard
named in public would be a claim.
"""


def document(source: Edition, language: Language, contract: str) -> str:
    """The policy as JSON in one language, with the text of each clause.

    `contract` is the digest that its forms carry.
    """
    content = source.policy.model_dump(
        mode="json", by_alias=True, exclude=_INSIDE, context={"language": language}
    )
    content |= {
        "language": language,
        "contract": contract,
        "declared": source.policy.declared,
        "clauses": {clause.id: clause.words for clause in source.clauses},
    }
    return to_json(content, indent=1).decode() + "\n"
