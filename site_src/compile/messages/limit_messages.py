"""Defines the messages that cite clauses and say who must do what, from when and by when."""

from site_src.languages import _

CITATIONS: dict[str, str] = {
    "cite": _("clause {number}"),
    "cite_article": _("Article {number}"),
    "cite_paragraph": _("{whole}({number})"),
    "cite_item": _("{whole}, item {number}"),
    "cite_point": _("{whole}, point {number}"),
    "cite_bracketed": _("item {number}"),
    "cite_chapter": _("Chapter {number}"),
    "cite_part": _("Part {number}"),
    "cite_in_part": _("Part {part}, {number}"),
    "in_brackets": _(" ({words})"),
}

EVENTS: dict[str, str] = {
    "from_received": _("from the day the filing is received"),
    "from_received_moment": _("from the moment the filing is received"),
    "from_decision": _("from the day of the decision or notice"),
    "from_decision_moment": _("from the moment of the decision or notice"),
    "from_report": _("from the day the report is received"),
    "from_report_moment": _("from the moment the report is received"),
    "from_registered": _("from the day it is registered"),
    "from_registered_moment": _("from the moment it is registered"),
    "from_forwarded": _("from the day it is passed on"),
    "from_forwarded_moment": _("from the moment it is passed on"),
    "from_dissatisfied": _("from the day the answer is called unsatisfactory"),
    "from_dissatisfied_moment": _("from the moment the answer is called unsatisfactory"),
    "from_answered_again": _("from the day of the second answer"),
    "from_answered_again_moment": _("from the moment of the second answer"),
    "from_appealed": _("from the day of the appeal"),
    "from_appealed_moment": _("from the moment of the appeal"),
    "from_ruling": _("from the day the notice of the decision is received"),
    "from_ruling_moment": _("from the moment the notice of the decision is received"),
    "from_each_period": _("regularly"),
    "from_unstated": _("the procedure does not say from when; counted here from receipt"),
    "from_unstated_moment": _(
        "the procedure does not say from when; counted here from the moment of receipt"
    ),
    "from_unstated_filer": _("the procedure does not say from when"),
}
"""What a limit runs from: days from a day, minutes and hours from a moment."""

DUTIES: dict[str, str] = {
    "filer": _("You"),
    "the_filer": _("The filer"),
    "organisation": _("The organisation"),
    "authority": _("The outside body"),
    "respondent": _("The other party"),
    "must": _("must {action}"),
    "can": _("can {action}"),
    "may": _("may {action}"),
    "unsaid": _("{who}:"),
    "label": _("{label}:"),
    "duty": _("{who} {does}"),
    "duty_by": _("{duty} by {due}"),
    "duty_until": _("{duty} until {due}"),
    "duty_open": _("{duty}; the last day is not before {due}"),
    "duty_cited": _("{duty} ({clause}: {limit})"),
    "calendar_event": _("{organisation}: {duty}"),
    "calendar_answer": _("{organisation}: the time for an answer ends"),
    "calendar_last_day": _("{organisation}: last day – {duty}"),
    "event_conditional": _("{event} (only if its condition is met)"),
    "event_extended": _("{event} (if the time is extended, it ends on this day)"),
    "event_not_before": _("{event} (not before this day)"),
    "calendar_provisional": _("{event} (this day may still move)"),
    "calendar_title": _("{event} ({reference})"),
    "calendar_detail": _("{duty}."),
    "calendar_source": _("{limit}, {clause}."),
    "calendar_reference": _("Reference: {reference}"),
    "nothing_upcoming": _("The procedure sets no time limit for what comes next."),
    "nothing_due": _("The case is over, so nothing more is due."),
    "limit": _("{length} {event}"),
    "limit_least": _("{length}, counted {event}"),
}
