"""What the build leaves for the functions to fill: every page, mail and fragment of a contract."""

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.mail import MailType
from functions.model.pages.slot_template import SlotTemplate
from functions.model.pages.vocabulary import Vocabulary

NOTHING = SlotTemplate(("",))
"""In pages of a contract that takes no files, what would speak of them."""


class MailTemplate(Frozen):
    """The words of one type of mail; `html` is there where the mail has an HTML part, too."""

    subject: SlotTemplate
    text: SlotTemplate
    html: SlotTemplate | None = None


class KindTemplates(Frozen):
    """What one kind of filing shows and sends.

    Contracts of before some of it was built lack it: without `receipt_content` receipts are not
    signed, without `paper` none is drawn, without `handling` and the mails `update` and `added` a
    case can be looked up and no more. `handling` is there in the site's first language alone.
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


class Fragments(Frozen):
    """Pieces that repeat: one each for an error, an answer, a milestone and so on.

    `history` is a row of a case's timeline, `keep` a limit that staff can tick.
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
    kinds: dict[KindId, KindTemplates]


class SitePages(Frozen):
    """The pages that belong to no organisation, in one language."""

    words: Vocabulary
    track: SlotTemplate
    notice: SlotTemplate
