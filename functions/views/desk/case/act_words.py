"""What acts, outcomes and pages of a case are called at the desk."""

from functions.views.desk.words import _

DONE: dict[str, str] = {
    "received": _("filed this"),
    "information": _("added something"),
    "withdrawn": _("withdrew the filing"),
    "review_requested": _("asked for a review"),
    "satisfaction": _("answered whether they are satisfied"),
    "message": _("wrote to the filer"),
    "acknowledged": _("acknowledged the filing"),
    "registered": _("registered it"),
    "classified": _("set the level"),
    "forwarded": _("handed it on"),
    "event": _("recorded an event"),
    "done": _("recorded that something was done"),
    "decision": _("answered the filer"),
    "closed": _("closed the case"),
    "read_back": _("read it back to the filer"),
    "accepted": _("accepted the filing"),
    "not_accepted": _("did not accept the filing"),
    "told": _("told others"),
    "asked": _("asked the filer"),
    "extended": _("made a time limit longer"),
    "proposed": _("proposed an answer"),
    "approved": _("approved the answer"),
    "returned": _("sent the proposal back"),
    "referred": _("referred it to another body"),
    "note": _("wrote a note"),
    "measure": _("set a measure"),
    "carried_out": _("recorded that a measure was carried out"),
    "recused": _("kept a person from the case"),
    "corrected": _("took an entry back"),
}
"""What somebody did, after their name, in the thread."""

HAPPENED: dict[str, str] = {
    "mail_failed": _("A mail to the filer could not be delivered. Please call the filer."),
    "mail_bounced": _("A mail to the filer came back. Please call the filer."),
    "mail_complained": _(
        "The filer's mailbox reported a mail as unwanted, so that no more are sent. Please call "
        "the filer."
    ),
    "staff_mail_failed": _("A notice to staff could not be delivered."),
    "staff_mail_bounced": _("A notice to staff came back."),
    "staff_mail_complained": _("A mailbox of staff reported a notice as unwanted."),
    "file_infected": _("A file contains malware and was set aside."),
    "satisfaction_asked": _("The filer was asked whether they are satisfied."),
}
"""What happened by itself, in the thread."""

BUTTON: dict[str, str] = {
    "message": _("Write to the filer"),
    "acknowledged": _("Acknowledge"),
    "registered": _("Register"),
    "classified": _("Set the level"),
    "forwarded": _("Hand on"),
    "event": _("Record an event"),
    "done": _("Record that something was done"),
    "decision": _("Answer the filer"),
    "closed": _("Close the case"),
    "read_back": _("Read back"),
    "accepted": _("Accept"),
    "not_accepted": _("Do not accept"),
    "told": _("Tell others"),
    "asked": _("Ask the filer"),
    "extended": _("Extend a time limit"),
    "proposed": _("Propose an answer"),
    "approved": _("Approve the answer"),
    "returned": _("Send the proposal back"),
    "referred": _("Refer to another body"),
    "note": _("Write a note"),
    "measure": _("Set a measure, or say that one was carried out"),
    "recused": _("Keep a person from the case"),
    "corrected": _("Take an entry back"),
}
"""What the buttons say, and the titles of the forms that they lead to."""

OUTCOMES: dict[str, str] = {
    "upheld": _("Justified"),
    "partly_upheld": _("Justified in part"),
    "not_upheld": _("Not justified"),
    "settled": _("Settled with the filer"),
}

ACT_PAGES: dict[str, str] = {
    "case": _("the case"),
    "print": _("the whole file, to print it"),
    "form": _("a form of the case"),
    "link": _("the case, by the link in a mail"),
}
"""What the access log calls the pages that were opened."""

ACT_NOTICES: dict[str, str] = {
    "recorded": _("Your entry has been recorded."),
    "repeated": _("This had been recorded already; it counts once."),
    "entered": _("The filing has been registered."),
}
