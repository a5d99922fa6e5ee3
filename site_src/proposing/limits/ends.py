"""Reads which act ends a time limit of the organisation, where the action says so plainly."""

import re
from collections.abc import Mapping

from site_src.lazy_patterns import LazyPattern
from site_src.policy.terms import Act
from site_src.proposing.reading import ProposalLanguage

_ON_ACCEPTANCE = LazyPattern(
    r"受理|初步|\b(?:accept|eligib|admiss|whether to|interim)", re.IGNORECASE
)
"""What is decided before anything is answered."""

_SAID_OF_ANSWER = r"(?:最终|终局|书面|正式|明确|终审)*(?:的)?"
_ENDS: Mapping[ProposalLanguage, tuple[tuple[Act, LazyPattern], ...]] = {
    "zh-CN": (
        ("acknowledge", LazyPattern(r"^(?:书面)?(?:确认|告知)(?:已经?)?收到")),
        (
            "decide",
            LazyPattern(rf"作出{_SAID_OF_ANSWER}[^，。；]{{0,6}}(?:决定|裁决|裁定|结论|意见)"),
        ),
        (
            "answer",
            LazyPattern(
                rf"^(?:书面|正式)?(?:答复|回复)|(?:作出|给出|给予){_SAID_OF_ANSWER}(?:答复|回复)"
            ),
        ),
    ),
    "en": (
        ("acknowledge", LazyPattern(r"^(?:acknowledges?|confirms? receipt)\b", re.IGNORECASE)),
        (
            "decide",
            LazyPattern(r"^(?:decides?|(?:gives?|issues?) (?:its|their|a|the) decision)\b", re.I),
        ),
        (
            "answer",
            LazyPattern(
                r"^(?:answers?|repl(?:y|ies)|responds?)\b"
                r"|^(?:sends?|gives?|issues?|provides?)\b[^,;]{0,30}\b(?:response|reply|answer)\b",
                re.IGNORECASE,
            ),
        ),
    ),
}


def acts_that_end(language: ProposalLanguage, action: str) -> tuple[Act, ...]:
    """The acts by which the limit is kept, such as the answer; none where that is not plain.

    They decide which date a filer is told as that of the answer, so a guess is worse than none.
    """
    if _ON_ACCEPTANCE.search(action):
        return ()
    return tuple(act for act, pattern in _ENDS[language] if pattern.search(action))
