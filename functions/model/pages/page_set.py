"""The templates that the build makes for the functions: pages, mails and fragments."""

from collections.abc import Mapping

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.mail import MailType
from functions.model.pages.slot_template import SlotTemplate
from functions.model.pages.vocabulary import Vocabulary

NOTHING = SlotTemplate(("",))
"""The empty template: of files where none are taken, and of pages that are not asked for."""


class MailTemplate(Frozen):
    """The templates of one type of mail.

    `parts` is plain text that says what each of its lines is, so that HTML can be made of it, too.
    Contracts before 0.2.0 have a `text` in its place, and `html` for some types.
    """

    subject: SlotTemplate
    parts: SlotTemplate | None = None
    text: SlotTemplate | None = None
    html: SlotTemplate | None = None


class KindTemplates(Frozen):
    """The pages and mails of one kind of filing.

    Contracts that are older than a feature lack its templates. Without `receipt_content`,
    receipts are not signed; without `paper`, there is no PDF; without `handling` and the mails
    `update` and `added`, a case can only be looked up; without `act_content`, what a filer does
    later has no signed receipt. Only the policy's own language has `handling`: staff read the text
    that they apply.
    """

    form: SlotTemplate
    check: SlotTemplate
    receipt: SlotTemplate
    receipt_text: SlotTemplate
    status: SlotTemplate
    mails: dict[MailType, MailTemplate]
    receipt_content: SlotTemplate | None = None
    paper: SlotTemplate | None = None
    handling: SlotTemplate | None = None
    act_content: SlotTemplate | None = None
    act_receipt: SlotTemplate | None = None


class Fragments(Frozen):
    """Repeated parts of pages: one each for an error, an answer, a milestone and so on.

    `history` is a row of a case's timeline; `keep` is a limit that staff can tick.
    """

    problem: SlotTemplate
    field_problem: SlotTemplate
    answer: SlotTemplate
    answer_text: SlotTemplate
    checked_answer: SlotTemplate
    carried: SlotTemplate
    mail_doubt: SlotTemplate
    milestone: SlotTemplate
    milestone_text: SlotTemplate
    upload: SlotTemplate = NOTHING
    history: SlotTemplate | None = None
    keep: SlotTemplate | None = None


class KindPages(Frozen):
    """The pages of one contract in one language."""

    words: Vocabulary
    fragments: Fragments
    kinds: Mapping[KindId, KindTemplates]


class SitePages(Frozen):
    """The pages that belong to no organisation, in one language."""

    words: Vocabulary
    track: SlotTemplate
    notice: SlotTemplate
