"""Says which questions the studio asks about a fact of each list, in the order of the form."""

from site_src.policy.facts import LISTS
from site_src.studio.facts.fields import FactForm
from site_src.studio.facts.filing_forms import FILING_FORMS
from site_src.studio.facts.handling_forms import HANDLING_FORMS

_FORMS = FILING_FORMS | HANDLING_FORMS

PARENTS: dict[str, tuple[str, ...]] = {
    "grounds": ("kinds",),
    "contacts": ("reviews", "branches"),
    "categories": ("categories",),
}
"""The lists that a fact of a list may stand in; only a category may also stand alone."""

ADDED: tuple[str, ...] = tuple(
    each
    for name in LISTS
    for each in (name, *(inner for inner in PARENTS if inner != name and name == PARENTS[inner][0]))
)
"""The lists that a fact can be added to by hand, in the order of the model."""

FORMS: dict[str, FactForm] = {name: _FORMS[name] for name in ADDED}
"""The form of each list."""
