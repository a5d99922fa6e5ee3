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
    | no_step | words in which nobody does anything with a filing: of the procedure itself |
    | turns_to | behind a role: that somebody turns to it with a filing |
    | relative | behind a role: what it did is only said of something else: 客服部转来的 |
    | no_actor | what stands before a name that only says what another role is, or who is in it |
    | organ, bare_organ | the last word of an organ's name; that word alone, for `noun` |
    | ourselves | how a text calls its own organisation |
    | known_as | the `name` of an organisation that a text shortens |
    | no_role | a name that is nobody's: an authority, a filer, a generic word |
    | acts | each act of a step, the most specific first |
    | topics | each topic of a provision, the most specific first |
    | keeps_records | that records are kept, not only made |
    | scope | a clause that says what the procedure is for |
    | staff | that those who file are the organisation's own people |
    | window | a length in which a filing can be made, named by the filing |
    | files | a sentence in which somebody files |
    | who | the `who` of a sentence on who files |
    | who_begins | what is no part of the words for who files, before and in them |
    | no_filer | words that begin no words for somebody |
    | defined_person | a `who` that the text defines |
    | threshold | what stands before a length that is a threshold |
    | over | what stands behind a length that is a threshold |
    | kept | what makes a length one of keeping, whatever else is said |
    | kind_of_thing | behind a length that only says what kind of thing something is |
    | own_time | a length that a text says of the hours of a contact |
    | address | the `value` of a postal address |
    | web | the `value` of a web address |
    | hours | opening hours |
    | hours_head, place_head | heads of columns with opening hours; with numbers and addresses |
    | level | the `name` of a level, where a sentence defines one |
    | level_of_list | the `name` of a level whose signs are listed below |
    | level_list, level_item | a list of levels, at its head; the `name` of the level of an item |
    | level_names, level_name | the `names` of levels beside each other, and each of them |
    | bare_level | a grade without a noun, which alone may be no level |
    | defines_level | a sentence that says what makes a level |
    | heading | a list of what one can file about, at its head |
    | no_heading | a list of something else, at its head |
    | of_kind | what an item of such a list is `about`, before its `kind` |
    | about | what a sentence on handling is `about`, with its `items` |
    | examples_fringe | what is no part of an example at its beginning and its end |
    | does | an item that says what somebody in the organisation does |
    | defined_about | what the definition of a kind says that it is `about` |
    | item | the mark of an item in a list |
    | in_charge | that a role has all filings; `role` stands for its name |
    | takes_filings | a sentence in which what is taken can be a filing |
    | subject | a segment that says `of` what the filings are that somebody is given |
    | free | that something costs nothing, or what it costs |
    | body | the `body` of a review |
    | hotline | the `name` of a hotline behind its number |
    | trims | what is no part of an action at its beginning and its end |
    """

    kind_ids: Mapping[str, KindId]
    definition: re.Pattern[str]
    roles: re.Pattern[str]
    plain_role: re.Pattern[str]
    no_step: re.Pattern[str]
    turns_to: re.Pattern[str]
    relative: re.Pattern[str]
    no_actor: re.Pattern[str]
    organ: re.Pattern[str]
    bare_organ: str
    ourselves: re.Pattern[str]
    known_as: re.Pattern[str]
    no_role: re.Pattern[str]
    acts: tuple[tuple[Act, re.Pattern[str]], ...]
    topics: tuple[tuple[Topic, re.Pattern[str]], ...]
    keeps_records: re.Pattern[str]
    scope: re.Pattern[str]
    staff: re.Pattern[str]
    window: re.Pattern[str]
    files: re.Pattern[str]
    who: re.Pattern[str]
    who_begins: re.Pattern[str]
    no_filer: re.Pattern[str]
    defined_person: re.Pattern[str]
    threshold: re.Pattern[str]
    over: re.Pattern[str]
    kept: re.Pattern[str]
    kind_of_thing: re.Pattern[str]
    own_time: re.Pattern[str]
    address: re.Pattern[str]
    web: re.Pattern[str]
    hours: re.Pattern[str]
    hours_head: re.Pattern[str]
    place_head: re.Pattern[str]
    level: re.Pattern[str]
    level_of_list: re.Pattern[str]
    level_list: re.Pattern[str]
    level_item: re.Pattern[str]
    level_names: re.Pattern[str]
    level_name: re.Pattern[str]
    bare_level: re.Pattern[str]
    defines_level: re.Pattern[str]
    heading: re.Pattern[str]
    no_heading: re.Pattern[str]
    of_kind: re.Pattern[str]
    about: tuple[re.Pattern[str], ...]
    examples_fringe: re.Pattern[str]
    does: re.Pattern[str]
    defined_about: re.Pattern[str]
    item: re.Pattern[str]
    in_charge: str
    takes_filings: re.Pattern[str]
    subject: re.Pattern[str]
    free: re.Pattern[str]
    body: re.Pattern[str]
    hotline: re.Pattern[str]
    trims: re.Pattern[str]
