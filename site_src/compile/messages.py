"""The messages that the function says, compiled for it into each language's pages."""

from functools import cache

from functions.model.contract.terms import KindId
from functions.model.pages.vocabulary import Vocabulary
from site_src.compile.case_messages import HISTORY, PROOF_OF_WORK
from site_src.languages import SiteLanguage, _

MESSAGES: dict[str, str] = {
    "date": _("{weekday} {day} {month_name} {year}"),
    "short_date": _("{month}/{day}"),
    "moment": _("{date}, {time}"),
    "due": _("{time} on {date}"),
    "not_yet": _("No date yet"),
    "no_last_day": _("No last day: the procedure does not say from when it runs"),
    "limit": _("{length}, {event}"),
    "limit_unstated": _("{length} ({event})"),
    "times_month": _("{value} times a month"),
    "times_year": _("{value} times a year"),
    "length_minute_one": _("1 minute"),
    "length_minute": _("{value} minutes"),
    "length_hour_one": _("1 hour"),
    "length_hour": _("{value} hours"),
    "length_day_one": _("1 day"),
    "length_day": _("{value} days"),
    "length_working_day_one": _("1 working day"),
    "length_working_day": _("{value} working days"),
    "length_month_one": _("1 month"),
    "length_month": _("{value} months"),
    "length_year_one": _("1 year"),
    "length_year": _("{value} years"),
    "from_received": _("from when the filing is received"),
    "from_received_moment": _("from the moment the filing is received"),
    "from_decision": _("from the decision or notice"),
    "from_report": _("from when you received the report"),
    "from_registered": _("from when it is registered"),
    "from_registered_moment": _("from the moment it is registered"),
    "from_each_period": _("again and again"),
    "from_forwarded": _("from when it is passed on"),
    "from_forwarded_moment": _("from the moment it is passed on"),
    "from_dissatisfied": _("from when you say that the answer does not satisfy you"),
    "from_answered_again": _("from the second answer"),
    "from_appealed": _("from the appeal"),
    "from_ruling": _("from when the notice of the decision is received"),
    "from_unstated": _("the procedure does not say from when; counted here from receipt"),
    "from_unstated_moment": _(
        "the procedure does not say from when; counted here from the moment of receipt"
    ),
    "from_unstated_filer": _("the procedure does not say from when"),
    "filer": _("You"),
    "organisation": _("The organisation"),
    "yes": _("Yes"),
    "anonymous": _("Anonymous"),
    "no_answer": _("Not answered"),
    "recused": _("Named as involved; takes no part in handling it, clause {clause}: {names}"),
    "no_mail": _(
        "You gave no e-mail address, so no mail is sent: this receipt is your only proof and your "
        "only way to see how the case goes. Keep it well."
    ),
    "mail_withheld": _(
        "Many acknowledgements have gone to your e-mail address lately, so none is sent for this "
        "filing: nobody can be flooded with mail through this form. Your filing has been received "
        "all the same; this receipt is your proof. Keep it well."
    ),
    "at_most": _("At most {longest} characters."),
    "count_left": _("{value} characters left"),
    "count_over": _("{value} characters too many; nothing is cut off"),
    "doubt_email": _("You wrote {given}. Did you mean {meant}?"),
    "use_meant": _("Use {meant}"),
    "keep_given": _("Keep {given}"),
    "doubt_phone": _(
        "This number looks too long, too short or without its area code. If it is right, just send."
    ),
    "doubt_plate": _("This does not look like a Chinese plate. If it is right, just send."),
    "nested": _("{group}: {label}"),
    "list_separator": _(", "),
    "skipped": _("Not counted: {days}."),
    "skipped_day": _("{date} ({reason})"),
    "weekend": _("weekend"),
    "provisional": _("Provisional: the holidays after {year} have not been published yet."),
    "provisional_past": _("Provisional: the holidays before {year} are not counted here."),
    "late": _(
        "Late: the time to file had ended when this arrived. It is taken all the same; whether "
        "it is in time is decided by people."
    ),
    "if_today": _("If you file today: {due}"),
    "window": _("Time to file: until {due}. Why: {limit}, {clause}."),
    "window_over": _(
        "The time to file ended on {date} ({ago}); you may still send it, people decide. "
        "Why: {limit}, {clause}."
    ),
    "ago_today": _("earlier today"),
    "ago_day": _("1 day ago"),
    "ago_days": _("{value} days ago"),
    "event": _("{organisation}: {role} – {action}"),
    "event_detail": _("{due}. {limit}, clause {clause}."),
    "state_received": _("Received"),
    "state_acknowledged": _("Acknowledged"),
    "state_handling": _("Being handled"),
    "state_answered": _("Answered"),
    "state_review": _("Review asked for"),
    "state_closed": _("Closed"),
    "state_withdrawn": _("Withdrawn"),
    **HISTORY,
    "phone_missing": _("none was given; the notice of this filing has what was"),
    "file_label": _("File"),
    "file_taken": _("{name}, {size}, SHA-256 {hash}"),
    "file_infected": _("{name}, {size}, set aside because it holds malware, SHA-256 {hash}"),
    "kilobytes": _("{value} KB"),
    "megabytes": _("{value} MB"),
    "file_empty": _("“{name}” is empty; please choose the file again."),
    "file_too_large": _(
        "“{name}” is larger than {megabytes} MB; please make it smaller or send it another way."
    ),
    "file_wrong_type": _(
        "“{name}” cannot be taken: by its content it is none of {types}. Please save or "
        "photograph it as one of these."
    ),
    "file_unsafe": _(
        "“{name}” cannot be taken: it hides something in it, such as a macro or another file. "
        "Please save it anew, best as PDF."
    ),
    "file_too_many": _("At most {most} files can be taken; those after them were left out."),
    "file_gone": _("“{name}” did not arrive or was left too long; please choose it again."),
    "file_gone_unnamed": _("A file was left too long; please choose it again."),
    "file_changed": _("“{name}” did not arrive whole; please choose it again."),
    "files_waiting": _(
        "The files lie apart until they are scanned for malware; where one holds any, you are "
        "told. Fetch them with: build.py attachments {reference}"
    ),
    "files_unscanned": _(
        "Nobody has scanned the files for malware: open them with care. Fetch them with: "
        "build.py attachments {reference}"
    ),
    "upload_rules": _("Up to {most} files of at most {megabytes} MB each:"),
    "upload_sending": _("Sending “{name}” …"),
    "upload_done": _("“{name}” is attached."),
    "upload_failed": _("“{name}” could not be sent. Please choose it again."),
    "upload_wait": _("Your files are still being sent. The form goes off when they are there."),
    "title_prefix": _("Error: "),
    "rejected": _("The filing was not taken"),
    "rejected_detail": _("Nothing was stored. Mend the fields that are named and send it again."),
    "key_reused": _("Idempotency-Key used again"),
    "key_reused_detail": _("This Idempotency-Key stands for another filing; use a new one."),
    "too_many": _(
        "Very many filings have come from your internet connection, which you may share with "
        "others. Yours has not been stored, and your words are all here: please send them again "
        "after {time}, or use one of the organisation's other ways, such as telephone or letter."
    ),
    "too_many_files": _(
        "{name} was not taken: very many files have come from your internet connection, which you "
        "may share with others. Please choose it again after {time}, or send your filing without "
        "it now."
    ),
    "are_you_human": _(
        "A part of the form that people do not see was filled in, as a program would. If you are "
        "a person, just send once more: nothing has been sent yet, and your words are all here."
    ),
    "renewed": _(
        "This page was out of date, so it has been renewed. Your words are all here: "
        "please look through them and send them again."
    ),
    "problem_required": _("Please fill in “{label}”."),
    "problem_choose": _("Please choose “{label}”."),
    "problem_consent": _("Please tick “{label}”: without it the filing may not be handled."),
    "problem_contact": _("Please give an e-mail address or a telephone number for the answer."),
    "problem_too_long": _("“{label}” takes at most {longest} characters; please shorten it."),
    "problem_not_email": _(
        "“{label}” does not look like an e-mail address; it should look like name@example.com."
    ),
    "problem_not_phone": _(
        "“{label}” does not look like a telephone number; use digits, such as 400-000-0000."
    ),
    "problem_not_date": _("“{label}” is not a date; it should look like 2026-01-31."),
    "problem_future": _("“{label}” lies in the future; please check the year, month and day."),
    "problem_not_choice": _("Please choose one of the answers offered for “{label}”."),
    "problem_unknown": _("This form has no field “{label}”; leave it out."),
    "session_over": _("Please enter reference and access code again"),
    "session_over_detail": _(
        "The page was open for more than an hour. Nothing is lost: what you wrote is sent when "
        "you enter both."
    ),
    "erased": _("This case was erased"),
    "erased_detail": _(
        "{reference} was received on {received}. Everything personal in it was erased on {date}, "
        "at the person's request."
    ),
    "status_wrong": _("No case was found"),
    "status_wrong_detail": _(
        "Reference and access code do not belong together. Please compare both with your "
        "receipt, character by character; there is no 0, O, 1, I, L or U in them."
    ),
    "http_400": _("The request could not be read"),
    "http_400_detail": _(
        "Nothing was stored. Go back in your browser to the form, where your words still are."
    ),
    "http_403": _("This staff link does not work any more"),
    "http_403_detail": _(
        "It is too old, or not whole. Please use the link in the newest mail about the case."
    ),
    "foreign": _("This form was not sent from our pages"),
    "foreign_detail": _(
        "Nothing was stored, so that no other website can send something in your name. Please "
        "open the form on the organisation's page here and send it from there."
    ),
    "http_404": _("There is no such page"),
    "http_404_detail": _("Please start again from the home page."),
    "http_405": _("This address takes a form"),
    "http_405_detail": _("Please open the form on the organisation's page and send it from there."),
    "http_410": _("This receipt link has expired"),
    "http_410_detail": _(
        "Your filing is safe. Please look it up with your reference and access code."
    ),
    "http_429": _("Too many filings from one internet connection"),
    "http_429_files": _("Too many files from one internet connection"),
    "http_413": _("The filing is too long"),
    "http_413_detail": _(
        "Nothing was stored. Go back in your browser to the form, and shorten your words or send "
        "fewer and smaller files."
    ),
}

