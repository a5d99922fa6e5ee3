"""The words by which a clause binds somebody to an act, or leaves it to them."""

import re
from dataclasses import dataclass

from site_src.check.words.lexicon import whole_words
from site_src.lazy_patterns import LazyPattern


@dataclass(frozen=True)
class ModalWords:
    """The words of a language, as patterns.

    | field | finds |
    |---|---|
    | may, must | that somebody is free, or bound, to act |
    | passive | what follows `must` where it says nothing of who acts |
    | another_act | the beginning of another act than the one before |
    | remedies | an act that nobody is bound to: to file, to appeal |
    | supplies | an act that a filer owes once it is asked for |
    """

    may: LazyPattern
    must: LazyPattern
    passive: LazyPattern
    another_act: LazyPattern
    remedies: LazyPattern
    supplies: LazyPattern


CHINESE_MODALS = ModalWords(
    may=LazyPattern(r"(?<!不)可以|有权|(?<![不认许方])可(?=[在于自从向请延再适酌依书另])"),
    must=LazyPattern(
        r"应[当该](?!知[道晓悉])|必须|务必|(?<!无)须|(?<![响对反相适供])应(?=[在于自从提补按向予及主书])"
        r"|(?<!无)需(?=[在于自从])"
    ),
    passive=LazyPattern(r"(?!)"),
    another_act=LazyPattern(r"的当场|，"),
    remedies=LazyPattern(
        r"提出|申请|投诉|申诉|上诉|起诉|诉讼|仲裁|复核|复议|复查|异议|请求|要求|质疑|撤回|反映|举报|调解|回避"
    ),
    supplies=LazyPattern(
        r"补|提供|提交|出示|缴|交纳|携带|配合|参加|到场|签|更正|说明|确认|答复|领取"
    ),
)

ENGLISH_MODALS = ModalWords(
    may=whole_words(
        r"may(?! not)|can(?! not)|(?:is|are) (?:entitled|free) to|(?:has|have) the right to"
    ),
    must=whole_words(
        r"(?:must|shall)(?! not)|(?:is|are) required to|(?:has|have) to|needs? to|(?:is|are) to"
    ),
    passive=LazyPattern(r"\s+be \w+(?:ed|de|nt|ght)\b", re.IGNORECASE),
    another_act=whole_words("and|but|or|which|who|that"),
    remedies=whole_words(
        r"file|appeal|apply|object|request|ask|complain|bring|sue|challenge|protest|lodge|claim|"
        r"dispute|escalate|withdraw|refer|contact|review|take"
    ),
    supplies=whole_words(
        r"provide|submit|supply|give|send|return|pay|attend|complete|sign|correct|produce|"
        r"confirm|answer|reply|respond|collect"
    ),
)
