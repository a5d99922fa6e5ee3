"""Fills the slots of pages that the build has rendered.

A filer thus gets back the same page that they opened, under any policy version, and no template
engine runs when a filing is accepted.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape
from pydantic import ConfigDict, RootModel

Values = Mapping[str, str]


HIDDEN = Markup(" hidden")
"""The attribute that hides an element without content."""


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
