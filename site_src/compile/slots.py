"""Marks slots: places in a rendered page that are filled later, such as per filing."""

from markupsafe import Markup


def slot(*name: str) -> Markup:
    """The mark of a slot; see `functions.model.pages.slot_template`, which cuts pages at them."""
    return Markup(f"\ue000{'.'.join(name)}\ue001")
