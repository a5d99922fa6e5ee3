"""The words of English procedures."""

import re

from site_src.check.meaning.lexicon import Lexicon
from site_src.check.meaning.overlap import english_share


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_NO_STOP = r"[^,.;:\n()]"
_HANDLES = (
    "handl|deal|tak|receiv|accept|investigat|decid|answer|respond|consider|review|register|record|"
    "log|acknowledg|hear|process|manag|assess|examin|resolv|reply|replies"
)
_FILING_WORDS = (
    "complain(?:t|ts)?|appeal(?:s|ed)?|objections?|grievances?|disputes?|protests?|challenges?|"
    "requests?|suggestions?|feedback|representations?"
)

ENGLISH_WORDS = Lexicon(
    share=english_share,
    sentence_end=re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s|$)|\n"),
    part_end=re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s|$)|[;\n]"),
    segment_end=re.compile(r"[,;:\n]|[.!?](?=\s|$)"),
    starts_before=re.compile(
        rf"\b(?:(?:after|following|from|upon|since|once|as soon as)\s+(?P<after>{_NO_STOP}{{2,80}})"
        rf"|(?:on|upon)\s+(?P<got>(?:receipt|receiving|receiv\w+|being|registration|notification)\b{_NO_STOP}{{0,80}}))",
        re.IGNORECASE,
    ),
    start_begins=_words(r"after|following|from|upon|since|once|on"),
    starts_after=re.compile(
        rf"\s*(?:period|limit|time)?\s*(?:of|from|after|following|since|counted from|starting (?:on|from|with)|"
        rf"beginning (?:on|with)|once)\s+(?P<what>(?:(?!\band (?:we|you|it|they|will|must|may)\b|\bif\b|\bunless\b|\bto (?:send|make|give|file|appeal|lodge|submit)\b){_NO_STOP}){{2,90}})",
        re.IGNORECASE,
    ),
    weak_start=re.compile(r"^\s*(?:and |or |but )?(?:if|where|when|whenever|unless|once|anyone who|whoever|a \w+ who)\b", re.IGNORECASE),
    negative=_words(r"cannot|can't|unable|not possible|no longer|never|has not|have not"),
    events=(
        ("ruling", _words(r"rulings?|award|judgment|judgement|adjudication")),
        ("report", _words(r"(?<!annual )reports?")),
        (
            "answered_again",
            _words(
                r"(?:second|further|renewed|revised|stage (?:2|two)|final) (?:answer|response|reply|decision)"
                r"|answer(?:ed|s)? again|(?:handled|reviewed|considered) again"
            ),
        ),
        (
            "dissatisfied",
            _words(r"dissatisf\w+|not satisfied|unhappy|disagree\w*|not content|does not accept|do not accept|still not"),
        ),
        (
            "appealed",
            _words(
                r"appeal(?:s|ed)?(?! (?:decision|outcome))|escalat\w+|(?:request\w*|ask\w*|application) (?:for|to)(?: an?| the)?"
                r"(?: internal| further| independent)? (?:review|stage (?:2|two)|reconsider\w*)|review request|stage (?:2|two) request"
            ),
        ),
        (
            "decision",
            _words(
                r"decisions?|outcomes?|notices?|notif\w+|responses?|responded|answers?|answered|repl(?:y|ies|ied)|conclusions?|"
                r"letters?|result|determination|finding|resolution|award notice"
            ),
        ),
        ("registered", _words(r"regist\w+|logg\w+|record\w+|entered")),
        ("forwarded", _words(r"forward\w*|passed|pass\w* on|referr\w+|refer|transfer\w*|handed|hand\w* over|sent on|assign\w*")),
        (
            "received",
            _words(
                r"recei\w+|submission|submit\w*|submitted|lodg\w+|filing|filed|raised|made|arriv\w+|"
                r"complain(?:t|ts|s|ed)?|complainants?|appeals?|objections?|grievances?|protests?|disputes?|requests?|challenges?"
            ),
        ),
    ),
    asks=_words(r"requests?|ask\w*|application"),
    got=_words(r"recei\w+"),
    decides=_words(r"decid\w+|determin\w+"),
    accepted=_words(r"accept\w*"),
    filers=_words(
        r"you|complainants?|appellants?|applicants?|claimants?|customers?|consumers?|clients?|users?|members?|players?|"
        r"clubs?|parents?|pupils?|students?|patients?|residents?|tenants?|leaseholders?|owners?|drivers?|motorists?|keepers?|"
        r"suppliers?|bidders?|tenderers?|vendors?|employees?|workers?|anyone|any person|people|persons?|protesters?|"
        r"filers?|objectors?|visitors?|passengers?|citizens?|carers?|relatives?|whoever|the party|requesters?|contractors?"
    ),
    staff=_words(
        r"we|the (?:association|office|hospital|trust|authority|council|company|bank|board|panel|committee|team|"
        r"department|officer|manager|director|secretary|organisation|organization|club|service|agency|chair|head|ombud\w*|"
        r"tribunal|commission|secretariat|desk|unit|staff)|staff|officer|manager|director|secretary|panel|committee|"
        r"department|team|board|investigator|adjudicator|chief executive|handler|case ?worker"
    ),
    authorities=_words(
        r"courts?|ombudsman|ombudsmen|tribunals?|regulators?|commissioners?|ministry|supervisory authority|"
        r"arbitrators?|mediators?|police|inspectorate|government|dispute (?:resolution )?body|out-of-court body"
    ),
    respondents=_words(
        r"respondents?|the (?:person|party|member|player|club|employee|official|participant) (?:complained (?:of|about)|concerned|accused|charged)"
        r"|the subject of the complaint|the other (?:party|side|club|team|person)"
    ),
    objects=re.compile(
        r"\b(?:to|from|of|with|for|by|about|against|tell|tells|told|inform|informs|notify|notifies|give|gives|send|sends|ask|asks|on|reach|reaches|on behalf of)\s+(?:(?:the other|the|a|an|any|each|every|your|their)\s+)?(?:(?-i:[A-Z])[\w'’-]*\s+){0,3}$",
        re.IGNORECASE,
    ),
    agents=re.compile(r"\bby\s+(?:(?:the|a|an)\s+)?$", re.IGNORECASE),
    filing=_words(
        r"submit\w*|lodge\w*|file|filed|raise|raised|reach\w*|arrive\w*|request\w*|appl(?:y|ies|ied)|appeal(?:ed)?|complain(?:ed)?|make|made|"
        r"escalat\w+|object|protest|challenge|claim\w*|pay|provide|ask|asked|bring|brought|write|contact|withdraw"
    ),
    handling=_words(
        r"acknowledg\w+|respond\w*|answer\w*|repl(?:y|ies|ied)|decid\w+|investigat\w+|register\w*|record\w*|log\w*|forward\w*|"
        r"pass\w*|refer\w*|notif\w+|inform\w*|tell|told|confirm\w*|review\w*|issue\w*|send|sent|contact you|resolv\w+|"
        r"complet\w+|conclud\w+|hear|heard|publish\w*|update\w*|acted|act|hand\w*|assign\w*|examin\w*|assess\w*|"
        r"hold|held|convene\w*|determin\w+|consider\w*|call|process\w*|(?<!the )rul(?:e|es|ed)|explain\w*|meet|meets|report\w*"
    ),
    before=re.compile(r"^['’]?s?\s*(?:clear\s+)?(?:notice\s+|warning\s+)?(?:before|prior to|ahead of|in advance)\b"
        r"|^['’]?s?\s*(?:clear |written )?notice of\b", re.IGNORECASE),
    extends=_words(r"exten\w+|further|additional|extra|longer|prolong\w*|more"),
    not_before=_words(r"not before|no earlier|not earlier|at least|minimum|no sooner|not less than|must wait|earliest|until"),
    conditions=re.compile(
        r"^\s*(?:and |or |but )?(?:if|where|when|whenever|unless|in case|in the case of|in cases|should|provided|for|complaints about|anyone who)\b"
        r"|\b(?:if|where|unless|when)\b.{3,}$",
        re.IGNORECASE,
    ),
    examples=_words(r"for example|such as|including|in particular"),
    generic="make a complaint, file an appeal, raise an objection, has a suggestion, complains, is received",
    kinds=_words(r"complaints?|appeals?|objections?|grievances?|disputes?|protests?|suggestions?|challenges?"),
    hands_in=_words(r"(?:written|in writing)\b[^.\n]{0,30}\b(?:handed|sent|submitted|delivered) to"),
    people_end=re.compile(r"[;:\n]|[.!?](?=\s|$)"),
    people_listed=re.compile(r",\s*(?:and|or)\b|,|\band\b|\bor\b", re.IGNORECASE),
    modal=re.compile(r"\b(?:can|may|must|who|whom|whose|of|are|is|has|have|will|should)\b|$", re.IGNORECASE),
    people_begin=re.compile(r".*\b(?:for|by|from|to|are|the|an?)\b", re.IGNORECASE),
    remedies=_words(r"arbitration|arbitrators?|mediators?|mediation|courts?|tribunals?|ombuds\w+|regulators?"),
    everybody=_words(r"any|anyone|anybody|everyone|everybody|all"),
    persons=_words(
        r"persons?|people|organisations?|organizations?|bod(?:y|ies)|customers?|clients?|users?|members?|players?|clubs?|"
        r"parents?|pupils?|students?|patients?|residents?|tenants?|owners?|drivers?|keepers?|suppliers?|bidders?|tenderers?|"
        r"employees?|workers?|anyone|carers?|relatives?|visitors?|anybody|everybody|\w{3,}(?:er|or|ee|ant)s?|representatives?|officials?|coaches|referees?|applicants?"
    ),
    channels={
        "telephone": _words(r"telephone|phone|phoning|call|calling|calls|ring|hotline|helpline"),
        "extension": _words(r"extension|ext"),
        "email": re.compile(r"\be-?mail\w*\b|@", re.IGNORECASE),
        "letter": _words(r"letters?|post|by mail|postal|mailed|writing to|write to|address"),
        "fax": _words(r"fax|facsimile"),
        "in_person": _words(
            r"in person|face to face|face-to-face|visit\w*|counter|desk|reception|offices?(?! can be reached)|orally|verbal\w*|oral|speak\w*|"
            r"walk in|ward|on site|meeting"
        ),
        "box": _words(r"box|boxes|suggestion box"),
        "web": _words(r"web ?sites?|online|on-line|web|portal|app|internet|electronic form|online form|webform|platform"),
        "instant_messaging": _words(r"chat|text message|sms|whatsapp|wechat|messenger|instant messag\w+"),
        "community": _words(r"forum|social media|community"),
        "writing": _words(r"written|writing|form|in writing"),
        "authority": _words(r"authorit\w+|regulators?|ombudsman|bodies|body|government|ministry|council|commissioner|forward\w*|referred"),
        "callback": _words(r"call(?:s|ed)? back|follow-up calls?|call-?backs?"),
    },
    refuses=_words(r"(?:do|does|is|are|can|may|must|will|shall) not|cannot|no (?:complaints?|appeals?)|never|not accepted"),
    passed_on=_words(r"(?:passed on|forwarded|referred|sent on)(?: to us)? by (?:an? |the )?(?:\w+ ){0,3}(?:authority|regulator|ombudsman|ministry|government|council)"),
    addressed=re.compile(
        r"\b(?:speak|talk|turn|go|come|complain|say so)(?: in person)? (?:to|with) (?P<whom>[^,.;\n]{3,60}?)(?=[,.;\n]|\bor (?:by|in|write|call|use)\b|$)", re.IGNORECASE
    ),
    goes_to=re.compile(
        r"\b(?:to|ask|contact)\s+(?:the |an? |our )?(?P<body>(?:[A-Z][\w'’-]*)(?:\s+(?:of|for|and|the|[A-Z][\w'’-]*))*)"
    ),
    takes=r"\b(?:handled|dealt with|taken|received|accepted|investigated|heard|considered|decided|answered|reviewed|determined|registered|managed) by (?:the |an? |our )?(?:[\w-]+ ){0,2}?{role}"
    r"|\b(?:go|goes|sent|send|passed|passes|pass|forwarded|forwards|referred|refers|refer|addressed|assigned|submitted|made|given|handed|transferred|escalated)\b[^.;\n]{0,50}? to (?:the |an? |our )?(?:[\w-]+ ){0,2}?{role}"
    r"|{role}\b[^.;\n]{0,20}?\b(?:handles?|deals? with|takes?|receives?|accepts?|hears?|investigates?|decides?(?: on)?|considers?|examines?) (?:all |every |any |each |the |an? |other |such )*(?:\w+ ){0,3}(?:complaints?|appeals?|grievances?|objections?|protests?|challenges?|disputes?|requests?|cases?|filings?|matters?)",
    receives=r"{role} (?:receives?|takes?|registers?|logs?|accepts?) ",
    generic_filer=_words(r"(?:with|for|by|to|from|in|at|on) .*|complainants?|appellants?|applicants?|claimants?|person|people|anyone|body|bodies|party|parties|you"),
    whatever=_words(r"whether|however|no matter"),
    speaks_of_filing=re.compile(
        r"\b(?:can|may|must|should|accept\w*|receiv\w*|take|takes)\b[^.\n]*\b(?:complain\w*|appeal\w*|object\w*|grievance\w*|"
        r"protest\w*|challenge\w*|submi\w+|made|make|lodge\w*|raise\w*|contact\w*|reach\w*|write|call|send|sent|filed|file)\b"
        r"|\b(?:complain\w*|appeal\w*|object\w*|protest\w*|challenge\w*|contact|write|call|reach)\b[^.\n]{0,60}\b(?:by|at|via|through|to)\b",
        re.IGNORECASE,
    ),
    formalities={
        "written": _words(r"in writing|written|writing|form"),
        "signed": _words(r"sign|signs|signed|signature"),
        "real_name": _words(r"real name|full name|your name|name of the|names?|identif\w+"),
        "anonymous_allowed": _words(r"anonym\w+|without giving (?:your|a|their) name"),
        "evidence": _words(r"evidence|proof|documents?|copies|supporting|receipts?|photographs?"),
    },
    demands={
        "written": _words(
            r"(?:must|shall|should|has to|have to|is|are) (?:be )?(?:made |submitted |lodged |filed |put |sent |raised )?(?:to \w+ )?in writing"
            r"|(?:submit\w*|lodg\w+|made|make|raise\w*|file|filed|put)\b[^.\n]{0,40}\bin writing"
        ),
        "signed": _words(r"(?:must|shall|should|has to) (?:be |have been )?(?:in writing and )?sign(?:ed)?|signed by (?:the|a|you)"),
        "real_name": _words(r"(?:real|full|own|your) name|(?:state|give|include)s? (?:the|their|your|its) name"),
        "anonymous_allowed": _words(r"anonymous(?:ly)? (?:complain\w*|reports?|appeals?|filings?)[^.\n]{0,20}(?:are|is|can|may|will)(?! not)|(?:can|may|remain|stay)[^.\n]{0,20}anonym\w+"),
        "evidence": _words(r"(?:provide|include|attach|submit|supply|enclose|accompanied by|supported by|with)\b[^.\n]{0,25}(?:evidence|proof|supporting documents?|receipts?)"),
    },
    reviews=_words(
        r"(?:dissatisf\w+|not satisfied|unhappy|disagree\w*|remain\w*|do(?:es)? not accept|not agree\w*)\b[^.\n]*\b(?:can|may|ask|request|refer|write|escalat\w+|appeal\w*|review\w*|contact|take)"
        r"|(?:can|may|right to)\b[^.\n]{0,40}\b(?:appeal to|refer\b[^.\n]{0,30}\bto|complain to|escalat\w+|go to|apply to|contact|take\w*\b[^.\n]{0,30}\bto|ask)\b[^.\n]{0,60}"
        r"(?:ombuds\w+|tribunal|court|regulator|commissioner|review|mediat\w+|arbitrat\w+|adjudicat\w+|appeal (?:board|panel|committee)|authority|panel|board)"
    ),
    outside=_words(r"ombuds\w+|courts?|tribunals?|regulators?|commissioner|ministry|united nations|arbitration|government|inspectorate"),
    scope=_words(
        rf"(?:can|may|entitled to|right to)\b[^.\n]{{0,40}}(?:{_FILING_WORDS}|complain|submit|lodge|raise|use)|appl(?:y|ies) to|open to|who can|from"
    ),
    handles=rf"\b(?:to|by|with|contact|ask|tell|tells|notif(?:y|ies))\s+(?:(?:the|a|an|our)\s+)?(?:[\w-]+\s+){{0,2}}{{role}}"
    rf"|{{role}}\b[^.;\n]{{0,50}}\b(?:{_HANDLES})\w*",
    listed=re.compile(r",|;|\band\b|\bor\b|\n|-\s|\bas well as\b", re.IGNORECASE),
    defines=r"(?:^|[.;\n])\s*[“\"']?(?:an?\s+|the\s+)?{kind}[”\"']?\s*(?:\(.{1,30}\)\s*)?(?:means|is (?:any|an?|the)|are|:|refers to|covers)",
)
