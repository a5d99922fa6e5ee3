"""The words of English procedures."""

import re

from site_src.check.words import english_details as details
from site_src.check.words import english_parties as parties
from site_src.check.words.english_events import ENGLISH_EVENTS, ENGLISH_REPRESENTATIVES
from site_src.check.words.english_filing import (
    ENGLISH_ASKED,
    ENGLISH_CHANNELS,
    ENGLISH_DEMANDS,
    ENGLISH_FORMALITIES,
    ENGLISH_LENGTHS,
    ENGLISH_OUTGOING,
)
from site_src.check.words.lexicon import Lexicon, whole_words
from site_src.check.words.overlap import english_share
from site_src.lazy_patterns import LazyPattern

_NO_STOP = r"[^,.;:\n()]"
_HANDLES = (
    "handl|deal|tak|receiv|accept|investigat|decid|answer|respond|consider|review|register|record|"
    "log|acknowledg|hear|process|manag|assess|examin|resolv|reply|replies"
)

_NOBODY = (
    r"another|other|others|after|under|over|further|later|earlier|longer|either|neither|whether|"
    r"together|rather|however|never|ever|former|latter|prior|minor|major|senior|junior|proper|"
    r"(?:what|where|when|who)ever|(?:letter|order|number|matter|manner|paper|answer|offer|tender|"
    r"error|cent(?:er)|quarter|register|chapter|computer|power|factor|color|floor|transfer|"
    r"counter|newsletter|poster|folder|border|semester|character|server|printer|committee|degree|"
    r"guarantee|grant|warrant|restaurant)s?|three|relevant|important|significant|constant|"
    r"instant|distant|september|october|november|december"
)
"""Words that end like those for people and name none."""

