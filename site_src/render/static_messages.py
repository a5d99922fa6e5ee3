"""A Jinja extension that puts messages into a template when it is compiled.

A page says some four hundred things that have no variables. To look each up at every rendering, to
see whether it has variables and to call through Jinja's context takes a fifth of a build.
"""

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

_CALL = ("variable_begin", "name", "lparen", "string", "rparen", "variable_end")


class StaticMessages(Extension):
    """Replaces `{{ _('…') }}` and `{{ slot('…') }}` by their text.

    The environment holds in `static_messages` what to call for each name. A message is markup, as
    it is to gettext in a page.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """See Extension."""
        calls = self.environment.static_messages  # type: ignore[attr-defined] # set by `extend`
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            window = tokens[place : place + len(_CALL)]
            call = calls.get(window[1].value) if len(window) == len(_CALL) else None
            if call is None or tuple(token.type for token in window) != _CALL:
                yield tokens[place]
                place += 1
                continue
            yield Token(window[0].lineno, "data", str(call(window[3].value)))
            place += len(_CALL)
