"""Slots: places in a rendered page that only a filing, or a later step, can fill."""

import re

from markupsafe import Markup

from functions.model.pages.skeleton import Skeleton

_SLOT = re.compile("\ue000(.*?)\ue001")


def slot(*name: str) -> Markup:
    """Marks a place; see `functions.views.form_page.Skeleton`."""
    return Markup(f"\ue000{'.'.join(name)}\ue001")


def cut(rendered: str) -> Skeleton:
    """A rendered page, cut at its slots."""
    return Skeleton(tuple(_SLOT.split(rendered)))
