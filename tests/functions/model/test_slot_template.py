"""What fills the slots of a template."""

import pytest
from markupsafe import Markup

from functions.model.pages.slot_template import LateValues, cut


def unread() -> str:
    """Fails: no template of these tests has a slot for it."""
    raise AssertionError("worded, though no template has a slot for it")


def test_only_values_that_a_template_has_slots_for_are_put_into_words() -> None:
    """Others are not made; a slot without a value stays empty."""
    template = cut("<p>\ue000said\ue001</p>\ue000absent\ue001")
    values = LateValues({"said": lambda: "a < b", "other": unread})
    assert template.html(values) == Markup("<p>a &lt; b</p>")
    assert template.text(values) == "<p>a < b</p>"


def test_values_are_replaced_by_later_ones_of_the_same_name() -> None:
    """What is replaced is not put into words."""
    values = LateValues({"date": unread, "clause": lambda: "2.5"}) | {"date": lambda: "today"}
    assert cut("\ue000date\ue001, \ue000clause\ue001").text(values) == "today, 2.5"


def test_a_message_that_a_contract_lacks_is_no_empty_slot() -> None:
    """A value that cannot be put into words raises, as it does outside a template."""
    messages: dict[str, str] = {}
    with pytest.raises(KeyError, match="late"):
        cut("\ue000late\ue001").text(LateValues({"late": lambda: messages["late"]}))
