"""Says the opposite of a text by one word."""

import re

_DROPPED = {
    "zh-CN": (
        (r"不得|不能|不可以", "可以"),
        (r"不予|不再|没有|无需|无须|(?<![绝满])不(?!同|仅|但|论)|未", ""),
    ),
    "en": ((r"\b(shall|may|must|will|can|is|are|do|does) not\b", r"\1"), (r"\bno\b", "some")),
}
_NEGATED = re.compile(r"\b(?:not?|nobody|nothing)\b", re.IGNORECASE)
_ADDED = {
    "zh-CN": ((r"应当|可以|必须", "不得"),),
    "en": ((r"\b(shall|may|must|will|can|is|are)\b(?! not)", r"\1 not"),),
}


def opposites(words: str, language: str) -> tuple[str, ...]:
    """The words without their first negation, and with one more; none if nothing fits."""
    made = []
    # A second negation beside the first would be no sentence that anybody writes.
    added = () if _NEGATED.search(words) else _ADDED[language]
    for patterns in (_DROPPED[language], added):
        for pattern, other in patterns:
            changed = re.sub(pattern, other, words, count=1)
            if changed != words and changed.strip():
                made.append(changed)
                break
    return tuple(made)
