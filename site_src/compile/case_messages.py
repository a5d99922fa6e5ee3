"""Defines the functions' messages on the progress of a case and on proof of work."""

from site_src.languages import _

HISTORY: dict[str, str] = {
    "clause": _("clause"),
    "today": _("Today"),
    "the_filer": _("The filer"),
    "act_received": _("Received"),
    "act_information": _("Information added"),
    "act_withdrawn": _("Withdrawn"),
    "act_review_requested": _("Review asked for"),
    "act_message": _("Message"),
    "act_acknowledged": _("Acknowledged"),
    "act_registered": _("Registered"),
    "act_forwarded": _("Passed on"),
    "act_done": _("Done within a time limit"),
    "act_decision": _("Answer or decision"),
    "act_closed": _("Closed"),
    "step_done": _("Done"),
    "step_overdue": _("Overdue"),
    "step_passed": _("Was due"),
    "step_open": _("Due"),
    "step_undated": _("To come"),
    "step_window": _("Time to file"),
    "done_on": _("On {date}."),
    "done_late": _("On {date}, {late} after it was due."),
    "overdue": _("It was due by {due}. It is {late} late, and nothing here says that it was done."),
    "less_than_a_day": _("less than a day"),
    "was_due": _("By {due}; nothing here says when it was done."),
    "due_by": _("By {due}."),
    "window_ended": _("Until {due}."),
    "late_review": _("Asked for after its time had ended; whether it counts is decided by people."),
    "happened_on": _("It happened on {date}."),
    "go_next": _("You need not wait. Where to go next: {bodies}"),
    "go_reach": _("You need not wait. How to reach the organisation"),
    "review_window": _("You can ask until {due} (clause {clause})."),
    "review_window_over": _(
        "The time to ask ended: {due} (clause {clause}). You may still ask; whether it counts is "
        "decided by people."
    ),
    "thanks_information": _("Your words are on the case, and the organisation is told."),
    "thanks_withdrawn": _("You have withdrawn this filing, and the organisation is told."),
    "thanks_review_requested": _("You have asked for the review, and the organisation is told."),
    "thanks_staff": _(
        "Recorded. The filer can read it now, and is told by mail if an address was given."
    ),
    "act_rejected": _("This was not taken"),
    "act_rejected_detail": _("Nothing was stored. Mend the fields that are named and send again."),
    "act_problem_words": _("Please write something first."),
    "act_problem_longer": _("At most {longest} characters fit here; please shorten your words."),
    "act_problem_confirm": _("Please tick the box if you want to withdraw."),
    "act_problem_too_many": _(
        "There have been {most} entries within 24 hours. Please go on tomorrow, or call."
    ),
    "act_problem_not_open": _("This review cannot be asked for at the moment."),
    "act_problem_act": _("Please choose what it is."),
    "act_problem_day": _(
        "Please give a day between the filing's receipt and today, such as 2026-01-31."
    ),
    "act_problem_keeps": _("Please tick the time limit within which it was done."),
}

PROOF_OF_WORK: dict[str, str] = {
    "proof_needed": _(
        "Nothing has been sent yet, and your words are all here. Your browser has not worked out "
        "what shows that no program floods this form, or what it had was too old: just send once "
        "more. This needs JavaScript; without it, please use one of the other ways below."
    ),
}
"""The messages of sites that require proof of work. Pages built before it was enabled lack the
key, so `functions.cases.proof_of_work.can_solve` can tell that they have no solver."""
