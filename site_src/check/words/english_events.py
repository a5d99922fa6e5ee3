"""The English words for built-in events and for those who act for filers."""

import re

from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern

ENGLISH_EVENTS: tuple[tuple[str, LazyPattern], ...] = (
    ("ruling", whole_words(r"rulings?|award|judgment|judgement|adjudication")),
    ("report", whole_words(r"(?<!annual )reports?")),
    (
        "answered_again",
        whole_words(
            r"(?:second|further|renewed|revised|stage (?:2|two)|final) (?:answer|"
            r"response|reply|decision)"
            r"|answer(?:ed|s)? again|(?:handled|reviewed|considered) again"
        ),
    ),
    (
        "dissatisfied",
        whole_words(
            r"dissatisf\w+|not satisfied|unhappy|disagree\w*|not content|does not accept|"
            r"do not accept|still not"
        ),
    ),
    (
        "appealed",
        whole_words(
            r"appeal(?:s|ed)?(?! (?:decision|outcome))|escalat\w+|(?:request\w*|ask\w*|"
            r"application) (?:for|to)(?: an?| the)?"
            r"(?: internal| further| independent)? (?:review|stage (?:2|two)|"
            r"reconsider\w*)|review request|stage (?:2|two) request"
        ),
    ),
    (
        "decision",
        whole_words(
            r"decisions?|outcomes?|notices?|notif\w+|responses?|responded|answers?|"
            r"answered|repl(?:y|ies|ied)|conclusions?|"
            r"letters?|result|determination|finding|resolution|award notice"
        ),
    ),
    ("registered", whole_words(r"regist\w+|logg\w+|record\w+|entered")),
    (
        "forwarded",
        whole_words(
            r"forward\w*|passed|pass\w* on|referr\w+|refer|transfer\w*|handed|"
            r"hand\w* over|sent on|assign\w*"
        ),
    ),
    (
        "received",
        whole_words(
            r"recei\w+|submission|submit\w*|submitted|lodg\w+|filing|filed|raised|made|"
            r"arriv\w+|"
            r"complain(?:t|ts|s|ed)?|complainants?|appeals?|objections?|grievances?|"
            r"protests?|disputes?|requests?|challenges?"
        ),
    ),
)
"""Each built-in event, the most specific first."""

ENGLISH_REPRESENTATIVES: tuple[LazyPattern, ...] = (
    LazyPattern(
        r"\b(?:be|is|are) represented by (?![^.;\n]*\bown (?:expense|cost))"
        r"(?P<whom>[^.;\n()]{3,60}?)"
        r"(?=[.;\n(]|\b(?:at|if|in|who|with|during)\b|$)",
        re.IGNORECASE,
    ),
    LazyPattern(
        r"\b(?P<whom>(?:somebody|someone|anybody|anyone) else|another person|an? (?:agent|"
        r"representative|relative|friend|advocate|lawyer|solicitor|attorney)) (?:can|may) "
        r"(?:act|complain|appeal|apply|file|write) (?:for|on behalf of)\b",
        re.IGNORECASE,
    ),
)
"""Sentences that say `whom` a filer may let act."""
