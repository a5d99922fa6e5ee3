"""Defines what proposals need to know of a language, beside what the checker knows of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.contract.terms import KindId
from site_src.policy.terms import Act, Topic


@dataclass(frozen=True)
class ProposalWords:
    """The words of a language, as patterns.

    | field | finds |
    |---|---|
    | kind_ids | each word for a kind, with the kind that it stands for |
    | definition | the `name` of a kind where a sentence defines it |
    | roles | the `name` of somebody who acts, is handed something or consents |
    | plain_role | what a role's name ends with that is no part of it |
    | ourselves | how a text calls its own organisation |
    | known_as | the `name` of an organisation that a text shortens |
    | no_role | a name that is nobody's: an authority, a filer, a generic word |
    | acts | each act of a step, the most specific first |
    | topics | each topic of a provision, the most specific first |
    | scope | a clause that says what the procedure is for |
    | staff | that those who file are the organisation's own people |
    | window | a length in which a filing can be made, named by the filing |
    | files | a sentence in which somebody files |
    | who | the `who` of a sentence on who files |
    | threshold | what stands before a length that is a threshold |
    | over | what stands behind a length that is a threshold |
    | kept | what makes a length one of keeping, whatever else is said |
    | own_time | a length that a text says of the hours of a contact |
    | address | the `value` of a postal address |
    | web | the `value` of a web address |
    | hours | opening hours |
    | level | the `name` of a level, where a sentence defines one |
    | heading | a list of what one can file about, at its head |
    | item | the mark of an item in a list |
    | free | that something costs nothing, or what it costs |
    | body | the `body` of a review |
    | trims | what is no part of an action at its beginning and its end |
    """

    kind_ids: Mapping[str, KindId]
    definition: re.Pattern[str]
    roles: re.Pattern[str]
    plain_role: re.Pattern[str]
    ourselves: re.Pattern[str]
    known_as: re.Pattern[str]
    no_role: re.Pattern[str]
    acts: tuple[tuple[Act, re.Pattern[str]], ...]
    topics: tuple[tuple[Topic, re.Pattern[str]], ...]
    scope: re.Pattern[str]
    staff: re.Pattern[str]
    window: re.Pattern[str]
    files: re.Pattern[str]
    who: re.Pattern[str]
    threshold: re.Pattern[str]
    over: re.Pattern[str]
    kept: re.Pattern[str]
    own_time: re.Pattern[str]
    address: re.Pattern[str]
    web: re.Pattern[str]
    hours: re.Pattern[str]
    level: re.Pattern[str]
    heading: re.Pattern[str]
    item: re.Pattern[str]
    free: re.Pattern[str]
    body: re.Pattern[str]
    trims: re.Pattern[str]
