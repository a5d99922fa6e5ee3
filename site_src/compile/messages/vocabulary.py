"""Defines the functions' messages, which are compiled into the pages of each language."""

from functools import cache

from functions.model.contract.terms import KindId
from functions.model.pages.vocabulary import Vocabulary
from site_src.compile.messages.case_messages import HISTORY, PROOF_OF_WORK
from site_src.compile.messages.date_messages import DATES, SCRIPT
from site_src.compile.messages.file_messages import ATTACH, ATTACHED_FILES, UPLOAD
from site_src.compile.messages.limit_messages import CITATIONS, DUTIES, EVENTS
from site_src.compile.messages.standing_messages import STANDING
from site_src.languages import SiteLanguage, _

MESSAGES: dict[str, str] = {
    **DATES,
    **CITATIONS,
    **EVENTS,
    **DUTIES,
    **STANDING,
    "yes": _("Yes"),
    "anonymous": _("Anonymous"),
    "no_answer": _("Not answered"),
    "recused_unnamed": _(
        "The filer names people as involved. Decide by the procedure whether they may take part "
        "({cited}). Open the case to see whom."
    ),
    "no_mail": _(
        "You gave no e-mail address, so no mail is sent: this receipt is your only proof and your "
        "only way to follow the case. Please keep it safe."
    ),
    "mail_withheld": _(
        "Many acknowledgements have been sent to your e-mail address lately, so none is sent for "
        "this filing: this form must not be used to flood anybody with mail. Your filing has been "
        "received all the same; this receipt is your proof. Please keep it safe."
    ),
    "at_most": _("At most {longest} characters."),
    "count_left": _("{value} characters left"),
    "count_over": _("{value} characters too many; nothing has been cut off"),
    "doubt_email": _("You wrote {given}. Did you mean {meant}?"),
    "use_meant": _("Use {meant}"),
    "keep_given": _("Keep {given}"),
    "doubt_phone": _(
        "This number seems too long or too short, or has no area code. If it is correct, you can "
        "send it as it is."
    ),
    "doubt_plate": _(
        "This does not look like a Chinese vehicle plate. If it is correct, you can send it as it "
        "is."
    ),
    "doubt_name": _(
        "This does not look like a name. If it is one, you can send it as it is; if you would "
        "rather not be named, please see on the page of the procedure how else to reach the "
        "organisation."
    ),
    "doubt_signature": _(
        "This is not the name that you gave above. If that is intended, you can send it as it is."
    ),
    "nested": _("{group}: {label}"),
    "state_received": _("Received"),
    "state_acknowledged": _("Acknowledged"),
    "state_handling": _("Being handled"),
    "state_answered": _("Answered"),
    "state_review": _("Review requested"),
    "state_closed": _("Closed"),
    "state_withdrawn": _("Withdrawn"),
    **HISTORY,
    "paper_lacking": _(
        "Characters that the fonts of this PDF lack are shown as their number, such as "
        "〔U+2BC21〕, or, if there are several in a row, as 〔…〕. "
        "The attached text file has all of them."
    ),
    **ATTACHED_FILES,
    "title_prefix": _("Error: "),
    "rejected": _("The filing was not accepted"),
    "rejected_detail": _(
        "Nothing was stored. Please correct the fields that are named and send it again."
    ),
    "closed_title": _("No more filings are accepted here"),
    "closed": _("{name} takes no more filings since {date}. Yours has not been stored."),
    "closed_gone": _("{name} takes no more filings on this site. Yours has not been stored."),
    "closed_successor": _("Please file with {name}."),
    "closed_written": _("Everything that you wrote is below, so that you can copy it."),
    "closed_files": _("Your files have not been kept: please attach them again."),
    "key_reused": _("The Idempotency-Key was used before"),
    "key_reused_detail": _("This Idempotency-Key belongs to another filing; please use a new one."),
    "too_many": _(
        "Very many filings have come from your internet connection, which you may share with "
        "others. Yours has not been stored, but your text is still here: please send it again "
        "after {time}, or use another channel of the organisation, such as telephone or letter."
    ),
    "too_many_files": _(
        "{name} was not accepted: very many files have come from your internet connection, which "
        "you may share with others. Please choose it again after {time}, or send your filing now "
        "without it."
    ),
    "are_you_human": _(
        "A hidden part of the form was filled in, as a program would do. If you are a person, "
        "please send once more: nothing has been sent yet, and your text is still here."
    ),
    "renewed": _(
        "This page was out of date, so it has been updated. Your text is still here: please check "
        "it and send it again."
    ),
    "problem_required": _("Please fill in “{label}”."),
    "problem_choose": _("Please choose “{label}”."),
    "problem_consent": _(
        "Please tick “{label}”: without it, the organisation may not handle your filing."
    ),
    "problem_contact": _("Please give an e-mail address or a telephone number for the answer."),
    "problem_too_long": _("“{label}” takes at most {longest} characters; please shorten it."),
    "problem_not_email": _(
        "“{label}” does not look like an e-mail address; it should look like name@example.com."
    ),
    "problem_not_phone": _(
        "“{label}” does not look like a telephone number; please use digits, such as 400-000-0000."
    ),
    "problem_not_date": _("“{label}” is not a date; it should look like 2026-01-31."),
    "problem_future": _("“{label}” is in the future; please check the year, month and day."),
    "problem_year": _("“{label}” is long past; please check the year."),
    "problem_not_choice": _("Please choose one of the answers offered for “{label}”."),
    "problem_unknown": _("This form has no field “{label}”; please leave it out."),
    "session_over": _("Please enter the reference and the access code again"),
    "session_over_detail": _(
        "The page was open for more than an hour. Nothing is lost: what you wrote and attached is "
        "sent when you enter both."
    ),
    "erased": _("This case was erased"),
    "erased_detail": _(
        "{reference} was received on {received}. All personal data in it was erased on {date} at "
        "the person's request."
    ),
    "status_wrong": _("No case was found"),
    "status_wrong_detail": _(
        "The reference and the access code do not belong together. Please compare both with your "
        "receipt, character by character; neither of them contains 0, O, 1, I, L or U."
    ),
    "status_incomplete": _("Please enter both the reference and the access code"),
    "status_incomplete_detail": _("They are on your receipt and in the mail that you received."),
    "status_wait": _("No case was found"),
    "status_wait_detail": _(
        "The reference and the access code do not belong together. Please compare both with your "
        "receipt, character by character, and wait {seconds} seconds before you try again."
    ),
    "http_400": _("The request could not be read"),
    "http_400_detail": _(
        "Nothing was stored. Please go back to the form in your browser; your text is still there."
    ),
    "staff_link": _("This staff link no longer works"),
    "staff_link_detail": _(
        "The link is too old or incomplete. Please use the link in the latest mail about the case."
    ),
    "staff_named": _("This case can only be opened by a person"),
    "staff_named_detail": _(
        "Somebody is kept from this case, because the filer named them or because they are "
        "recused, and they may read the mailbox that this link was sent to. Please open the case "
        "at the desk, as yourself."
    ),
    "staff_recorded": _("Your entry has been recorded"),
    "staff_recorded_detail": _(
        "The case is no longer with you, so this link has ended. Whoever has the case now has "
        "been told."
    ),
    "foreign": _("This form was not sent from our pages"),
    "foreign_detail": _(
        "Nothing was stored, because no other website may send something in your name. Your text "
        "is still there if you go back in your browser: copy it, open the form on the "
        "organisation's page on this site, and send it from there."
    ),
    "no_form": _("There is no such form here any more"),
    "no_form_detail": _(
        "Nothing was stored. Everything that you wrote is below: copy or print it, and send it to "
        "the organisation in another way."
    ),
    "http_404": _("There is no such page"),
    "http_404_detail": _("Please start again from the home page."),
    "http_405": _("This address accepts only a form"),
    "http_405_detail": _("Please open the form on the organisation's page and send it from there."),
    "http_410": _("This receipt link has expired"),
    "http_410_detail": _(
        "Your filing is safe. Please look it up with your reference and access code."
    ),
    "http_429": _("Too many filings from one internet connection"),
    "http_429_files": _("Too many files from one internet connection"),
    "http_413_files": _("The files are too large"),
    "http_413_files_detail": _(
        "Nothing was stored. Please go back to the form in your browser; your text is still "
        "there. Please attach fewer or smaller files, or open the page in a browser with "
        "JavaScript, which can send larger ones."
    ),
    "http_413": _("The filing is too long"),
    "http_413_detail": _(
        "Nothing was stored. Please go back to the form in your browser, and shorten your text."
    ),
}

