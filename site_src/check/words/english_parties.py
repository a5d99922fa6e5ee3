"""The English words for whom a time limit binds, and for what they do."""

import re

from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern

PERSONS_FILING = (
    r"you|complainants?|appellants?|applicants?|claimants?|customers?|consumers?|"
    r"clients?|users?|members?(?! of staff)|players?|"
    r"clubs?|parents?|pupils?|students?|patients?|residents?|tenants?|leaseholders?|"
    r"owners?|drivers?|motorists?|keepers?|"
    r"suppliers?|bidders?|tenderers?|vendors?|employees?|workers?|anyone|any person|"
    r"people|persons?|protesters?|"
    r"filers?|objectors?|visitors?|passengers?|citizens?|carers?|relatives?|whoever|"
    r"the party|parties|requesters?|contractors?|policyholders?"
)
FILERS = whole_words(PERSONS_FILING)

STAFF = whole_words(
    r"we|the (?:association|office|hospital|trust|authority|council|company|bank|board|"
    r"panel|committee|team|"
    r"department|officer|manager|director|secretary|organisation|organization|club|"
    r"service|agency|chair|head|ombud\w*|practice|university|school|insurer|"
    r"tribunal|commission|secretariat|desk|unit|staff)|"
    r"(?:the |an? )?members? of staff|staff|officer|manager|director|"
    r"secretary|panel|committee|"
    r"department|team|board|investigator|adjudicator|chief executive|handler|case ?worker"
)

AUTHORITIES = whole_words(
    r"courts?|ombudsman|ombudsmen|tribunals?|regulators?|commissioners?|ministry|"
    r"supervisory authority|"
    r"arbitrators?|mediators?|police|inspectorate|government|"
    r"dispute (?:resolution )?body|out-of-court body"
)

RESPONDENTS = whole_words(
    r"respondents?|the (?:person|party|member|player|club|employee|"
    r"official|participant) (?:complained (?:of|about)|concerned|accused|charged)"
    r"|the subject of the complaint|the other (?:party|side|club|team|person)"
)

OBJECTS = LazyPattern(
    r"\b(?:to|from|of|with|for|by|about|against|in|into|before|at|via|through|tell|tells|told|"
    r"informs?|notify|notifies|gives?|sends?|asks?|on|reach|reaches|on behalf of|provides?|"
    r"advises?|contacts?|invites?|interviews?|reminds?|(?:contact|tell|inform|notify|ask|send|remind|"
    r"|e-?mail|call|telephon)ing|giving|providing|advising)\s+"
    r"(?:(?:the other|the|a|an|any|each|"
    r"every|your|their)\s+(?:(?!the\b|complaint|appeal|decision|request)[a-z]+\s+)?)?"
    r"(?:(?-i:[A-Z])[\w'’-]*\s+){0,3}$",
    re.IGNORECASE,
)

AGENTS = LazyPattern(r"\bby\s+(?:(?:the|a|an)\s+)?(?:(?-i:[A-Z])[\w'’-]*\s+){0,3}$", re.IGNORECASE)

UNDERGOES = LazyPattern(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:concerned|charged|in question|complained of)\s+)?"
    r"(?:(?:can|may)\s+expect\s+to|(?:shall|will|must|should"
    r"|is|are|has|have)(?:\s+(?:also|then|always|normally|usually|generally|\w+ly))?(?:\s+to)?)"
    r"(?:\s*,?\s*(?:within|in|after|by|no later than|not later than)\b[^.;:]{0,80}?,?)?"
    r"\s*(?:be(?:en)?\s+)?(?:also\s+|then\s+|\w+ly\s+)?"
    r"(?:notified|informed|told|advised|sent|contacted|kept|updated|written to|reminded|heard|"
    r"interviewed|issued with|provided with|copied|consulted|answered|"
    r"(?:given|offered|invited to)\s+(?:an?\b|the\b|written\b|notice\b|reasons?\b)"
    r"(?!\s+(?:\w+\s+){0,2}(?:days?|weeks?|months?|period|opportunity|chance|deadline)\b)"
    r"|given\s+(?:(?:at least|(?:not|no) (?:less|fewer) than|a minimum of)\s+)?['’]?s?\s*"
    r"(?:\w+\s+){0,2}notice)\b"
    # Who is told of something and asked to act on it acts.
    r"(?![^.;]*(?:,|\band|\bor)\s+(?:invited|asked|required|requested|allowed|permitted|"
    r"given\s+(?:an|the)\s+(?:opportunity|chance))\s+to\b(?!\s+(?:an?|attend|meet)\b))",
    re.IGNORECASE,
)

