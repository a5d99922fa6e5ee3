"""The words of English procedures for what filings are about, and how they are graded."""

import re

from site_src.lazy_patterns import LazyPattern

ENGLISH_KINDS = (
    r"complaints?|appeals?|disputes?|objections?|grievances?|protests?|suggestions?|challenges?|"
    r"requests?|feedback"
)

_GRADE = r"urgent|serious|major|minor|complex|simple|critical|routine|standard|severe"
_LEVEL = (
    rf"(?:(?:severity|level|priority|grade|tier)\s+[\dA-D]\b"
    rf"|(?:{_GRADE})(?: (?:{ENGLISH_KINDS}|cases?))?)"
)

ENGLISH_LEVEL = LazyPattern(
    r"\b(?P<name>severity\s+\d|level\s+\d|priority\s+\d|(?:urgent|serious|major|minor|"
    r"complex|simple|critical|routine) (?:complaints?|cases?))\b"
    r"(?=\s+(?:if|is|are|means|when|where|:))",
    re.IGNORECASE,
)
ENGLISH_LEVEL_OF_LIST = LazyPattern(
    rf"\b(?:is|are|counts? as|treated as|classed as)\s+(?:an?\s+)?(?P<name>{_LEVEL})"
    r"(?=\s+(?:if|where|when)\b[^.\n]{0,40}(?:following|these|any of)[^.\n]{0,20}:?\s*$|\s+if:)",
    re.IGNORECASE,
)
ENGLISH_LEVEL_LIST = LazyPattern(
    rf"\b(?:{ENGLISH_KINDS}|cases)\b[^.\n]{{0,40}}\b(?:graded|classified|divided|triaged|prioritised|"
    r"prioritized|sorted|classed)\b[^.\n]{0,40}:?\s*$",
    re.IGNORECASE,
)
ENGLISH_LEVEL_ITEM = LazyPattern(
    rf"(?P<name>{_LEVEL})(?=\s*(?:[:–—-]|\bmeans\b|\bif\b))", re.IGNORECASE
)
ENGLISH_LEVEL_NAMES = LazyPattern(
    rf"\b(?:graded|classified|classed|divided|triaged)\s+(?:as|into)\s+(?:either\s+)?"
    rf"(?P<names>{_LEVEL}(?:(?:,\s*|\s+(?:and|or)\s+|,\s*(?:and|or)\s+){_LEVEL})+)",
    re.IGNORECASE,
)
ENGLISH_LEVEL_NAME = LazyPattern(_LEVEL, re.IGNORECASE)
ENGLISH_BARE_LEVEL = LazyPattern(_GRADE, re.IGNORECASE)
ENGLISH_DEFINES_LEVEL = LazyPattern(r"\bmeans\b|\bif\b|\bwhere\b|:", re.IGNORECASE)

ENGLISH_HEADING = LazyPattern(
    rf"\b(?:following|these)\b[^.\n]{{0,40}}:|\b(?:{ENGLISH_KINDS})\s+(?:about|concerning|"
    rf"can be about|can concern)\b|\b(?:{ENGLISH_KINDS})\b[^.\n]{{0,30}}"
    rf"\b(?:against|about|concerning|of)\s*:\s*$",
    re.IGNORECASE,
)
ENGLISH_NO_HEADING = LazyPattern(
    r"\b(?:must (?:state|include|give|contain)|includ\w+|enclos\w+|state|by (?:any|one) of|ways?|"
    r"steps?|will not|cannot|not (?:be )?(?:accept|consider|cover|deal)\w*|grounds?|people|persons|"
    r"members|remed\w+|outcomes?|staff will|may:)\b",
    re.IGNORECASE,
)
ENGLISH_OF_KIND = LazyPattern(r"(?!)")
ENGLISH_ABOUT: tuple[LazyPattern, ...] = ()
ENGLISH_EXAMPLES_FRINGE = LazyPattern(r"(?!)")
ENGLISH_DOES = LazyPattern(r"(?:the|an?|our)\s+(?:\w+\s+){1,4}(?:will|must|shall)\b", re.IGNORECASE)
ENGLISH_DEFINED_ABOUT = LazyPattern(r"(?!)")
