"""Writes the sentence of a time limit in Chinese."""

import re

from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.views.wording.limits.parts import Mark, Parts, ToldTo

_KINDS: dict[KindId, str] = {
    "complaint": "投诉",
    "appeal": "申诉",
    "dispute": "争议",
    "objection": "异议",
    "grievance": "申诉",
    "request": "请求",
    "suggestion": "建议",
    "feedback": "反馈",
}
_FILING = "投诉|申诉|上诉|异议|争议"
_OWN = re.compile(rf"(?<![的大出该])({_FILING})(?![人的书专处])")
_OBJECT = re.compile(rf"(?<=[^的大])({_FILING})$|^把({_FILING})(?=[^的])")
"""A filing that the act is done to: its last word, or what stands after 把."""

_FILER = re.compile(r"投诉人|申诉人")
_ABOUT = re.compile(r"(?<=^对)([^，]+)，(?=[用以])")
_CASE = re.compile(r"[^，。；]+的，")
"""The condition that an action begins with; the verb comes after it."""

_BONDS = {"must": "应当", "may": "可以", "can": "可以"}


def chinese_act(action: str, reader: ToldTo, party_acts: bool = False) -> str:
    """The act as it stands in a sentence to `reader`; `party_acts` if the reader is to act."""
    action = type(action)(_ABOUT.sub(r"\1", action))
    if reader == "staff" or party_acts:
        return action
    return type(action)(_FILER.sub("您", _OWN.sub(_of_you, action)))


def without_object(action: str) -> str:
    """The act without the filing that it is done to, where the sentence has said what that is."""
    found = _OBJECT.search(action)
    rest = action[: found.start()] + action[found.end() :] if found else action
    return type(action)(rest) if len(rest) > 1 else action


def filing(action: str, kind: KindId | None) -> str:
    """What is filed: as the action calls it, else by its kind; empty if neither is known."""
    found = _OBJECT.search(action)
    if found:
        return found[1] or found[2]
    return _KINDS[kind] if kind else ""


def start(words: str, limit: Limit, filed: str) -> str:
    """What a limit runs from, as it stands after 在: 收到申诉之日起."""
    said = type(words)(words.removeprefix("自"))
    if limit.starts == "received" and filed:
        said = type(words)(said.replace("收到之", f"收到{filed}之", 1))
    return said


def chinese_sentence(parts: Parts, mark: Mark) -> str:
    """The sentence, without its full stop."""
    action, who, condition = parts.action, parts.who, parts.condition
    same = type(action)
    case = same("")
    if found := _CASE.match(action):
        case, action = same(found[0]), same(action[found.end() :])
    front = same("")
    if condition:
        front = condition if condition.endswith("的") else condition + same("的")
        front += same("，")
        if condition.removeprefix("由").startswith(who):
            who = same("")
    subject = [mark(who)] if who else []
    if parts.longer and parts.until:
        link = "的期限" if condition or "再" in parts.until else "的期限延长的，"
        return same("").join([front, *subject, action, link, parts.until])
    if parts.bond == "please":
        return same("").join([front, case, "请", parts.time, action, parts.after])
    if parts.bond == "asked":
        asked = "请" if who == "您" else "由"
        return same("").join([front, asked, mark(who), case, parts.time, action, parts.after])
    bond = _BONDS[parts.bond]
    return same("").join([front, *subject, case, bond, parts.time, action, parts.after])


def _of_you(found: re.Match[str]) -> str:
    """异议 and 争议 are raised; the others are simply somebody's."""
    said = found[1]
    return f"您提出的{said}" if said in ("异议", "争议") else f"您的{said}"
