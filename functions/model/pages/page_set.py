"""What the build leaves for the functions to fill: every page, mail and fragment of a contract."""

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.mail import MailType
from functions.model.pages.skeleton import Skeleton
from functions.model.pages.vocabulary import Words

NOTHING = Skeleton(("",))
"""In pages of a contract that takes no files, what would speak of them."""


class MailTemplate(Frozen):
    """The words of one type of mail; `html` is there where the mail has an HTML part, too."""

    subject: Skeleton
    text: Skeleton
    html: Skeleton | None = None


class KindSkeletons(Frozen):
    """What one kind of filing shows and sends.

    Contracts of before some of it was built lack it: without `receipt_content` receipts are not
    signed, without `paper` none is drawn, without `handling` and the mails `update` and `added` a
    case can be looked up and no more. `handling` is there in the site's first language alone.
    """

    form: Skeleton
    check: Skeleton
    receipt: Skeleton
    receipt_text: Skeleton
    status: Skeleton
    mails: dict[MailType, MailTemplate]
    receipt_content: Skeleton | None = None
    paper: Skeleton | None = None
    handling: Skeleton | None = None


class Fragments(Frozen):
    """Pieces that repeat: one each for an error, an answer, a milestone and so on.

    `history` is a row of a case's timeline, `keep` a limit that staff can tick.
    """

    problem: Skeleton
    field_problem: Skeleton
    answer: Skeleton
    answer_text: Skeleton
    checked_answer: Skeleton
    carried: Skeleton
    mail_doubt: Skeleton
    milestone: Skeleton
    milestone_text: Skeleton
    upload: Skeleton = NOTHING
    history: Skeleton | None = None
    keep: Skeleton | None = None


class KindPages(Frozen):
    """The pages of one contract in one language."""

    words: Words
    fragments: Fragments
    kinds: dict[KindId, KindSkeletons]


class SitePages(Frozen):
    """The pages that belong to no organisation, in one language."""

    words: Words
    track: Skeleton
    notice: Skeleton
