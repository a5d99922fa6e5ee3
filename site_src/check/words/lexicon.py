"""Defines what the rules need to know of a language: its words for what facts say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_src.lazy_patterns import LazyPattern
from site_src.policy.terms import ChannelType, Formality


@dataclass(frozen=True)
class Lexicon:
    """The words of a language, as patterns.

    | field | finds |
    |---|---|
    | share | how much of the first text's words the second says, from 0 to 1 |
    | sentence_end, part_end, segment_end | where a sentence, its part and a comma's segment end |
    | starts_before, starts_after | a start that the text states, before and after a length |
    | start_begins | where the words of a start begin after a subject |
    | weak_start | a segment that names an event without saying that time runs from it |
    | negative | a segment in which the event does not happen |
    | events | each built-in event, the most specific first |
    | final | a decision that can be the first or one after it |
    | asks | a request, which a review begins with |
    | got | that somebody receives it |
    | takes_in | an act of receiving that the next act follows |
    | decides | that somebody decides |
    | accepted | words for receiving that can also mean a decision to accept |
    | decides_to_accept | that somebody decides whether to accept a filing |
    | filers, staff, authorities, respondents | who a limit binds |
    | objects | what stands before somebody whom something is done to |
    | told | what stands before somebody who only learns of it |
    | agents | what stands before somebody who does it, after a length |
    | filing, handling | what filers and organisations do |
    | undergoes | behind somebody: what is done to them, such as being told |
    | gets | behind a filer: that they get something, which somebody else must do |
    | possesses | behind somebody: what is theirs, if it is not what they hand in |
    | arrives | that something must come in: who takes it is not who must send it |
    | interrupted | the end of words that go on after a comma's segment: "may, within …, ask" |
    | anywhere_before | that a length is before something, however far from it |
    | notice | behind or before a length: notice, which can be given before something |
    | before, extends | that a length ends before an event, or is added to another |
    | before_event | a length that ends before an `event` |
    | adds | what stands around a length that is added |
    | least, earliest | what stands before a length that is a minimum, whatever it runs to |
    | waits | what stands behind a length that is a minimum |
    | authority, consent | a paper that shows the right to act for a filer, a filer's consent |
    | apart_from | words for somebody who is excepted |
    | represents | `whom` a filer may let act |
    | at_most | that at most so many may act |
    | stops, restarts | that the clock stops, or runs anew |
    | free_days | a day that is not counted, which stops no clock |
    | limit_of | the `clause` whose limit a sentence speaks of |
    | turns | where a sentence goes on from one event to another |
    | conditions | a segment that says when something holds |
    | case | a segment that speaks of one case of several |
    | absent | somebody who is not there |
    | alternative | the beginning of a segment that goes on with the one before |
    | joins | the end of words that go on: "within 20 days or, if …" |
    | otherwise | what brings an alternative to what stands before |
    | examples | a segment that only gives examples of another |
    | generic | words of every condition to file |
    | kinds | what procedures call a kind of filing |
    | hands_in | that a filing in writing is handed in |
    | determiners | what begins the words for somebody new |
    | people_end, people_listed | where a list of people and its items end |
    | people_begin | what stands before the first of a list of people |
    | remedies | what a filer can ask for elsewhere |
    | modal | where the words for somebody end at the latest |
    | everybody | words for a filer that leave nobody out |
    | persons | the noun at the end of the words for who files |
    | channels | each type of channel |
    | outgoing | words for a channel that name no way in: what is sent out, an office's name |
    | refuses | a sentence that says what is not taken |
    | rejects, bars | that a way to file is refused, that somebody may not file |
    | contrasts | where a sentence ends or turns |
    | passed_on | a filing that an authority passes on |
    | addressed | `whom` one can speak to |
    | goes_to | the `body` that a filer can go to next |
    | takes | that a role takes filings; `role` stands for its name |
    | receives | that a role is the first to have filings |
    | taken_up | what is done with a filing by who takes it |
    | other_duties | what somebody is in charge of that is not a filing |
    | appoints | that a role names or lets others, who then act |
    | other_before, other_body | a role's name with these beside it is the name of somebody else |
    | generic_filer | who files, without saying who that is |
    | whatever | what stands before ways to file that make no difference |
    | speaks_of_filing | a sentence that says how to file |
    | formalities | each formality; `demands` are those that a sentence cannot name in passing |
    | waives | what stands before a formality that is not needed |
    | reviews | a sentence that says where to go next |
    | any_time, always | that one can go next without waiting; the second cannot mean less |
    | outside | a body that is not the organisation |
    | handles | who takes filings; `role` stands for the role's name |
    | approval | that somebody approves |
    | approves | that somebody must approve; `role` stands for the role's name |
    | days, holidays | a `day` of the week, and days that are left out of opening hours |
    | asked | each field that the form can ask for |
    | lengths_of | what a length of time is of, where words must say so |
    | listed | where the items of a list end |
    | defines | a definition; `kind` stands for the kind's name |
    """

    share: Callable[[str, str], float]
    sentence_end: LazyPattern
    part_end: LazyPattern
    segment_end: LazyPattern
    starts_before: LazyPattern
    start_begins: LazyPattern
    starts_after: LazyPattern
    weak_start: LazyPattern
    negative: LazyPattern
    events: tuple[tuple[str, LazyPattern], ...]
    final: LazyPattern
    asks: LazyPattern
    got: LazyPattern
    takes_in: LazyPattern
    decides: LazyPattern
    accepted: LazyPattern
    decides_to_accept: LazyPattern
    filers: LazyPattern
    staff: LazyPattern
    authorities: LazyPattern
    respondents: LazyPattern
    objects: LazyPattern
    told: LazyPattern
    agents: LazyPattern
    filing: LazyPattern
    handling: LazyPattern
    undergoes: LazyPattern
    gets: LazyPattern
    possesses: LazyPattern
    arrives: LazyPattern
    interrupted: LazyPattern
    before: LazyPattern
    anywhere_before: LazyPattern
    notice: LazyPattern
    extends: LazyPattern
    before_event: LazyPattern
    adds: LazyPattern
    least: LazyPattern
    earliest: LazyPattern
    waits: LazyPattern
    authority: LazyPattern
    consent: LazyPattern
    apart_from: LazyPattern
    represents: tuple[LazyPattern, ...]
    at_most: LazyPattern
    stops: LazyPattern
    restarts: LazyPattern
    free_days: LazyPattern
    limit_of: LazyPattern
    turns: LazyPattern
    conditions: LazyPattern
    case: LazyPattern
    absent: LazyPattern
    alternative: LazyPattern
    joins: LazyPattern
    otherwise: LazyPattern
    examples: LazyPattern
    generic: str
    kinds: LazyPattern
    hands_in: LazyPattern
    determiners: LazyPattern
    people_end: LazyPattern
    people_listed: LazyPattern
    people_begin: LazyPattern
    remedies: LazyPattern
    modal: LazyPattern
    everybody: LazyPattern
    persons: LazyPattern
    channels: Mapping[ChannelType, LazyPattern]
    outgoing: LazyPattern
    refuses: LazyPattern
    rejects: LazyPattern
    bars: LazyPattern
    contrasts: LazyPattern
    passed_on: LazyPattern
    addressed: LazyPattern
    goes_to: LazyPattern
    takes: str
    receives: str
    taken_up: LazyPattern
    other_duties: LazyPattern
    appoints: LazyPattern
    other_before: str
    other_body: str
    generic_filer: LazyPattern
    whatever: LazyPattern
    speaks_of_filing: LazyPattern
    formalities: Mapping[Formality, LazyPattern]
    demands: Mapping[Formality, LazyPattern]
    waives: LazyPattern
    reviews: LazyPattern
    any_time: LazyPattern
    always: LazyPattern
    outside: LazyPattern
    handles: str
    approval: LazyPattern
    approves: str
    days: LazyPattern
    holidays: LazyPattern
    asked: Mapping[str, LazyPattern]
    lengths_of: Mapping[str, LazyPattern]
    listed: LazyPattern
    defines: str


def whole_words(pattern: str) -> LazyPattern:
    """The words of a pattern, in capitals or not, and not as a part of longer ones."""
    return LazyPattern(rf"\b(?:{pattern})\b", re.IGNORECASE)
