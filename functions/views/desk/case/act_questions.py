"""What the form of each act asks, and in which words."""

from functions.model.contract.terms import StaffAct
from functions.views.desk.words import _

ACT_QUESTIONS: dict[StaffAct, tuple[str, ...]] = {
    "message": ("text", "files"),
    "acknowledged": ("text", "when"),
    "registered": ("text", "when"),
    "classified": ("level", "text", "when"),
    "forwarded": ("to", "tells", "text", "when"),
    "event": ("event", "when", "text"),
    "done": ("keeps", "when", "text"),
    "decision": ("outcome", "text", "remedy", "clause", "files", "delivered", "when"),
    "closed": ("text", "when"),
    "read_back": ("text", "when"),
    "accepted": ("text", "clause", "when"),
    "not_accepted": ("text", "clause", "files", "delivered", "when"),
    "told": ("tells", "text", "when"),
    "asked": ("text", "event", "files"),
    "extended": ("extends", "text"),
    "proposed": ("extends", "text", "outcome", "remedy"),
    "approved": ("extends", "text"),
    "returned": ("extends", "text"),
    "referred": ("text", "clause", "when"),
    "note": ("text", "files"),
    "measure": ("carried_out", "text", "owner", "until"),
    "recused": ("barred", "text", "clause"),
    "corrected": ("text",),
}
"""What the form of each act asks, in its order."""

TEXTS: dict[StaffAct, str] = {
    "read_back": _("What you said back, and what the filer corrected"),
    "accepted": _("What follows"),
    "not_accepted": _("On what ground"),
    "asked": _("What you need from the filer"),
    "extended": _("Why it takes longer"),
    "proposed": _("The answer as the filer would read it"),
    "returned": _("What must change"),
    "referred": _("To which body, and what the filer must do"),
    "measure": _("What is done so that it does not happen again"),
    "recused": _("Why"),
    "corrected": _("Why"),
    "decision": _("The answer"),
}
"""What the text of an act is asked as, where that is not simply a text."""

NEEDS_TEXT: frozenset[StaffAct] = frozenset(
    (
        *("message", "decision", "not_accepted", "asked", "extended", "proposed", "returned"),
        *("referred", "note", "measure", "corrected"),
    )
)
"""Acts that say nothing without a text."""

FOR_FILER: frozenset[StaffAct] = frozenset(
    (
        *("message", "acknowledged", "accepted", "not_accepted", "asked", "extended"),
        *("proposed", "decision", "referred", "closed"),
    )
)
"""Acts whose text is written to the filer, so that a ready reply can begin it."""
