"""The English words for ways to file and for how a filing must be made."""

import re
from collections.abc import Mapping

from site_src.check.words.english_parties import PERSONS_FILING
from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern
from site_src.policy.terms import ChannelType, Formality

ENGLISH_CHANNELS: Mapping[ChannelType, LazyPattern] = {
    "telephone": whole_words(r"telephone|phone|phoning|call|calling|calls|ring|hotline|helpline"),
    "extension": whole_words(r"extension|ext"),
    "email": LazyPattern(r"\be-?mail\w*\b|@", re.IGNORECASE),
    "letter": whole_words(r"letters?|post|by mail|postal|mailed|writing to|write to|address"),
    "fax": whole_words(r"fax|facsimile"),
    "in_person": whole_words(
        r"in person|face to face|face-to-face|visit\w*|counter|desk|reception|"
        r"offices?(?! can be reached)|"
        r"orally|verbal\w*|oral|speak\w*|by hand|hand[- ]deliver\w*|personal(?:ly)? deliver\w*|"
        r"deliver\w* personally|"
        r"walk in|ward|on site|meeting"
    ),
    "box": whole_words(r"box|boxes|suggestion box"),
    "web": whole_words(
        r"web ?sites?|online|on-line|web|portal|app|internet|electronic form|online form|"
        r"webform|platform"
    ),
    "instant_messaging": whole_words(
        r"chat|text message|sms|whatsapp|wechat|messenger|instant messag\w+"
    ),
    "community": whole_words(r"forum|social media|community"),
    "writing": whole_words(r"written|writing|form|in writing"),
    "authority": whole_words(
        r"authorit\w+|regulators?|ombudsman|bodies|body|government|ministry|council|"
        r"commissioner|forward\w*|referred"
    ),
    "callback": whole_words(r"call(?:s|ed)? back|follow-up calls?|call-?backs?"),
}

_ANSWERS = (
    r"decisions?|determinations?|rulings?|outcomes?|results?|responses?|repl(?:y|ies)|answers?|"
    r"acknowledge?ments?|minutes|findings|awards?|notices? of (?:the )?(?:decision|hearing|award|"
    r"intent|determination|outcome)|cop(?:y|ies) of (?:the|its|any) (?:\w+ )?(?:decision|"
    r"determination|ruling|report|outcome|response)"
)
_WAY = r"(?:[^,.;\n]{0,30}?\b(?:by|via|in)\s+(?:\w+[ -]){0,2}?\w+(?: or \w+)?)?"

ENGLISH_OUTGOING = LazyPattern(
    # What the organisation sends, and whom it calls, writes to or meets.
    rf"(?:^|[,;:]|\b(?:and|or|after|once|when|if|until|that|before)\b)\s*(?:(?:the|an?|our|its|"
    rf"any|all|this)\s+)?(?:\w+\s+){{0,2}}?(?:{_ANSWERS})\b[^,.;\n]{{0,40}}?"
    rf"\b(?:is|are|be|been|was|were)\s+(?:\w+ly\s+|also\s+)?(?:mailed|posted|e-?mailed|sent|given|"
    rf"delivered|communicated|issued|made|confirmed|provided|served|telephoned)\b{_WAY}"
    rf"|\b(?:call|phone|telephone|ring|e-?mail|text|visit|write to|speak (?:to|with)|"
    rf"meet(?: with)?|mail|post|contact)s?\s+(?:(?:the|an?|each|every)\s+)?"
    rf"(?:{PERSONS_FILING})\b{_WAY}"
    rf"|\b(?:mailed|posted|e-?mailed|sent|faxed|issued|telephoned|sends?)\b[^,.;\n]{{0,40}}?"
    rf"\bto\s+(?:the\s+|each\s+|every\s+)?(?:{PERSONS_FILING})\b{_WAY}"
    rf"|\b(?:{PERSONS_FILING})\s+(?:(?:will|shall|must|should|is|are|may)\s+)+(?:\w+ly\s+)?(?:be\s+)?"
    rf"(?:called|telephoned|phoned|e-?mailed|written to|contacted|visited|informed|notified|told|"
    rf"sent|advised|invited|interviewed|met|heard|receive|get|hear)\b[^,.;\n]*"
    # What names no way: a department, a document, what a filing contains, a hearing.
    r"|\boffices? of\b|\boffice hours\b|\bin writing to\b"
    r"|\b(?:to|with|by|from|of|and|contact) (?:the |our )?(?-i:(?:[A-Z][\w'’]*\s+)+Office)\b"
    r"|\b(?:(?:decision|outcome|refusal|response|closure|determination|"
    r"acknowledge?ment|award|dismissal|date of (?:the|our|your)|final|said|that|this)\s+)+"
    r"letters?\b"
    r"|(?-i:\b(?:[A-Z]\w+\s+(?:of\s+)?){1,4}Letters?\b)"
    r"|\bletters? (?:of|confirming|informing|setting out|which|that)\b"
    r"|\bnames?(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)"
    r"(?:\w+['’]?s?\s+){0,2}?(?:address(?:es)?|"
    r"(?:telephone|phone|fax|mobile|contact|e-?mail)\s+(?:numbers?|address(?:es)?|details)|"
    r"telephone|e-?mail|signature|date of birth|post ?code))+"
    r"|\b(?:same|e-?mail|web) address\b"
    r"|(?:['’]s?|\b(?:your|their|his|her)) (?:\w+ ){0,2}address\b"
    r"|\baddress(?:es)? (?:each|all|any|every|the issues?)\b"
    r"|\boral (?:hearing|evidence|submissions?|representations?|arguments?|statements?|"
    r"presentations?|examination)\b"
    r"|\bcalls? (?:(?:any |the )?witness\w*|evidence|for|on|upon|"
    r"an? (?:\w+ )?(?:meeting|hearing))\b"
    r"|\b(?:attend\w*|hold\w*|held|conven\w+|arrang\w+|before|after|of|next|following) "
    r"(?:(?:an?|the|any|such|its|that) )?(?:\w+ ){0,2}meetings?\b"
    r"|\bward (?:councillor|manager|sister|member)s?\b|\bsite visits?\b",
    re.IGNORECASE,
)