KIND_NAMES: dict[KindId, str] = {
    "complaint": _("Complaint"),
    "appeal": _("Appeal"),
    "dispute": _("Dispute"),
    "objection": _("Objection"),
    "grievance": _("Grievance"),
    "request": _("Request"),
    "suggestion": _("Suggestion"),
    "feedback": _("Feedback"),
}
"""The general names of the kinds, for the search in all organisations."""

_FORM = ("count_left", "count_over")
"""The messages of `form.js`."""


@cache
def words(tongue: SiteLanguage, proof_of_work: bool = False) -> Vocabulary:
    """The functions' vocabulary in one language, with proof-of-work messages if enabled."""
    messages = MESSAGES | (PROOF_OF_WORK if proof_of_work else {})
    return Vocabulary(
        language=tongue.language,
        messages={key: tongue.say(message) for key, message in messages.items()},
        weekdays=tongue.weekdays,
        months=tongue.months,
        first=tongue.first,
    )


def script_words(words: Vocabulary) -> dict[str, object]:
    """The part of the vocabulary that a page contains for `ombud.js`."""
    messages: dict[str, object] = {key: words.messages[key] for key in SCRIPT}
    return messages | {"weekdays": words.weekdays, "months": words.months}


def upload_words(words: Vocabulary) -> dict[str, str]:
    """The part of the vocabulary that a form contains for `upload.js`."""
    return {key: words.messages[key] for key in UPLOAD}


def attach_words(words: Vocabulary) -> dict[str, str]:
    """The part of the vocabulary that `attach.js` contains."""
    return {key: words.messages[key] for key in ATTACH}


def form_words(words: Vocabulary) -> dict[str, str]:
    """The part of the vocabulary that a form contains for `form.js`."""
    return {key: words.messages[key] for key in _FORM}
