"""The pages of a release in one language, without what each organisation says on them."""

from typing import Any

from functions.model.frozen import Frozen
from functions.model.pages.page_set import Fragments, KindTemplates
from functions.model.pages.slot_template import cut
from functions.model.pages.vocabulary import Vocabulary

RELEASE_FOLDER = "release/"
"""Where they lie below `contracts/`, so that a deploy can write them before what names them."""


class ReleasePages(Frozen):
    """The pieces of all templates, the messages and the fragments of a release in one language.

    `templates` are the places of the templates of a kind of filing, such as `form` and
    `mails.notice.text`, in the order in which an arrangement has them; a place is empty if there
    is no such page in this language.
    """

    words: Vocabulary
    fragments: Fragments
    templates: tuple[str, ...]
    pieces: tuple[str, ...]

    def kind(self, pages: tuple[str, ...]) -> KindTemplates:
        """The templates of a kind of filing from its pages in the order of `templates`."""
        found: dict[str, Any] = {"mails": {}}
        for place, page in zip(self.templates, pages, strict=True):
            if not place:
                continue
            *mail, part = place.split(".")
            template = cut(page.strip() if part == "subject" else page)
            if mail:
                found["mails"].setdefault(mail[1], {})[part] = template
            else:
                found[part] = template
        return KindTemplates.model_validate(found)
