"""The English words for ways to file and for how a filing must be made."""

import re
from collections.abc import Mapping

from site_src.check.words.lexicon import whole_words
from site_src.policy.terms import ChannelType, Formality

ENGLISH_CHANNELS: Mapping[ChannelType, re.Pattern[str]] = {
    "telephone": whole_words(r"telephone|phone|phoning|call|calling|calls|ring|hotline|helpline"),
    "extension": whole_words(r"extension|ext"),
    "email": re.compile(r"\be-?mail\w*\b|@", re.IGNORECASE),
    "letter": whole_words(r"letters?|post|by mail|postal|mailed|writing to|write to|address"),
    "fax": whole_words(r"fax|facsimile"),
    "in_person": whole_words(
        r"in person|face to face|face-to-face|visit\w*|counter|desk|reception|"
        r"offices?(?! can be reached)|"
        r"orally|verbal\w*|oral|speak\w*|"
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

ENGLISH_FORMALITIES: Mapping[Formality, re.Pattern[str]] = {
    "written": whole_words(r"in writing|written|writing|form"),
    "signed": whole_words(r"sign|signs|signed|signature"),
    "real_name": whole_words(r"real name|full name|your name|name of the|names?|identif\w+"),
    "anonymous_allowed": whole_words(r"anonym\w+|without giving (?:your|a|their) name"),
    "evidence": whole_words(r"evidence|proof|documents?|copies|supporting|receipts?|photographs?"),
}

ENGLISH_DEMANDS: Mapping[Formality, re.Pattern[str]] = {
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
