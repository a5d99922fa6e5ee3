"""Renders the buttons with which a filer fetches a file or the signed receipt of an act.

Reference and code are in no address: each button is a form that posts the page's sealed session.
"""

from markupsafe import Markup

from functions.model.attachment import Attachment
from functions.model.case_log import CaseAct
from functions.views.case_file import CaseFile
from functions.views.wording.words import file_words, size_words

_BUTTON = Markup(
    '<form class="fetch no-print" method="post" action="/cases/status/{path}">'
    '<input type="hidden" name="language" value="{language}">'
    '<input type="hidden" name="session" value="{session}">'
    '<input type="hidden" name="{name}" value="{value}">'
    '<button class="plain" type="submit">{label}</button></form>'
)


def files_html(file: CaseFile, act: CaseAct, session: str) -> Markup:
    """The files of an act: those of staff as buttons, once they may be opened.

    Without a `session` nothing can be fetched, and all are only named.
    """
    if not act.entry.files:
        return Markup("")
    rows = (_file_row(file, act, sent, session) for sent in act.entry.files)
    return Markup('<ul class="files">{}</ul>').format(Markup().join(rows))


def receipt_html(file: CaseFile, act: CaseAct, session: str) -> Markup:
    """The button that fetches the signed receipt of what a filer did."""
    words = file.pages.words
    if not session or act.party != "filer" or file.skeletons.act_content is None:
        return Markup("")
    moment = file.recorded(act)
    label = Markup('{}<span class="sr">{}</span>').format(
        words.say("act_receipt"), words.say("act_receipt_of", moment=moment)
    )
    return _button(file, "receipt", session, "act", act.at.isoformat(), label)


def _file_row(file: CaseFile, act: CaseAct, sent: Attachment, session: str) -> Markup:
    words = file.pages.words
    state = file.scans[sent.id]
    if state == "infected":
        return Markup("<li>{}</li>").format(file_words(words, sent, state))
    size = size_words(words, sent.size)
    if act.party == "filer" or not session:
        return Markup("<li>{}</li>").format(words.say("file_listed", name=sent.name, size=size))
    if not file.may_open(sent):
        return Markup("<li>{}</li>").format(words.say("file_scanning", name=sent.name, size=size))
    label = words.say("fetch_file", name=sent.name, size=size)
    return Markup("<li>{}</li>").format(_button(file, "file", session, "file", sent.id, label))


def _button(file: CaseFile, path: str, session: str, name: str, value: str, label: str) -> Markup:
    return _BUTTON.format(
        path=path,
        language=file.pages.words.language,
        session=session,
        name=name,
        value=value,
        label=label,
    )