KIND_NAMES: dict[KindId, str] = {
    "complaint": _("Complaint"),
    "appeal": _("Appeal"),
    "dispute": _("Dispute"),
    "objection": _("Objection"),
    "grievance": _("Grievance"),
    "suggestion": _("Suggestion"),
    "feedback": _("Feedback"),
}
"""What the kinds are called where no policy's own words apply: in the search of all of them."""

_SCRIPT = (
    "date",
    "short_date",
    "due",
    "list_separator",
    "skipped",
    "skipped_day",
    "weekend",
    "provisional",
    "provisional_past",
    "if_today",
    "window",
    "window_over",
    "ago_today",
    "ago_day",
    "ago_days",
)
"""What `ombud.js` says; it puts the values in place as `Words.say` does."""

_UPLOAD_SCRIPT = (
    "upload_sending",
    "upload_done",
    "upload_failed",
    "upload_wait",
)
"""What `upload.js` says."""


_FORM = ("count_left", "count_over")
"""What `form.js` says."""


@cache
def words(tongue: SiteLanguage, proof_of_work: bool = False) -> Vocabulary:
    """The function's vocabulary in one language; of a proof of work where there is one alone."""
    said = MESSAGES | (PROOF_OF_WORK if proof_of_work else {})
    return Vocabulary(
        language=tongue.language,
        messages={key: tongue.say(message) for key, message in said.items()},
        weekdays=tongue.weekdays,
        months=tongue.months,
    )


def script_words(words: Vocabulary) -> dict[str, object]:
    """The part of the vocabulary that a page carries for its script."""
    said: dict[str, object] = {key: words.messages[key] for key in _SCRIPT}
    return said | {"weekdays": words.weekdays, "months": words.months}


def upload_words(words: Vocabulary) -> dict[str, str]:
    """The part of the vocabulary that a form carries for the script of its files."""
    return {key: words.messages[key] for key in _UPLOAD_SCRIPT}


def form_words(words: Vocabulary) -> dict[str, str]:
    """The part that a form carries for the script of its questions."""
    return {key: words.messages[key] for key in _FORM}
