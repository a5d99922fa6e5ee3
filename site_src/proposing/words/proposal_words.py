"""Defines what proposals need to know of a language, beside what the checker knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from functions.model.contract.terms import KindId
from site_src.lazy_patterns import LazyPattern
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
    definition: LazyPattern
    roles: LazyPattern
    plain_role: LazyPattern
    no_step: LazyPattern
    turns_to: LazyPattern
    relative: LazyPattern
    no_actor: LazyPattern
    organ: LazyPattern
    bare_organ: str
    ourselves: LazyPattern
    known_as: LazyPattern
    no_role: LazyPattern
    acts: tuple[tuple[Act, LazyPattern], ...]
    topics: tuple[tuple[Topic, LazyPattern], ...]
    keeps_records: LazyPattern
    scope: LazyPattern
    staff: LazyPattern
    window: LazyPattern
    files: LazyPattern
    who: LazyPattern
    who_begins: LazyPattern
    no_filer: LazyPattern
    defined_person: LazyPattern
    threshold: LazyPattern
    over: LazyPattern
    kept: LazyPattern
    kind_of_thing: LazyPattern
    own_time: LazyPattern
    address: LazyPattern
    web: LazyPattern
    hours: LazyPattern
    hours_head: LazyPattern
    place_head: LazyPattern
    level: LazyPattern
    level_of_list: LazyPattern
    level_list: LazyPattern
    level_item: LazyPattern
    level_names: LazyPattern
    level_name: LazyPattern
    bare_level: LazyPattern
    defines_level: LazyPattern
    heading: LazyPattern
    no_heading: LazyPattern
    of_kind: LazyPattern
    about: tuple[LazyPattern, ...]
    examples_fringe: LazyPattern
    does: LazyPattern
    defined_about: LazyPattern
    item: LazyPattern
    in_charge: str
    takes_filings: LazyPattern
    subject: LazyPattern
    free: LazyPattern
    body: LazyPattern
    hotline: LazyPattern
    trims: LazyPattern