ENGLISH_FORMALITIES: Mapping[Formality, LazyPattern] = {
    "written": whole_words(r"in writing|written|writing|form"),
    "signed": whole_words(r"sign|signs|signed|signature"),
    "real_name": whole_words(r"real name|full name|your name|name of the|names?|identif\w+"),
    "anonymous_allowed": whole_words(r"anonym\w+|without giving (?:your|a|their) name"),
    "evidence": whole_words(r"evidence|proof|documents?|copies|supporting|receipts?|photographs?"),
}

ENGLISH_DEMANDS: Mapping[Formality, LazyPattern] = {
    "written": whole_words(
        r"(?:must|shall|should|has to|have to|is|are) (?:be )?(?:made |submitted |"
        r"lodged |filed |put |sent |raised )?(?:to \w+ )?in writing"
        r"|(?:submit\w*|lodg\w+|made|make|raise\w*|file|filed|put)\b[^.\n]{0,40}\bin writing"
    ),
    "signed": whole_words(
        r"(?:must|shall|should|has to) (?:be |"
        r"have been )?(?:in writing and )?sign(?:ed)?|signed by (?:the|a|you)"
    ),
    "real_name": whole_words(
        r"(?:real|full|own|your) name|(?:state|give|include)s? (?:the|their|your|its) name"
    ),
    "anonymous_allowed": whole_words(
        r"anonymous(?:ly)? (?:complain\w*|reports?|appeals?|filings?)[^.\n]{0,20}(?:are|"
        r"is|can|may|will)(?! not)|(?:can|may|remain|stay)[^.\n]{0,20}anonym\w+"
    ),
    "evidence": whole_words(
        r"(?:provide|include|attach|submit|supply|enclose|accompanied by|supported by|"
        r"with)\b[^.\n]{0,25}(?:evidence|proof|supporting documents?|receipts?)"
    ),
}

ENGLISH_ASKED: Mapping[str, LazyPattern] = {
    "plate": whole_words(r"(?:number )?plates?|registration(?: (?:number|mark))?|vehicles?|car"),
    "address": whole_words(r"address(?:es)?|postcode|where (?:you|they) live"),
}
"""Each field that the form can ask for."""

ENGLISH_LENGTHS: Mapping[str, LazyPattern] = {
    "retention": whole_words(r"kept|keeps?|retain\w*|retention|stored?|archiv\w+|held|hold"),
    "publication": whole_words(r"publish\w*|publication|posted|public|reports?|display\w*"),
    "penalty": whole_words(
        r"penalt\w+|fines?|fined|pay|paid|compensat\w+|credited|credit|suspen\w+|bann?\w*"
    ),
}
"""What a length of time is of."""
