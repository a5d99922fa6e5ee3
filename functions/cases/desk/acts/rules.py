"""The rule of each act of staff."""

from collections.abc import Callable, Mapping

from functions.cases.desk.acts.afterwards import plan_measure, take_back
from functions.cases.desk.acts.answers import accept, consent, decide, propose, refuse, send_back
from functions.cases.desk.acts.attempt import ActAttempt, Read, need_words, read_act
from functions.cases.desk.acts.handing_on import hand_on, recuse, tell
from functions.cases.desk.acts.time_limits import ask, declare_done, extend, note_event, set_level
from functions.model.case_log import ActDetails
from functions.model.contract.terms import StaffAct

Rule = Callable[[ActAttempt, ActDetails], Read]
"""Completes the details that every act has, or says what is wrong with the form."""

RULES: Mapping[StaffAct, Rule] = {
    "message": need_words,
    "acknowledged": read_act,
    "registered": read_act,
    "classified": set_level,
    "forwarded": hand_on,
    "event": note_event,
    "done": declare_done,
    "decision": decide,
    "closed": read_act,
    "read_back": read_act,
    "accepted": accept,
    "not_accepted": refuse,
    "told": tell,
    "asked": ask,
    "extended": extend,
    "proposed": propose,
    "approved": consent,
    "returned": send_back,
    "referred": need_words,
    "note": need_words,
    "measure": plan_measure,
    "recused": recuse,
    "corrected": take_back,
}

UNDATED: frozenset[StaffAct] = frozenset(
    (
        "note",
        "measure",
        "recused",
        "corrected",
        "proposed",
        "approved",
        "returned",
        "extended",
    )
)
"""Acts that happen as they are recorded: nobody says that they happened earlier, or that they keep
a time limit which the steps do not have them keep.
"""
