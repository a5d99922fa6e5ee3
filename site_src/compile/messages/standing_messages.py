"""Defines the messages that tell a filer in sentences how a case stands."""

from site_src.languages import _

STANDING: dict[str, str] = {
    "standing_received": _("{who} has had your {kind} since {date}."),
    "standing_with": _("Your {kind} has been with {who} since {date}."),
    "standing_asked": _(
        "The organisation asked you something on {date} and is waiting for your answer."
    ),
    "standing_accepted": _("Your {kind} was accepted on {date}."),
    "standing_not_accepted": _("The organisation decided on {date} not to accept your {kind}."),
    "standing_referred": _("Your {kind} was referred to another body on {date}."),
    "standing_extended": _("A time limit was extended on {date}."),
    "standing_answered": _("The organisation answered your {kind} on {date}."),
    "standing_review": _("You asked for a review on {date}."),
    "standing_closed": _("The case was closed on {date}."),
    "standing_withdrawn": _("You withdrew your {kind} on {date}."),
    "standing_overdue": _("{duty}. That was {late} ago, and nothing records that it was done."),
    "standing_answer": _("You must have an answer by {due}."),
    "standing_answer_open": _("The last day for an answer is not before {due}."),
    "act_information_own": _("You wrote"),
    "act_withdrawn_own": _("You withdrew"),
    "act_review_requested_own": _("You asked for a review"),
}
