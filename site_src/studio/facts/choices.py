"""Lists what can be chosen in the fields of a fact: the fixed terms, and what the draft names."""

from collections.abc import Iterator, Mapping
from typing import Any

from functions.model.deadlines.calendar import WEEKDAYS
from site_src.compile.messages.vocabulary import KIND_NAMES
from site_src.languages import SiteLanguage, _
from site_src.studio.facts.entries import entries

LabelledValues = tuple[tuple[str, str], ...]
"""Values of policy.yaml with their words, in order."""

FIXED: dict[str, dict[str, str]] = {
    "unit": {
        "minute": _("minutes"),
        "hour": _("hours"),
        "day": _("calendar days"),
        "working_day": _("working days"),
        "week": _("weeks"),
        "month": _("months"),
        "year": _("years"),
        "term": _("terms of a school"),
    },
    "requires": {
        "consent": _("written consent of the person they act for"),
        "authority": _("a document that gives the right to act"),
        "none": _("nothing"),
    },
    "formality": {
        "written": _("in writing"),
        "signed": _("signed"),
        "real_name": _("under the real name"),
        "anonymous_allowed": _("may be anonymous"),
        "evidence": _("with evidence"),
    },
    "asked": {"plate": _("licence plate"), "address": _("postal address")},
    "channel_type": {
        "web": _("web page"),
        "telephone": _("telephone"),
        "extension": _("extension"),
        "email": _("e-mail"),
        "letter": _("letter"),
        "fax": _("fax"),
        "in_person": _("in person"),
        "box": _("letter box"),
        "instant_messaging": _("messenger"),
        "community": _("forum or group"),
        "writing": _("any written form"),
        "authority": _("passed on by an authority"),
        "callback": _("a call of the organisation"),
    },
    "recorder": {
        "staff": _("staff"),
        "filer": _("the filer"),
        "authority": _("an authority"),
    },
    "topic": {
        "principle": _("principles"),
        "confidentiality": _("confidentiality"),
        "recusal": _("who stays away from the case"),
        "no_retaliation": _("no retaliation"),
        "no_discrimination": _("no discrimination"),
        "cost": _("cost"),
        "record": _("records"),
        "read_back": _("reading back"),
        "notification": _("notification"),
        "progress": _("news of the progress"),
        "publication": _("publication"),
        "on_duty": _("people on duty"),
        "appraisal": _("appraisal of staff"),
        "analysis": _("analysis"),
        "improvement": _("improvement"),
        "remedy": _("remedy"),
        "truthfulness": _("truthfulness"),
        "obligation": _("duties of the filer"),
        "cooperation": _("cooperation"),
        "conduct": _("conduct of staff"),
        "follow_up": _("asking afterwards"),
    },
    "act": {
        "receive": _("taken"),
        "acknowledge": _("acknowledged"),
        "register": _("registered"),
        "accept": _("found to be ours to handle"),
        "validate": _("found to be justified"),
        "classify": _("sorted by level or subject"),
        "assign": _("given to somebody"),
        "investigate": _("investigated"),
        "decide": _("decided, or a decision proposed"),
        "approve": _("approved by another person"),
        "progress": _("the filer told how far it is"),
        "answer": _("answered"),
        "notify": _("the filer told formally"),
        "refer": _("shown to the person complained of"),
        "carry_out": _("the decision carried out"),
        "correct": _("what was wrong corrected"),
        "prevent": _("kept from happening again"),
        "track": _("the handling watched"),
        "file": _("its record filed"),
        "follow_up": _("the filer asked afterwards"),
        "analyse": _("analysed"),
        "publish": _("published"),
    },
}
"""The fixed terms of each field, with their words."""

EVENT_LABELS: dict[str, str] = {
    "received": _("the filing is received"),
    "registered": _("the filing is registered or taken on"),
    "forwarded": _("the filing is handed on"),
    "decision": _("the decision, or its notice, is given"),
    "report": _("the result of the test or report is given"),
    "dissatisfied": _("the filer says that they are not satisfied"),
    "answered_again": _("the second answer is given"),
    "appealed": _("the appeal is made"),
    "ruling": _("the ruling is given"),
    "each_period": _("it happens again in each period"),
    "unstated": _("the clause does not say"),
}
"""The built-in events, as what time runs from."""

_REFERRED = {
    "role": ("roles", "name"),
    "level": ("levels", "name"),
    "category": ("categories", "name"),
    "branch": ("branches", "name"),
    "limit": ("limits", "action"),
    "step": ("steps", "action"),
    "filer": ("filers", "who"),
    "channel": ("channels", "name"),
    "kind": ("kinds", "name"),
    "event": ("events", "name"),
}


def choices(name: str, data: Mapping[str, Any], tongue: SiteLanguage) -> LabelledValues:
    """What can be chosen in a field of that name, in words of `tongue`."""
    if name in FIXED:
        return tuple((value, tongue.say(label)) for value, label in FIXED[name].items())
    if name == "weekday":
        return tuple(zip(WEEKDAYS, tongue.weekdays, strict=True))
    if name == "kind_id":
        return tuple((value, tongue.say(label)) for value, label in KIND_NAMES.items())
    if name == "event":
        own = tuple(named(data, "events", "name"))
        return (*own, *((value, tongue.say(label)) for value, label in EVENT_LABELS.items()))
    return tuple(named(data, *_REFERRED[name]))


def referred(name: str) -> tuple[str, str] | None:
    """The list whose facts can be chosen, and the key that has their names; None for terms."""
    return _REFERRED.get(name)


def own_words(value: Any, language: object) -> str:
    """A text of the policy in its own language; empty if it is none."""
    if isinstance(value, dict):
        value = value.get(language, next(iter(value.values()), ""))
    return "" if value is None else str(value)


def named(data: Mapping[str, Any], wanted: str, key: str) -> Iterator[tuple[str, str]]:
    """The facts of a list by id, each with what it is called."""
    language = data.get("language", "zh-CN")
    for entry in entries(data):
        if entry.list == wanted and "id" in entry.data:
            id = str(entry.data["id"])
            yield id, own_words(entry.data.get(key), language) or id
