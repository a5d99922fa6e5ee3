"""The English words for what stops the clock, who acts for a filer and what is refused."""

import re

from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern

ENGLISH_AUTHORITY = whole_words(
    r"letters? of authori[sz]?\w*|powers? of attorney|written authori\w+|authori[sz]ation|"
    r"proof of (?:authority|guardianship)|signed authority"
)
ENGLISH_CONSENT = whole_words(r"consent\w*|(?:written )?permission|agrees? in writing")
ENGLISH_APART_FROM = LazyPattern(
    r"\b(?:who|which|that) (?:is|are) not (?:an? |the )?\w+|\b(?:other than|except|apart from) "
    r"(?:an? |the )?\w+",
    re.IGNORECASE,
)
ENGLISH_AT_MOST = whole_words(
    r"(?:at most|no more than|not more than|up to|a maximum of) \w+ (?:\w+ )?"
    r"(?:representatives?|agents?|persons?|people)"
)
ENGLISH_STOPS = whole_words(
    r"(?:clocks?|time|times|periods?|deadlines?|time limits?)\b[^.;\n]{0,40}?\b(?:stops?|"
    r"(?:is|are) (?:stopped|suspended|paused|interrupted|not counted|excluded)|pauses?|"
    r"do(?:es)? not (?:run|count))|do(?:es)? not count (?:towards?|in|as part of)|"
    r"(?:stops?|suspends?|pauses?) the (?:clock|time|period|time limit)"
)
ENGLISH_RESTARTS = whole_words(
    r"restart\w*|(?:runs?|starts?|begins?|is counted|are counted)(?: to run)? (?:again|anew|"
    r"afresh|over)|(?:months?|time|period|limits?)\b[^.;\n]{0,60} runs? from"
)
ENGLISH_FREE_DAYS = whole_words(r"weekends?|holidays?|saturdays?|sundays?|the day of")
ENGLISH_LIMIT_OF = LazyPattern(
    r"\b(?:time|period|limit|deadline)s? (?:in|of|under) (?:clause|section|paragraph|article) "
    r"(?P<clause>\d+(?:\.\d+)*)",
    re.IGNORECASE,
)
ENGLISH_TURNS = LazyPattern(
    r"[,;:\n]|[.](?=\s)|\b(?:and|to|until|till|when|once|while)\b", re.IGNORECASE
)
ENGLISH_REJECTS = whole_words(
    r"(?:do|does|is|are|can|may|must|will|shall) not(?: be)?(?! only)|cannot(?: be)?(?! only)|"
    r"not (?:accepted|possible|valid|sufficient)"
)
ENGLISH_BARS = whole_words(
    r"(?:has|have) no (?:standing|right)|(?:may|can|must|shall) not (?:file|complain|appeal|"
    r"protest|object|lodge|make|submit)|cannot (?:file|complain|appeal|protest|object|lodge|"
    r"make|submit)|(?:is|are) not (?:entitled|eligible|allowed|permitted) to"
)
ENGLISH_CONTRASTS = LazyPattern(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s|$)|[;\n]|\bbut\b|\bhowever\b", re.IGNORECASE
)
ENGLISH_APPROVAL = whole_words(r"approv\w+|consents?|agrees?")
ENGLISH_APPROVES = (
    r"\b(?:with|subject to) (?:the )?(?:written )?(?:approval|consent|agreement) of "
    r"(?:the |a |an )?{role}\b|\bapproved by (?:the |a |an )?{role}\b"
    r"|\bwith the {role}['’]s (?:written )?(?:approval|consent|agreement)"
)
ENGLISH_DAYS = LazyPattern(r"\b(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
ENGLISH_HOLIDAYS = whole_words(
    r"(?:except|excluding|not|closed)\b[^.;\n]{0,30}\bholidays?|holidays? (?:excepted|excluded)"
)
