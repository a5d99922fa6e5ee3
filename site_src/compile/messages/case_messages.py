"""Defines the functions' messages on the progress of a case and on proof of work."""

from site_src.languages import _

HISTORY: dict[str, str] = {
    "today": _("Today"),
    "act_received": _("Received"),
    "act_information": _("Information added"),
    "act_withdrawn": _("Withdrawn"),
    "act_review_requested": _("Review requested"),
    "act_message": _("Message"),
    "act_acknowledged": _("Acknowledged"),
    "act_registered": _("Registered"),
    "act_classified": _("Level set"),
    "level_set": _("Level: {level}."),
    "act_forwarded": _("Passed on"),
    "act_event": _("Event of the procedure"),
    "act_done": _("Completed something that has a time limit"),
    "act_decision": _("Answer or decision"),
    "act_closed": _("Closed"),
    "act_read_back": _("Read back"),
    "act_accepted": _("Accepted"),
    "act_not_accepted": _("Not accepted"),
    "act_told": _("Told others"),
    "act_asked": _("Question to you"),
    "act_asked_staff": _("Question to the filer"),
    "act_extended": _("Time limit extended"),
    "act_proposed": _("Answer proposed"),
    "act_approved": _("Answer approved"),
    "act_returned": _("Answer sent back"),
    "act_referred": _("Referred to another body"),
    "act_note": _("Note"),
    "act_measure": _("Measure"),
    "act_recused": _("Kept from the case"),
    "act_corrected": _("Entry taken back"),
    "act_satisfaction": _("Whether you are satisfied"),
    "act_satisfaction_staff": _("Opinion of the filer"),
    "act_receipt": _("Save the signed receipt"),
    "act_receipt_of": _(" of {moment}"),
    "held_since": _("{roles}, since {date}"),
    "line_answer": _("Latest answer: {answer}"),
    "update_subject": _("news in your case"),
    "update_subject_asked": _("a question to you"),
    "update_subject_decision": _("there is an answer"),
    "update_subject_not_accepted": _("your filing is not accepted"),
    "update_subject_extended": _("a time limit is extended"),
    "update_subject_referred": _("referred to another body"),
    "update_subject_event": _("a time for you begins"),
    "update_text": _("There is something new in your case."),
    "update_text_asked": _("The organisation asks you something and waits for your answer."),
    "update_text_decision": _("The organisation has answered."),
    "update_text_not_accepted": _(
        "The organisation does not accept your filing. The reason is on the page of the case."
    ),
    "update_text_extended": _(
        "A time limit is extended. The new date and the reason are on the page of the case."
    ),
    "update_text_referred": _(
        "The organisation has referred your case to another body. Which one is on the page of the "
        "case."
    ),
    "update_text_event": _(
        "Something was recorded from which a time runs for you. Its last day is on the page of the "
        "case."
    ),
    "please_answer": _("Please answer below"),
    "handed_to": _("To: {role}."),
    "handed_person": _("To another person of the organisation."),
    "decided_as": _("Result: {outcome}."),
    "result_upheld": _("justified"),
    "result_partly_upheld": _("justified in part"),
    "result_not_upheld": _("not justified"),
    "result_settled": _("settled between both sides"),
    "remedy": _("What is done about it"),
    "rests_on": _("By {cited}."),
    "extended_from": _("{action}: from {before} to {after}."),
    "extended_until": _("{action}: until {after}."),
    "satisfied_yes": _("Satisfied with the result."),
    "satisfied_no": _("Not satisfied with the result."),
    "fairly_yes": _("Satisfied with how it was handled."),
    "fairly_no": _("Not satisfied with how it was handled."),
    "taken_back": _("Taken back on {moment}: it no longer counts."),
    "takes_back": _("What was taken back: {act} ({moment})."),
    "file_listed": _("{name} ({size})"),
    "fetch_file": _("Download {name} ({size})"),
    "file_scanning": _(
        "{name} ({size}) is being scanned for malware. It can be downloaded here afterwards."
    ),
    "asked_by": _("The procedure has you asked this, once ({cited})."),
    "if_not_review": _("If it does not, you can ask for a review: {body}."),
    "if_not_outside": _("If it does not, you can go to: {bodies}."),
    "if_not_reach": _("If it does not: the procedure names nobody to go to next."),
    "reach": _("How to reach the organisation"),
    "mail_undelivered": _("Mail not delivered"),
    "mail_returned": _(
        "A mail to the filer was refused or returned, and is not sent again. Please call the filer."
    ),
    "mail_unwanted": _("The filer's mailbox reported a mail as unwanted. Please call the filer."),
    "step_done": _("Done"),
    "step_overdue": _("Overdue"),
    "step_passed": _("Was due"),
    "step_open": _("Due"),
    "step_undated": _("Upcoming"),
    "step_stopped": _("Clock stopped"),
    "step_window": _("Time to file"),
    "done_on": _("On {date}."),
    "done_late": _("On {date}, {late} after it was due."),
    "overdue": _(
        "It was due by {due}. It is {late} late, and there is no record that it was done."
    ),
    "done_said": _("On {date}, according to an entry of {recorded}."),
    "less_than_a_day": _("less than a day"),
    "less_than_a_minute": _("less than a minute"),
    "hours_minutes": _("{hours} and {minutes}"),
    "was_due": _("By {due}; there is no record of when it was done."),
    "due_by": _("By {due}."),
    "due_provisional": _("Not before {due}."),
    "window_used": _("In time: it could be filed until {due} ({cited})."),
    "window_missed": _(
        "Late: it could be filed until {due} ({cited}). It has been taken in all the same; "
        "staff decide by the clause what follows."
    ),
    "received_and": _("{moment}. {window}"),
    "late_review": _(
        "The request came after the time had ended; staff will decide whether it counts."
    ),
    "said_to_be": _("According to this entry, it happened on {date}."),
    "delivered": _("Delivered on {date}: {how}."),
    "go_next": _("You do not need to wait. Where to go next: {bodies}"),
    "go_reach": _("You do not need to wait. How to reach the organisation"),
    "review_window": _("You can ask until {due} ({cited})."),
    "review_window_open": _("You can ask at least until {due} ({cited})."),
    "review_window_over": _(
        "The time to ask ended at {due} ({cited}). You may still ask; staff will decide "
        "whether your request counts."
    ),
    "thanks_information": _(
        "Your message has been added to the case, and the organisation will be told."
    ),
    "thanks_withdrawn": _(
        "You have withdrawn this filing, recorded on {moment}. The organisation will be told."
    ),
    "thanks_review_requested": _(
        "You have asked for the review, recorded on {moment}. The organisation will be told."
    ),
    "thanks_satisfaction": _(
        "Your answer has been recorded on {moment}. The organisation will be told."
    ),
    "thanks_mailed": _("{thanks} A mail confirms this to you."),
    "thanks_staff": _(
        "Your entry has been recorded. The filer can read it now and is notified by mail if an "
        "address was given."
    ),
    "staff_to": _("To whom, if you hand the case on"),
    "staff_tells": _("Who must know of it"),
    "staff_outcome": _("What is decided, if you answer"),
    "staff_remedy": _("What is done for the filer"),
    "staff_clause": _("By which clause, if you accept the filing or not"),
    "staff_extends": _("Time limit, if you extend it"),
    "staff_owner": _("Who does it, if you plan a measure"),
    "staff_until": _("By when"),
    "staff_barred": _("Who is kept from the case, if not you"),
    "staff_corrects": _("Which entry, if you take one back"),
    "outcome_upheld": _("Justified"),
    "outcome_partly_upheld": _("Justified in part"),
    "outcome_not_upheld": _("Not justified"),
    "outcome_settled": _("Settled with the filer"),
    "please_choose": _("Please choose"),
    "act_rejected": _("This was not accepted"),
    "act_rejected_detail": _(
        "Nothing was stored. Please correct the fields that are named and send again."
    ),
    "act_problem_words": _("Please write something first."),
    "act_problem_longer": _(
        "This field takes at most {longest} characters; please shorten your text."
    ),
    "act_problem_confirm": _("Please tick the box if you want to withdraw."),
    "act_problem_too_many": _(
        "There have been {most} entries within 24 hours. Please continue tomorrow, or call."
    ),
    "act_problem_full": _(
        "This case holds as much text as can be shown together. Please go on by telephone or "
        "letter."
    ),
    "act_problem_not_open": _("You cannot ask for this review at the moment."),
    "act_problem_act": _("Please choose what you want to record."),
    "act_problem_day": _(
        "Please give a day between the day of receipt and today, such as 2026-01-31."
    ),
    "act_problem_time": _(
        "Please give the time of day at which it happened, after the filing and not after now."
    ),
    "act_problem_delivered": _(
        "Please give both: the day on which the answer was delivered, and how."
    ),
    "act_problem_level": _("Please choose the level."),
    "act_problem_event": _("Please choose the event."),
    "act_problem_event_day": _("Please give the day on which it happened, such as 2026-01-31."),
    "act_problem_choose": _("Please choose one of the two answers."),
    "act_problem_no_answer": _("There is no answer yet that this could be about."),
    "act_problem_keeps": _("Please tick the time limit within which it was done."),
    "act_problem_outcome": _("Please choose what was decided."),
    "act_problem_extends": _("Please choose a time limit that the procedure lets you extend now."),
    "act_problem_approval": _("Somebody else must consent to this first, as the procedure says."),
    "act_problem_to": _("Please choose to whom you hand the case on."),
    "act_problem_kept_out": _(
        "They may not handle the case: the filer named them, or they are kept from it."
    ),
    "act_problem_tells": _("Please tick who must know of the case."),
    "act_problem_barred": _(
        "Please choose who is kept from the case. You can choose somebody else only if you take "
        "cases in or approve answers."
    ),
    "act_problem_clause": _("Please give the clause on which this rests."),
    "act_problem_changed": _(
        "Only what was approved can be sent, word for word. To change it, propose it again."
    ),
    "act_problem_owner": _("Please say who does this."),
    "act_problem_until": _("Please give the day by which this must be done, such as 2026-01-31."),
    "act_problem_corrects": _("Please choose an entry that you may take back."),
    "act_problem_over": _("The case is closed: you can only add a note, or take an entry back."),
    "act_problem_not_offered": _("You cannot record this on the case at the moment."),
    "act_problem_link_only": _(
        "With this link you can only read the case and hand it on. Members of staff do everything "
        "else at the desk or by a link of their own."
    ),
    "act_problem_channel": _("Please choose how the filing reached you."),
    "act_problem_received": _(
        "Please give the day and time at which it reached you: not after now, and not more than "
        "a year ago."
    ),
}

PROOF_OF_WORK: dict[str, str] = {
    "proof_needed": _(
        "Nothing has been sent yet, and your text is still here. Your browser has not finished "
        "the calculation that protects this form against automated mass filings, or the result "
        "was too old: please send once more. This needs JavaScript; without it, please use one of "
        "the other ways below."
    ),
}
"""The messages of sites that require proof of work. Pages built before it was enabled lack the
key, so `functions.cases.proof_of_work.can_solve` can tell that they have no solver."""