ENGLISH_WORDS = Lexicon(
    share=english_share,
    sentence_end=LazyPattern(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s|$)|\n"),
    part_end=LazyPattern(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s|$)|[;\n]"),
    segment_end=LazyPattern(r"[,;:\n]|[.!?](?=\s|$)"),
    starts_before=LazyPattern(
        rf"\b(?:(?:after|following|from|upon|since|once|as soon as)\s+(?P<after>{_NO_STOP}{{2,80}})"
        rf"|(?:on|upon)\s+(?P<got>(?:receipt|receiving|receiv\w+|being|registration|"
        rf"notification)\b{_NO_STOP}{{0,80}}))",
        re.IGNORECASE,
    ),
    start_begins=whole_words(r"after|following|from|upon|since|once|on"),
    starts_after=LazyPattern(
        rf"(?:,(?=\s+(?:(?:counted|calculated|running) )?from (?:the (?:date|day)|receipt|when)\b"
        rf"))?"
        rf"\s*(?:(?:period|limit|time)\b\s*)?(?:of|from|after|following|since|counted from|"
        rf"starting (?:on|from|with)|"
        rf"beginning (?:on|with)|once)\s+(?P<what>(?:(?!\band (?:we|you|it|they|will|must|"
        rf"may)\b|\bif\b|\bunless\b|\bto (?:send|make|give|file|appeal|lodge|"
        rf"submit)\b){_NO_STOP}){{2,90}})",
        re.IGNORECASE,
    ),
    weak_start=LazyPattern(
        r"^\s*(?:and |or |but )?(?:if|where|when|whenever|unless|once|anyone who|whoever|"
        r"a \w+ who)\b",
        re.IGNORECASE,
    ),
    negative=whole_words(r"cannot|can't|unable|not possible|no longer|never|has not|have not"),
    events=ENGLISH_EVENTS,
    final=whole_words(r"final (?:answer|response|reply|decision)"),
    asks=whole_words(r"requests?|ask\w*|application"),
    got=whole_words(r"recei\w+"),
    takes_in=whole_words(r"receives?|takes?|accepts?"),
    decides=whole_words(r"decid\w+|determin\w+"),
    accepted=whole_words(r"accept\w*"),
    decides_to_accept=whole_words(
        r"whether (?:to accept|(?:it|they|the \w+|an? \w+) (?:is|are|can be|will be) accept\w+)|"
        r"accept\w* or (?:reject|refus|declin)\w*|decid\w+ to accept|decision to accept|"
        r"accepted for (?:investigation|consideration|review)"
    ),
    filers=parties.FILERS,
    staff=parties.STAFF,
    authorities=parties.AUTHORITIES,
    respondents=parties.RESPONDENTS,
    objects=parties.OBJECTS,
    told=parties.TOLD,
    agents=parties.AGENTS,
    filing=parties.FILING,
    handling=parties.HANDLING,
    undergoes=parties.UNDERGOES,
    gets=parties.GETS,
    possesses=parties.POSSESSES,
    arrives=parties.ARRIVES,
    interrupted=parties.INTERRUPTED,
    before=LazyPattern(
        r"^['’]?s?\s*(?:clear\s+)?(?:notice\s+|warning\s+)?(?:before|prior to|ahead of|"
        r"in advance|beforehand)\b|^['’]?s?\s*(?:(?:clear|written|advance|prior)\s+)*notice\s+of\b"
        r"|^['’]?s?\s*(?:(?:clear|written)\s+)*(?:advance|prior)\s+(?:written\s+)?notice\b",
        re.IGNORECASE,
    ),
    anywhere_before=whole_words(r"before|prior to|ahead of|in advance|beforehand"),
    notice=LazyPattern(
        r"^['’]?s?\s*(?:(?:clear|written|reasonable)\s+)*notice\b"
        r"|\bnotice\b(?:\s+of\b[^,;]{0,60}?)?\s+(?:of|is|being)\s+(?:(?:at least|not less than|"
        r"no less than|a minimum of|no fewer than|not fewer than)\s+)?$",
        re.IGNORECASE,
    ),
    extends=whole_words(r"exten\w+|prolong\w*|longer"),
    before_event=LazyPattern(
        r"….*?\b(?:before|prior to|ahead of|in advance of|notice of)\b(?P<event>.*)", re.IGNORECASE
    ),
    adds=whole_words(r"further|additional|extra|another|more(?! than)"),
    least=LazyPattern(
        r"\b(?:not before|(?:no|not) earlier than|at least|(?:a )?minimum(?: of)?|no sooner than|"
        r"(?:not|no) less than|must wait|waits?)\s+(?:the |a |an |another |for |until |further )*$",
        re.IGNORECASE,
    ),
    earliest=LazyPattern(
        r"\b(?:not before|(?:no|not) earlier than|no sooner than)\s+(?:the |a )?$", re.IGNORECASE
    ),
    waits=LazyPattern(
        r"^\W*(?:\w+\s+){0,3}?(?:ha(?:s|ve) (?:passed|elapsed|gone by)|or more|minimum|"
        r"at the earliest|at least)\b",
        re.IGNORECASE,
    ),
    authority=details.ENGLISH_AUTHORITY,
    consent=details.ENGLISH_CONSENT,
    apart_from=details.ENGLISH_APART_FROM,
    represents=ENGLISH_REPRESENTATIVES,
    at_most=details.ENGLISH_AT_MOST,
    stops=details.ENGLISH_STOPS,
    restarts=details.ENGLISH_RESTARTS,
    free_days=details.ENGLISH_FREE_DAYS,
    limit_of=details.ENGLISH_LIMIT_OF,
    turns=details.ENGLISH_TURNS,
    conditions=LazyPattern(
        r"^\s*(?:and |or |but )?(?:if|where|when|whenever|unless|in case|in the case of|"
        r"in cases|should|provided|for|complaints about|anyone who)\b"
        r"|\b(?:if|where|unless|when)\b.{3,}$",
        re.IGNORECASE,
    ),
    case=LazyPattern(
        r"\b(?:if|where|when|unless|otherwise)\b"
        r"|^(?:in|for) (?:all )?(?:other|simple|urgent|complex|exceptional)\b",
        re.IGNORECASE,
    ),
    absent=whole_words("absent|away|unavailable|not available|on leave"),
    alternative=LazyPattern(r"(?:or|and)\b", re.IGNORECASE),
    joins=LazyPattern(r"\b(?:or|and|but)\s*,?\s*$", re.IGNORECASE),
    otherwise=whole_words("or|otherwise|else|instead"),
    examples=whole_words(r"for example|such as|including|in particular"),
    generic="make a complaint, file an appeal, raise an objection, has a suggestion, complains, "
    "is received",
    kinds=whole_words(
        r"complaints?|appeals?|objections?|grievances?|disputes?|protests?|suggestions?|challenges?"
    ),
    hands_in=whole_words(
        r"(?:written|in writing)\b[^.\n]{0,30}\b(?:handed|sent|submitted|delivered) to"
    ),
    determiners=LazyPattern(r"\s*(?:the|an?|any|each|every|you|we|they)\b", re.IGNORECASE),
    people_end=LazyPattern(r"[;:\n]|[.!?](?=\s|$)"),
    people_listed=LazyPattern(r",\s*(?:and|or)\b|,|\band\b|\bor\b", re.IGNORECASE),
    modal=LazyPattern(
        r"\b(?:can|may|must|who|whom|whose|of|are|is|has|have|will|should|files?|"
        r"complains?|appeals?)\b|$",
        re.IGNORECASE,
    ),
    people_begin=LazyPattern(r".*\b(?:for|by|from|to|are|the|an?)\b", re.IGNORECASE),
    remedies=whole_words(
        r"arbitration|arbitrators?|mediators?|mediation|courts?|tribunals?|ombuds\w+|regulators?"
    ),
    everybody=whole_words(r"any|anyone|anybody|everyone|everybody|all"),
    persons=whole_words(
        r"persons?|people|organisations?|organizations?|bod(?:y|ies)|customers?|clients?|"
        r"users?|members?|players?|clubs?|"
        r"parents?|pupils?|students?|patients?|residents?|tenants?|owners?|drivers?|keepers?|"
        r"suppliers?|bidders?|tenderers?|"
        r"employees?|workers?|anyone|carers?|relatives?|visitors?|anybody|everybody|"
        rf"(?!(?:{_NOBODY})\b)\w{{3,}}(?:er|or|ee|ant)s?|representatives?|officials?|coaches|"
        r"referees?|applicants?|agents?|attorneys?|guardians?|friends?|spouses?|heirs?"
    ),
    channels=ENGLISH_CHANNELS,
    outgoing=ENGLISH_OUTGOING,
    refuses=whole_words(
        r"(?:do|does|is|are|can|may|must|will|shall) not|cannot|no (?:complaints?|appeals?)|"
        r"never|not accepted"
    ),
    rejects=details.ENGLISH_REJECTS,
    bars=details.ENGLISH_BARS,
    contrasts=details.ENGLISH_CONTRASTS,
    passed_on=whole_words(
        r"(?:passed on|forwarded|referred|sent on)(?: to us)? by (?:an? |"
        r"the )?(?:\w+ ){0,3}(?:authority|regulator|ombudsman|ministry|government|council)"
    ),
    addressed=LazyPattern(
        r"\b(?:speak|talk|turn|go|come|complain|say so)(?: in person)? (?:to|"
        r"with) (?P<whom>[^,.;\n]{3,60}?)(?=[,.;\n]|\bor (?:by|in|write|call|use)\b|$)",
        re.IGNORECASE,
    ),
    goes_to=LazyPattern(
        r"\b(?:to|ask|contact)\s+(?:the |an? |our )?(?P<body>(?:[A-Z][\w'’-]*)(?:\s+(?:of|"
        r"for|and|the|[A-Z][\w'’-]*))*)"
    ),
    takes=r"\b(?:handled|dealt with|taken|received|accepted|investigated|heard|considered|decided|"
    r"answered|reviewed|determined|registered|managed) by (?:the |an? |"
    r"our )?(?:[\w-]+ ){0,2}?{role}"
    r"|\b(?:go|goes|sent|send|passed|passes|pass|forwarded|forwards|referred|refers|refer|"
    r"addressed|assigned|submitted|made|given|handed|transferred|"
    r"escalated)\b[^.;\n]{0,50}? to (?:the |an? |our )?(?:[\w-]+ ){0,2}?{role}"
    r"|{role}\b[^.;\n]{0,20}?\b(?:handles?|deals? with|takes?|receives?|accepts?|hears?|"
    r"investigates?|decides?(?: on)?|considers?|examines?) (?:all |every |any |each |the |"
    r"an? |other |such )*(?:\w+ ){0,3}(?:complaints?|appeals?|grievances?|objections?|"
    r"protests?|challenges?|disputes?|requests?|cases?|filings?|matters?)",
    receives=r"{role} (?:receives?|takes?|registers?|logs?|accepts?) ",
    taken_up=whole_words(
        r"(?:handl|deal|tak|receiv|accept|investigat|decid|consider|hear|examin|resolv|answer|"
        r"respon|repl|assess|review)\w*"
    ),
    other_duties=whole_words(
        r"interpret\w*|amend\w*|revis\w+|training|trains?|budget|archiv\w+|publish\w*|publicity"
    ),
    appoints=whole_words(r"appoints?|designat\w+|nominat\w+|delegat\w+"),
    other_before=r"(?<!deputy )(?<!assistant )(?<!vice )(?<!vice-)",
    other_body=r"['’]s (?:office|assistant|secretary|deputy|committee)\b"
    r"|\s+(?:committee|meeting)\b",
    generic_filer=whole_words(
        r"(?:with|for|by|to|from|in|at|on) .*|complainants?|appellants?|applicants?|"
        r"claimants?|person|people|anyone|body|bodies|party|parties|you"
    ),
    whatever=whole_words(r"whether|however|no matter"),
    speaks_of_filing=LazyPattern(
        r"\b(?:can|may|must|should|accept\w*|receiv\w*|take|takes)\b[^.\n]*\b(?:complain\w*|"
        r"appeal\w*|object\w*|grievance\w*|"
        r"protest\w*|challenge\w*|submi\w+|made|make|lodge\w*|raise\w*|contact\w*|reach\w*|"
        r"write|call|send|sent|filed|file)\b"
        r"|\b(?:complain\w*|appeal\w*|object\w*|protest\w*|challenge\w*|contact|write|call|"
        r"reach)\b[^.\n]{0,60}\b(?:by|at|via|through|to)\b",
        re.IGNORECASE,
    ),
    formalities=ENGLISH_FORMALITIES,
    demands=ENGLISH_DEMANDS,
    waives=LazyPattern(
        r"\b(?:need not|not need|no need|not have to|not required|not necessary)\b[^,.;]{0,40}$",
        re.IGNORECASE,
    ),
    reviews=whole_words(
        r"(?:dissatisf\w+|not satisfied|unhappy|disagree[sd]?|remain\w*|do(?:es)? not accept|"
        r"not agree\w*)\b[^.\n]*\b(?:can|may|ask|request|refer|write|escalat\w+|appeal\w*|"
        r"review\w*|contact|take)"
        r"|(?:can|may|right to)\b[^.\n]{0,40}\b(?:appeal to|refer\b[^.\n]{0,30}\bto|"
        r"complain to|escalat\w+|go to|apply to|contact|take\w*\b[^.\n]{0,30}\bto|"
        r"ask)\b[^.\n]{0,60}"
        r"(?:ombuds\w+|tribunal|court|regulator|commissioner|review|mediat\w+|arbitrat\w+|"
        r"adjudicat\w+|appeal (?:board|panel|committee)|authority|panel|board)"
        r"|(?:can|may|must|right to)\b[^.\n]{0,60}\b(?:review|action|petition|proceedings|claim|"
        r"case|suit|appeal)\b[^.\n]{0,60}\b(?:courts?|tribunals?|arbitrat\w+)"
    ),
    any_time=whole_words(
        r"at any (?:time|stage|point)|without (?:first|having|waiting)|(?:need|do|does) not "
        r"(?:first|have to|need to|wait)|directly|whether or not|instead"
    ),
    always=whole_words(r"at any (?:time|stage|point)|without (?:first|waiting)|need not first"),
    outside=whole_words(
        r"ombuds\w+|courts?|tribunals?|regulators?|commissioner|ministry|united nations|"
        r"arbitration|government|inspectorate"
    ),
    handles=rf"\b(?:to|by|with|contact|ask|tell|tells|notif(?:y|ies))\s+(?:(?:the|a|an|"
    rf"our)\s+)?(?:[\w-]+\s+){{0,2}}{{role}}"
    rf"|{{role}}\b[^.;\n]{{0,50}}\b(?:{_HANDLES})\w*",
    approval=details.ENGLISH_APPROVAL,
    approves=details.ENGLISH_APPROVES,
    days=details.ENGLISH_DAYS,
    holidays=details.ENGLISH_HOLIDAYS,
    asked=ENGLISH_ASKED,
    lengths_of=ENGLISH_LENGTHS,
    listed=LazyPattern(r",|;|\band\b|\bor\b|\n|-\s|\bas well as\b", re.IGNORECASE),
    defines=r"(?:^|[.;\n])\s*[“\"']?(?:an?\s+|the\s+)?{kind}[”\"']?\s*(?:\(.{1,30}\)\s*)?(?:means|"
    r"is (?:any|an?|the)|are|:|refers to|covers)",
)