GETS = LazyPattern(
    r"\s*(?:shall|will|should|can|may|is|are|has|have)(?:\s+\w+ly)?\s+"
    r"(?:(?:expect|entitled)\s+(?:to\s+)?(?:receive|hear|get|(?:an?|the)\s+(?:\w+\s+){0,2}?"
    r"(?:response|reply|answer|decision|acknowledge?ment|explanation|apology|refund|update))"
    r"|receive|hear\s+from|get)\b",
    re.IGNORECASE,
)

POSSESSES = LazyPattern(
    r"['’]s\b(?!\s+(?:written\s+)?(?:submissions?|response|reply|representations?|statement|"
    r"evidence|bundle|notice|grounds|application)\s+(?:shall|must|should|will|may|is|are)\b)",
    re.IGNORECASE,
)

INTERRUPTED = whole_words(r"(?:may|must|shall|should|will|can|who)\s*$")

ARRIVES = whole_words(r"(?:be|is|are) received|reach(?:es|ed)?|arrives?")

_NO_NOUN = "".join(
    rf"(?<!\b{word} )"
    for word in ("the", "an", "a", "any", "each", "every", "your", "their", "his", "her", "of")
)
"""What does not stand before a verb: "the appeal" is none."""

FILING = whole_words(
    r"submit\w*|lodge\w*|file|filed|raise|raised|reach\w*|arrive\w*|be received|"
    rf"appl(?:y|ies|ied)|{_NO_NOUN}(?:request|appeal|complain|protest|challenge|claim|object)"
    r"(?:e?d|ing)?|complained|make|made|"
    r"escalat\w+|pay|paid|provide|provided|ask|asked|bring|brought|seek|sought|"
    rf"write|withdraw|contact(?!\s+(?:you|(?:the|an?|each|every)\s+(?:{PERSONS_FILING}))\b)"
)

_ANSWERS = (
    r"decisions?|determinations?|rulings?|responses?|answers?|repl(?:y|ies)|outcomes?|results?|"
    r"acknowledge?ments?|reports?|explanations?|findings?|reasons"
)
HANDLING = LazyPattern(
    r"\b(?:acknowledg\w+|respond(?:s|ed|ing)?|answer\w*|repl(?:y|ies|ied)|decid\w+|investigat\w+|"
    r"register\w*|record\w*|log\w*|forward\w*|"
    r"pass\w*|refer\w*|notif\w+|inform\w*|tell|told|confirm\w*|review\w*|issue\w*|send|"
    r"sent|contact(?:ed)?|resolv\w+|"
    r"complet\w+|conclud\w+|hear|heard|publish\w*|update\w*|acted|act|hand\w*|assign\w*|"
    r"examin\w*|assess\w*|"
    r"hold|held|convene\w*|determin\w+|consider\w*|call|process\w*|"
    r"(?<!the )rul(?:e|es|ed)|"
    r"explain\w*|meet|meets|report\w*)\b"
    rf"|(?:^|[,;:]|\band\b|\bor\b)\s*(?:(?:the|an?|our|its|any|all)\s+)?(?:\w+\s+){{0,2}}?"
    rf"(?:{_ANSWERS})(?:\s+to\b[^,;]{{0,40}})?\s+(?:(?:shall|will|must|should|is|are|may)\s+)+"
    r"(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?(?:made|given|provided|taken|reached)\b",
    re.IGNORECASE,
)

TOLD = LazyPattern(
    r"\b(?:tells?|informs?|notif(?:y|ies)|reports?(?: \w+){0,6} to|sends?(?: \w+){0,6} to|"
    r"delivers?(?: \w+){0,6} to|copies) (?:the |an? |our )?$",
    re.IGNORECASE,
)
