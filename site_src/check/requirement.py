"""Defines a requirement of a standard and the facts that meet it."""

from dataclasses import dataclass
from typing import Literal

from functions.model.contract.terms import KindId
from site_src.bilingual import Bilingual
from site_src.policy.facts import PlacedFact
from site_src.policy.model.fact import Duty, OfKind
from site_src.policy.model.handling import Provision
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import Act, Topic

Term = Literal["complaint", "appeal"]
"""The terms of the standards; what a standard calls a complaint may be a grievance here."""

TERMS: dict[Term, tuple[KindId, ...]] = {
    "complaint": ("complaint", "grievance"),
    "appeal": ("appeal",),
}


@dataclass(frozen=True)
class Need:
    """A need that any one of these facts meets.

    `acts` are acts of steps, limits and provisions, `topics` are topics of provisions, `lists`
    are lists of the policy. `limited` accepts a time limit of the organisation that is not a
    frequency. `years` also requires a limit of at least that many years in the same clause.
    """

    acts: tuple[Act, ...] = ()
    topics: tuple[Topic, ...] = ()
    lists: tuple[str, ...] = ()
    limited: bool = False
    years: int = 0

    def met_by(self, placed: PlacedFact, policy: Policy) -> bool:
        """Whether the fact meets the need."""
        fact = placed.fact
        acts = fact.acts if isinstance(fact, Duty) else ()
        matches = (
            placed.list in self.lists
            or not set(self.acts).isdisjoint(acts)
            or (isinstance(fact, Provision) and fact.topic in self.topics)
            or (isinstance(fact, LimitFact) and self.limited and _binds(fact))
        )
        return matches and _years(policy, fact.clause) >= self.years


@dataclass(frozen=True)
class Requirement:
    """What a standard asks, in our own words; it is met if every need is met.

    `element` is the standard's own number; (1), (2) number the requirements under one element.
    """

    element: str
    about: Term
    asks: Bilingual
    needs: tuple[Need, ...]


def holds_for_kinds(placed: PlacedFact, kinds: tuple[KindId, ...]) -> bool:
    """Whether the fact holds for any of these kinds."""
    fact = placed.fact
    return not isinstance(fact, OfKind) or any(fact.holds_for(kind) for kind in kinds)


def _binds(limit: LimitFact) -> bool:
    return limit.party == "organisation" and not limit.recurring


def _years(policy: Policy, clause: str) -> float:
    """The longest time limit of the organisation in the clause, in years."""
    lengths = {"year": 1.0, "month": 1 / 12}
    found = (
        limit.length
        for limit in policy.limits
        if limit.length and limit.clause == clause and _binds(limit)
    )
    return max((value * lengths.get(unit, 0) for value, unit in found), default=0)


ASKED = {
    "Acknowledges receipt": "告知已收到",
    "Analyses complaints": "对投诉进行分析",
    "Asks how satisfied people are with the handling": "调查对处理的满意度",
    "Assesses first how serious it is": "先评估其严重程度",
    "Carries out what was agreed": "落实已商定的措施",
    "Considers earlier similar cases": "参考以往的类似案例",
    "Describes how it is investigated": "写明怎样调查",
    "Describes how it is received": "写明怎样接收",
    "Describes how it is validated": "写明怎样确认",
    "Describes how the response to it is decided": "写明怎样决定如何回应",
    "Determines whether it concerns its own certification": "确认是否涉及自己负责的认证活动",
    "Determines whether it concerns its own work": "确认是否涉及自己负责的工作",
    "Does not discriminate against the appellant": "不因提出申诉而歧视申诉人",
    "Ensures that corrective action is taken": "确保采取纠正措施",
    "Ensures that the right action is taken": "确保采取适当的措施",
    "Excludes for two years anyone who advised or worked for the client": (
        "两年内为客户提供过咨询或受雇于客户的人员应当回避"
    ),
    "Gathers and verifies the facts for a decision": "收集并核实作出决定所需的信息",
    "Gathers and verifies the facts itself": "自行收集并核实有关信息",
    "Gives a description to anyone concerned": "向有关各方提供处理过程的说明",
    "Gives formal notice of the end": "正式通知处理结束",
    "Gives formal notice of the outcome and the end": "正式通知处理结果和处理结束",
    "Informs the certified person of it": "将投诉告知有关的获证人员",
    "Investigates": "进行调查",
    "Is confidential": "保密",
    "Is constructive, impartial and timely": "处理过程有建设性、公正、及时",
    "Is easy to reach": "便于提出",
    "Is objective": "客观",
    "Is responsible for decisions at every level": "对各级决定负责",
    "Is timely: sets time limits for the handling": "及时：规定处理时限",
    "Is transparent: publishes how and where to complain": "透明：公开怎样、向哪里投诉",
    "Keeps records of it and of what was done about it": "保存投诉及其处理情况的记录",
    "Keeps records of it": "保存记录",
    "Keeps records": "保存记录",
    "Lets people who are not involved decide it": "由未参与其事的人员作出决定",
    "Lets people who are not involved decide or approve it": "由未参与其事的人员作出或批准决定",
    "Lets people who are not involved settle the outcome": "由未参与其事的人员确定处理结果",
    "Offers a response, such as a remedy": "作出回应，例如给予补救",
    "Publishes a description": "公布处理过程的说明",
    "Receives, evaluates and decides on it": "接收、评价并作出决定",
    "Records correctly and completely": "记录准确、完整",
    "Registers each complaint": "登记每一件投诉",
    "Reports progress": "告知处理进展",
    "Reports the outcome": "告知处理结果",
    "Responds to people's needs": "回应人们的诉求",
    "Says what complaining costs: it should be free": "写明投诉的费用：应当免费",
    "Says where the complainant can go next": "写明投诉人还可以向哪里提出",
    "Says who is accountable": "写明由谁负责",
    "Takes the action that resolves it": "采取解决问题的措施",
    "Tells customers how to complain and what follows": "告诉顾客怎样投诉、之后怎样处理",
    "Tells the complainant the decision": "将决定告知投诉人",
    "Tracks it from beginning to end": "从头到尾跟踪",
    "Tracks it": "进行跟踪",
    "Treats all parties fairly": "公平对待各方",
    "Uses complaints to improve": "利用投诉进行改进",
    "Uses what it learns to improve": "从中学习并改进",
    "Where possible, acknowledges receipt": "可能时，告知已收到",
    "Where possible, gives formal notice of the end": "可能时，正式通知处理结束",
    "Where possible, reports progress": "可能时，告知处理进展",
    "Where possible, reports the outcome": "可能时，告知处理结果",
}
"""What the standards ask for, in our own words in English, each with its Chinese."""
