"""The words of English procedures that proposals look for."""

import re

from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern
from site_src.proposing.words import english_subjects as subjects
from site_src.proposing.words.proposal_words import ProposalWords

_KIND = subjects.ENGLISH_KINDS
_UNIT = (
    r"team|office|board|panel|committee|department|desk|unit|council|service|centre|center|"
    r"secretariat|reception|governors|trustees|directorate|bureau|commission"
)
_PERSON = (
    r"(?:officer|manager|director|secretary|head|chair|chairman|chairwoman|chairperson|coordinator|"
    r"co-ordinator|principal|headteacher|teacher|tutor|executive|registrar|dean|adviser|advisor|"
    r"supervisor|investigator|administrator|assistant|nurse|sister|matron|consultant|clerk|"
    r"handler|caseworker|receptionist|trainer|coach|lead|partner|president|bursar|assessor|"
    r"chancellor|vice-chancellor|provost|examiner|auditor|moderator|librarian|warden|steward)s?"
)
_NAME = (
    rf"(?P<name>(?:(?!(?:the|a|an|of|to|by|and|or|in|with|for|who|whose|which|that|is|are|if|its|"
    rf"their|your|any|"
    rf"each|no|not|other|another|same|relevant|appropriate|tells?|asks?|within|from|on|"
    rf"at)\b)[A-Za-z'’-]+\s+){{0,3}}?"
    rf"(?:{_UNIT}|{_PERSON})(?:\s+(?:{_UNIT}|{_PERSON}))*(?:\s+of\s+(?:(?!(?:one|two|three|"
    rf"four|five|six|seven|at|no|the|its|our|which|whom)\b)[a-z]+\s?){{1,2}}(?=\b)|"
    rf"\s+to the\s+(?:\w+\s+)?(?:{_UNIT}))?)"
)

