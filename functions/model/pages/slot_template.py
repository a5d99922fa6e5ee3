"""Fills the slots of pages that the build has rendered.

A filer thus gets back the same page that they opened, under any policy version, and no template
engine runs when a filing is accepted.
"""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape
from pydantic import ConfigDict, RootModel


class LateValues:
    """Values that are put into words when they are read: most templates have slots for a few."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        self._makers = makers

    def __getitem__(self, slot: str) -> str:
        return self._makers[slot]()

    def __or__(self, makers: Mapping[str, Callable[[], str]]) -> "LateValues":
        return LateValues({**self._makers, **makers})

    def get(self, slot: str, otherwise: str) -> str:
        """The value of a slot, `otherwise` if it has none."""
        maker = self._makers.get(slot)
        return maker() if maker else otherwise


Values = Mapping[str, str] | LateValues
"""What fills the slots of a template, by their names."""

HIDDEN = Markup(" hidden")
"""The attribute that hides an element without content."""


_SLOT = re.compile("\ue000(.*?)\ue001")


FOCUSED = Markup(" autofocus")
"""The attribute of what a page opens at, with and without script."""


class SlotTemplate(RootModel[tuple[str, ...]]):
    """Literal text and slot names, alternating; it starts and ends with text."""

    model_config = ConfigDict(frozen=True)

    def html(self, values: Values) -> Markup:
        """The filled page: values other than Markup are escaped, slots without value are empty."""
        return Markup(
            "".join(
                escape(values.get(part, "")) if index % 2 else part
                for index, part in enumerate(self.root)
            )
        )

    def text(self, values: Values) -> str:
        """The filled plain text: nothing is escaped, slots without value are empty."""
        return "".join(
            values.get(part, "") if index % 2 else part for index, part in enumerate(self.root)
        )


def cut(rendered: str) -> SlotTemplate:
    """A rendered page, cut at the marks of its slots."""
    return SlotTemplate(tuple(_SLOT.split(rendered)))
