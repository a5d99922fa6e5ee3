"""What a template says in its language is looked up when it is compiled."""

import pytest
from jinja2 import DictLoader
from markupsafe import Markup

from site_src.render.folding import FoldingEnvironment

TEMPLATES = {
    "page.html": "{{ _('a & b') }}|{{ [_('c')]|join }}|{{ slot('x') }}",
    "mail.txt": "{{ _('a & b') }}",
    "named.html": "{{ _('%(who)s', who=name) }}|{{ _(name) }}",
}


@pytest.fixture
def env() -> FoldingEnvironment:
    """Every message is said in capitals, and a slot is an element."""
    made = FoldingEnvironment(
        loader=DictLoader(TEMPLATES), autoescape=lambda name: str(name).endswith(".html")
    )
    made.known = {"_": str.upper, "slot": lambda name: Markup(f"<{name}>")}
    return made


def test_markup_of_a_message(env: FoldingEnvironment) -> None:
    """A message is markup on a page, as gettext's are, and text in a mail."""
    assert env.get_template("page.html").render() == "A & B|C|<x>"
    assert env.get_template("mail.txt").render() == "A & B"


def test_nothing_is_called_at_rendering(env: FoldingEnvironment) -> None:
    """Compiled code holds the words, and calls nothing for them."""
    source = env.loader and env.loader.get_source(env, "page.html")[0]
    code = env.compile(source or "", "page.html", raw=True)
    assert "A & B" in code
    assert "call(" not in code


def test_what_cannot_be_known_is_left(env: FoldingEnvironment) -> None:
    """A message with variables, or one that a variable holds, is said at rendering."""
    env.globals["_"] = lambda message, **variables: f"[{message}]" % variables
    assert env.get_template("named.html").render(name="Li") == "[Li]|[Li]"
