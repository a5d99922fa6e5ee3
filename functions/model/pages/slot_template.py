"""Pages cut at the places that only a filing can fill.

A skeleton is a page as the build left it, so that what a filer gets back is the very page
they opened, under any version, and no template engine runs when a filing is accepted.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape
from pydantic import ConfigDict, RootModel

Values = Mapping[str, str]


HIDDEN = Markup(" hidden")
"""The attribute of a part that has nothing to say."""


class SlotTemplate(RootModel[tuple[str, ...]]):
    """Literal text and slot names, alternating; it starts and ends with text."""

    model_config = ConfigDict(frozen=True)

    def html(self, values: Values) -> Markup:
        """The page; a value that is not Markup is escaped, a slot without value is empty."""
        return Markup(
            "".join(
                escape(values.get(part, "")) if index % 2 else part
                for index, part in enumerate(self.root)
            )
        )

    def text(self, values: Values) -> str:
        """The same as plain text."""
        return "".join(
            values.get(part, "") if index % 2 else part for index, part in enumerate(self.root)
        )
