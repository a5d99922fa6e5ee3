"""Writes `policy.json`: the policy for programs, in one language, every fact with its clause."""

from pydantic.main import IncEx
from pydantic_core import to_json

from functions.model.language import Language
from site_src.policy.edition import Edition

_INSIDE: dict[str, IncEx | bool] = {
    "organisation": {"mailbox": True, "sector": True, "logo": True, "colour": True},
    "roles": {"__all__": {"mailbox": True}},
    "extends": True,
    "omits": True,
    "renamed_from": True,
    "standards": True,
    "steps": {"__all__": {"acts": True}},
    "limits": {"__all__": {"acts": True}},
    "provisions": {"__all__": {"acts": True}},
}
"""The keys that are not published.

Mailboxes for notices and the structure of the policy file are internal. Sector and looks are not
facts. Keys of the conformance report stay internal because naming a standard in public would be a
claim.
"""


def document(source: Edition, language: Language, contract: str) -> str:
    """The policy as JSON in one language, with the text of each clause.

    `decides` is the language of the text that takes precedence, `contract` the digest of the
    contract, which the forms contain.
    """
    content = source.policy.model_dump(
        mode="json", by_alias=True, exclude=_INSIDE, context={"language": language}
    )
    # What no law of the notice asks for is left out: who reads a notice of PIPL knows no basis.
    content["privacy"] = {key: said for key, said in content["privacy"].items() if said is not None}
    content |= {
        "language": language,
        "decides": source.policy.prevails or source.policy.language,
        "calendar": source.policy.organisation.calendar_code,
        "counting": source.policy.organisation.counting,
        "contract": contract,
        "declared": source.policy.declared,
        "clauses": {clause.id: clause.words for clause in source.clauses},
    }
    return to_json(content, indent=1).decode() + "\n"
