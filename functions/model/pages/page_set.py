"""What the build leaves for the functions to fill: every page, mail and fragment of a contract."""

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.pages.skeleton import Skeleton
from functions.model.pages.vocabulary import Words

NOTHING = Skeleton(("",))
"""In pages of a contract that takes no files, what would speak of them."""


class KindSkeletons(Frozen):
    """What one kind of filing shows and sends.

    The last ones are None in contracts that were built before them: without `receipt_content` and
    `paper` receipts are neither signed nor drawn, without the others a case can be looked up and
    no more. `handling` is there in the site's first language alone.
    """

    form: Skeleton
    check: Skeleton
    receipt: Skeleton
    receipt_text: Skeleton
    status: Skeleton
    acknowledgement_subject: Skeleton
    acknowledgement_text: Skeleton
    acknowledgement_html: Skeleton
    notice_subject: Skeleton
    notice_text: Skeleton
    undelivered_subject: Skeleton
    undelivered_text: Skeleton
    infected_subject: Skeleton = NOTHING
    infected_text: Skeleton = NOTHING
    receipt_content: Skeleton | None = None
    paper: Skeleton | None = None
    handling: Skeleton | None = None
    update_subject: Skeleton | None = None
    update_text: Skeleton | None = None
    added_subject: Skeleton | None = None
    added_text: Skeleton | None = None


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
