"""`policy.json`: the policy for machines, in one language, every fact with its clause."""

import json

from functions.contract import Language
from site_src.policy import Policy


def document(policy: Policy, language: Language, contract: str) -> str:
    """The policy as JSON in one language; `contract` is the digest that its forms carry.

    Where notices go inside the organisation is left out: it is nobody else's business.
    """
    content = policy.model_dump(
        mode="json",
        by_alias=True,
        exclude={"organisation": {"mailbox": True}, "roles": {"__all__": {"mailbox": True}}},
        context={"language": language},
    )
    content |= {"language": language, "contract": contract}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
