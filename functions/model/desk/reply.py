"""Replies that an organisation has ready, with which staff begin what they write."""

import re

from functions.model.frozen import Frozen
from functions.model.text import Text

SLOT = re.compile(r"\{([^{}\n]*)\}")
"""A place for a fact of the case: the group is its name."""

SLOTS = ("reference", "received", "latest_answer")
"""What a reply may have filled in: the case's reference, the day on which it was received, and the
latest day of an answer."""


class ReplyTemplate(Frozen):
    """A reply with its name for staff; `words` have a `{name}` for each of the SLOTS they use."""

    id: str
    name: Text
    words: Text
