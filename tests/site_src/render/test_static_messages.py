"""What a template says without variables is put in when it is compiled."""

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from site_src.render.static_messages import StaticMessages

TEMPLATES = {
    "page.html": "{{ _('a & b') }}|{{- _('c') -}}|{{ slot('x') }}|{{ [_('d')]|join }}",
    "mail.txt": "{{ _('a & b') }}",
    "named.html": "{{ _('%(who)s', who=name) }}|{{ _(name) }}",
}


@pytest.fixture
def env() -> Environment:
    """Every message is said in capitals, and a slot is an element."""
    env = Environment(
        loader=DictLoader(TEMPLATES),
        autoescape=lambda name: str(name).endswith(".html"),
        extensions=[StaticMessages],
    )
    env.extend(static_messages={"_": str.upper, "slot": lambda name: Markup(f"<{name}>")})
    env.globals["_"] = lambda message, **variables: f"[{message}]" % variables
    return env


def test_markup_of_a_message(env: Environment) -> None:
    """A message is markup on a page, as gettext's are, and text in a mail."""
    assert env.get_template("page.html").render() == "A & B|C|<x>|[d]"
    assert env.get_template("mail.txt").render() == "A & B"


def test_nothing_is_called_at_rendering(env: Environment) -> None:
    """Compiled code holds the words, and calls nothing for them."""
    source = env.loader and env.loader.get_source(env, "mail.txt")[0]
    code = env.compile(source or "", "mail.txt", raw=True)
    assert "A & B" in code
    assert "call(" not in code


def test_what_cannot_be_known_is_left(env: Environment) -> None:
    """A message with variables, or one that a variable holds, is said at rendering."""
    assert env.get_template("named.html").render(name="Li") == "[Li]|[Li]"
