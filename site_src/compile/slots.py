"""Marks and cuts slots: places in a rendered page that are filled later, such as per filing."""

import re

from markupsafe import Markup

from functions.model.pages.slot_template import SlotTemplate

_SLOT = re.compile("\ue000(.*?)\ue001")


def slot(*name: str) -> Markup:
    """The mark of a slot; see `functions.model.pages.slot_template.SlotTemplate`."""
    return Markup(f"\ue000{'.'.join(name)}\ue001")


def cut(rendered: str) -> SlotTemplate:
    """A rendered page, cut at its slots."""
    return SlotTemplate(tuple(_SLOT.split(rendered)))