ENGLISH_PROPOSALS = ProposalWords(
    kind_ids={
        "appeal": "appeal",
        "complaint": "complaint",
        "dispute": "dispute",
        "objection": "objection",
        "challenge": "objection",
        "protest": "objection",
        "grievance": "grievance",
        "suggestion": "suggestion",
        "feedback": "feedback",
        "request": "request",
    },
    definition=LazyPattern(
        r"(?:^|[.;\n])\s*[“\"']?(?:an?\s+|the\s+)?(?P<name>(?:(?!the\b|an?\b)[\w-]+\s+){0,3}?"
        rf"(?:{_KIND})(?:\s+(?:to|about|against)\s+an?\s+[\w ]{{3,30}}?)?)[”\"']?\s+"
        r"(?:means|is (?:any|an?|the|what|when)|are|:|refers to|covers|asks)(?P<says>\b[^.\n]{4,})",
        re.IGNORECASE,
    ),
    roles=LazyPattern(
        rf"\b(?:the|an?|our|its)\s+{_NAME}\b(?!\s+(?:hours?|rules?|fees?|meeting|room|of state))",
        re.IGNORECASE,
    ),
    plain_role=LazyPattern(
        r"\s+(?:who|of (?:the|a|our))\b.*$|\s+(?:members?|staff)$", re.IGNORECASE
    ),
    no_step=LazyPattern(r"(?!)"),
    turns_to=LazyPattern(r"(?!)"),
    relative=LazyPattern(r"(?!)"),
    no_actor=LazyPattern(r"(?!)"),
    organ=LazyPattern(r"\b(?:panel|team|board|committee|unit|service|office|council)$"),
    bare_organ=r"\bthe {noun}\b(?! of)",
    ourselves=whole_words(
        r"we|the (?:association|hospital|trust|authority|company|bank|organi[sz]ation|club|"
        r"agency|practice|university|school|college|insurer|library|museum|gym|clinic|centre)"
    ),
    known_as=LazyPattern(
        r"(?P<name>(?:[A-Z][\w&'’-]*\s+){1,6})\((?:here(?:in)?after\s+)?[“\"'](?:the |we|"
        r"us)?[^)]{0,30}[”\"'][^)]{0,12}\)"
    ),
    no_role=LazyPattern(
        r"(?:.*\b)?(?:ombud\w+|courts?|tribunals?|regulator|authority|ministry|government|"
        r"customer service|"
        r"health service|public service|consumer cent\w+|mediators?|arbitrators?)\b.*$"
        r"|(?:service|team|department|head|lead|partner|assistant)s?$|(?:first|second|third|"
        r"last) .*",
        re.IGNORECASE,
    ),
    acts=(
        ("follow_up", whole_words(r"satisf\w+|follow-?up|survey\w*")),
        ("publish", whole_words(r"publish\w*")),
        (
            "analyse",
            whole_words(
                r"analys\w+|reports? to|reviews? (?:all|the) complaints|trends?|statistics"
            ),
        ),
        ("prevent", whole_words(r"prevent\w*")),
        ("correct", whole_words(r"corrective|correct\w*|put(?:s)? right")),
        ("track", whole_words(r"track\w*|monitor\w*|supervis\w+")),
        ("file", whole_words(r"archiv\w+|files? (?:it|the)|stores?|keeps?")),
        ("approve", whole_words(r"approv\w+|consents?")),
        (
            "acknowledge",
            whole_words(r"acknowledg\w+|confirms?(?: that)?(?: it)?(?: a| the| receipt)?"),
        ),
        ("accept", whole_words(r"whether (?:to|it can) accept|accepts?")),
        ("register", whole_words(r"regist\w+|logs?|records?|enters?|notes?")),
        ("receive", whole_words(r"receiv\w+|takes? (?:the|a|all)")),
        ("classify", whole_words(r"classif\w+|grades?|triage\w*")),
        ("assign", whole_words(r"assign\w*|passes|forwards?|hands?|allocat\w+|appoints?")),
        (
            "investigate",
            whole_words(
                r"investigat\w+|interviews?|examin\w+|looks? into|hears?|holds? a|inspects?"
            ),
        ),
        ("validate", whole_words(r"verif\w+|validat\w+")),
        ("progress", whole_words(r"progress|extend\w*|news|keeps? \w+ informed|updates?")),
        ("decide", whole_words(r"decid\w+|determin\w+|conclud\w+|rul(?:es|ing)")),
        (
            "answer",
            whole_words(
                r"respon\w+|answer\w*|repl(?:y|ies)|writes? (?:back )?to|sends?|tells?|explains?"
            ),
        ),
        ("notify", whole_words(r"notif\w+|informs?|gives?")),
        (
            "carry_out",
            whole_words(
                r"handl\w+|deals?|resolv\w+|implement\w*|carr(?:y|ies) out|sees? done|closes?"
            ),
        ),
    ),
    topics=(
        (
            "no_retaliation",
            whole_words(
                r"retaliat\w+|victimi[sz]\w+|reprisals?|detriment\w*|worse|disadvantage\w*|"
                r"less favourabl\w*|less favorabl\w*|treated differently|penali[sz]ed"
            ),
        ),
        (
            "no_discrimination",
            whole_words(r"discriminat\w+|any language|equal\w*|accessib\w+|disabilit\w+"),
        ),
        (
            "recusal",
            whole_words(
                r"not (?:been )?involved|conflict of interest|withdraws?|take no part|recus\w+|"
                r"nobody who"
            ),
        ),
        ("confidentiality", whole_words(r"confiden\w+|secret|private|privacy|need to know")),
        ("read_back", whole_words(r"reads? (?:it|them) back")),
        ("cost", whole_words(r"free of charge|no (?:fee|charge)|without charge|bears? the cost")),
        ("on_duty", whole_words(r"on duty")),
        ("appraisal", whole_words(r"apprais\w+")),
        ("truthfulness", whole_words(r"truthful\w*|false|vexatious|malicious|in good faith")),
        ("cooperation", whole_words(r"cooperat\w+|co-operat\w+")),
        ("publication", whole_words(r"publish\w*|publication|website")),
        ("follow_up", whole_words(r"satisf\w+ (?:survey|with the answer)|follow-?up")),
        ("analysis", whole_words(r"analys\w+|trends?|statistics")),
        ("improvement", whole_words(r"improv\w+|learn\w*|lessons?|corrective|prevent\w*")),
        ("progress", whole_words(r"progress|keeps? \w+ informed|up to date")),
        (
            "remedy",
            whole_words(
                r"compensat\w+|refund\w*|apolog\w+|pays?|credited|remed\w+|put (?:it|things) right"
            ),
        ),
        ("record", whole_words(r"records?|kept|keeps?|logs?|notes?")),
        ("notification", whole_words(r"notif\w+|informs?|tells?|in writing")),
        ("conduct", whole_words(r"polite\w*|courte\w+|respect\w*|abusive|listens?|calm\w*")),
        (
            "obligation",
            whole_words(
                r"(?:customers?|complainants?|you|members?|students?|patients?|"
                r"parents?) (?:must|should|may not)"
            ),
        ),
        (
            "principle",
            whole_words(
                r"fair\w*|impartial\w*|objective\w*|prompt\w*|without delay|only if|"
                r"not a complaint|prevails?|counted|principle"
            ),
        ),
    ),
    keeps_records=whole_words(r"kept|keeps?|retain\w*|archiv\w+|stor\w+|destroy\w*"),
    scope=whole_words(r"applies to|scope|covers|this procedure is for|who can|what .* is"),
    staff=whole_words(r"employees?|staff members?|workers?|colleagues?"),
    window=whole_words(
        r"(?:time limit|deadline|period) for (?:complaining|appealing|filing|making)"
    ),
    files=LazyPattern(
        rf"\b(?:can|may|must|should|right to|entitled to)\b[^.\n]{{0,60}}\b(?:{_KIND}|complain|"
        rf"object|appeal)\b"
        r"|\b(?:complain|object|appeal)s?\b[^.\n]{0,30}\b(?:by|to|in|at|on)\b"
        rf"|\b(?:{_KIND})\b[^.\n]{{0,40}}\b(?:go to|made|sent|submitted|raised|reach)\b"
        r"|^\s*(?:By|At|In|On)\b",
        re.IGNORECASE,
    ),
    who=LazyPattern(
        r"(?:^|[.;\n]\s*)(?P<who>[^.;:\n]{2,90}?)\s+(?:can|may|is entitled to|are entitled to|"
        r"has the right to|have the right to)\s+"
        rf"(?:also\s+)?(?:(?:make|file|lodge|submit|raise|"
        rf"bring)\s+(?:an?\s+)?(?:\w+\s+)?(?:{_KIND})|complain|object|appeal|use this)\b"
        r"|\b(?:what|when|where|if)\s+(?P<other>(?:an?|the)\s+[^.;:,\n]{2,40}?)\s+(?:tells?|"
        r"asks?|sends?|uses?|writes?|says?)\b"
        r"|\b(?:applies to|(?:may|can) be used by)\s+(?P<scope>[^.;:\n]{2,200})"
        rf"|\b(?:{_KIND})\s+(?:from|by|of)\s+(?P<of>[^.;:\n]{{2,90}}?)\s+(?:about|against|"
        rf"concerning|on|to)\b",
        re.IGNORECASE,
    ),
    who_begins=LazyPattern(
        r"^.*\b(?:how|that|whether|when|where)\s+(?=(?:an?|the|any)\s)|\bby\s+(?=\w)", re.IGNORECASE
    ),
    no_filer=LazyPattern(r"(?:if|where|when|this|these|it|they)\b", re.IGNORECASE),
    defined_person=LazyPattern(r"(?!)"),
    threshold=LazyPattern(
        r"(?<!no )(?<!not )\b(?:more than|beyond|over|less than|exceed\w*|longer than|"
        r"older than|fewer than|under)\s+$",
        re.IGNORECASE,
    ),
    over=LazyPattern(r"^\s*(?:or (?:more|longer|older)|or over|old|ago|earlier)\b", re.IGNORECASE),
    kept=LazyPattern(
        r"\b(?:keeps?|kept|retain\w*|stored?|archiv\w+|delet\w+|destroy\w*)\b", re.IGNORECASE
    ),
    kind_of_thing=LazyPattern(r"(?!)"),
    own_time=whole_words(r"hotline|open|hours a day|a day|line"),
    address=LazyPattern(
        r"\b(?:letter|post|write|writing|mail|"
        r"address(?: is)?:?)\s+(?:to\s+)?(?:us\s+at\s+)?(?P<value>(?:(?:[A-Z][\w'’&-]*,?\s+){0,8})"
        r"\d+[\w-]*(?:\s+[A-Z][\w'’-]*){1,4}(?:,\s+(?!(?:Mon|Tues|Wednes|"
        r"Thurs|Fri|Satur|Sun)day)(?:[A-Z][\w'’-]*|\d+)(?:\s+[A-Z0-9][\w'’-]*)*)*"
        r"|[A-Z][\w'’-]*(?:strasse|straße)?\s+\d+\w?(?:,\s+(?:\d+\s+)?[A-Z][\w'’-]*)*)"
        r"|\b(?:offices?|reception|desk|"
        r"counter),\s+(?P<place>\d+[\w-]*(?:\s+[A-Z][\w'’-]*){1,4}(?:,\s+(?!(?:Mon|Tues|Wednes|"
        r"Thurs|Fri|Satur|Sun)day)[A-Z][\w'’-]*)*)"
    ),
    web=LazyPattern(
        r"(?<![@\w.-])(?P<value>(?:https?://)?(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|uk|eu|"
        r"de|ie)(?:/[\w./-]*)?)(?![\w@])",
        re.IGNORECASE,
    ),
    hours=LazyPattern(
        r"(?P<value>(?:(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|weekdays|"
        r"every day|daily|working days)"
        r"(?:\s+(?:to|and|until|-|–)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
        r"Sun)days?)?,?\s+(?:from\s+|between\s+)?"
        r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:to|until|and|-|"
        r"–)\s*\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b|o['’]clock)?"
        r"(?:,\s+(?:and\s+)?(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\s+(?:from|"
        r"until|to)\s+\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\b)?)*"
        r"|24 hours a day|at any hour|round the clock)",
        re.IGNORECASE,
    ),
    hours_head=whole_words(r"hours|open|times?|when|available"),
    place_head=whole_words(r"address|where|number|contact|details|location"),
    level=subjects.ENGLISH_LEVEL,
    level_of_list=subjects.ENGLISH_LEVEL_OF_LIST,
    level_list=subjects.ENGLISH_LEVEL_LIST,
    level_item=subjects.ENGLISH_LEVEL_ITEM,
    level_names=subjects.ENGLISH_LEVEL_NAMES,
    level_name=subjects.ENGLISH_LEVEL_NAME,
    bare_level=subjects.ENGLISH_BARE_LEVEL,
    defines_level=subjects.ENGLISH_DEFINES_LEVEL,
    heading=subjects.ENGLISH_HEADING,
    no_heading=subjects.ENGLISH_NO_HEADING,
    of_kind=subjects.ENGLISH_OF_KIND,
    about=subjects.ENGLISH_ABOUT,
    examples_fringe=subjects.ENGLISH_EXAMPLES_FRINGE,
    does=subjects.ENGLISH_DOES,
    defined_about=subjects.ENGLISH_DEFINED_ABOUT,
    item=LazyPattern(
        r"^\s*(?:[-*•·]|\(?[a-z0-9]+[).]|[①-⑳])\s+(?P<item>.+?)(?:;|,)?(?:\s+(?:and|or))?[.;]?\s*$",
        re.MULTILINE,
    ),
    in_charge=(
        r"{role}\s+(?:is|are)\s+(?:responsible for|in charge of)\s+"
        r"(?:receiving|handling|all|taking|managing)"
        r"|\b(?:submit(?:ted)?|sent?|made|addressed|lodged?)\b[^.;\n]{0,40}\bto\s+(?:the\s+)?{role}\b"
    ),
    takes_filings=LazyPattern(rf"\b(?:{_KIND}|cases?|it|them|matters?)\b", re.IGNORECASE),
    subject=LazyPattern(r"(?!)"),
    free=whole_words(
        r"free of charge|no (?:fee|charge)|without charge|is free|does not cost|fee of [^.;]+|"
        r"costs? (?:is|are) (?:borne|paid) by"
    ),
    body=LazyPattern(
        r"\b(?:to|ask|contact|with|by)\s+(?:the\s+|an?\s+|our\s+|"
        r"one of the\s+)?(?P<body>[A-Za-z][\w'’ -]{2,60}?)"
        r"(?=\s+(?:within|to\b|for\b|at\b|if\b|by\b|in\b|about\b|on\b|before\b)|[,.;:\n]|$)",
        re.IGNORECASE,
    ),
    hotline=LazyPattern(r"(?!)"),
    trims=LazyPattern(r"^[\s,;:.]+|[\s,;:.]+$"),
)
