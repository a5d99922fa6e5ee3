"""Slots: places in a rendered page that only a filing, or a later step, can fill."""

import re

from markupsafe import Markup

from functions.model.pages.slot_template import SlotTemplate

_SLOT = re.compile("\ue000(.*?)\ue001")


def slot(*name: str) -> Markup:
    """Marks a place; see `functions.views.form_page.SlotTemplate`."""
    return Markup(f"\ue000{'.'.join(name)}\ue001")


def cut(rendered: str) -> SlotTemplate:
    """A rendered page, cut at its slots."""
    return SlotTemplate(tuple(_SLOT.split(rendered)))
