"""Templates in which is worked out, when they are compiled, what is the same at every rendering."""

from collections.abc import Callable, MutableMapping
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

Known = dict[str, Callable[[str], str | Markup]]
"""What is called with words that stand in the template, by the name that it has there."""


class FoldingEnvironment(Environment):
    """Replaces calls of what is `known` by their result; no template may use the names otherwise.

    A page says some two hundred things in its language. To look each up, to see whether it has
    variables and to call through Jinja's context took a tenth of the time of a build.
    """

    known: Known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: a dict, as Jinja goes through them at each rendering.

        What is added to the environment after a template was loaded is not seen there.
        """
        return {**self.globals, **(d or {})}

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        folded = cast(nodes.Template, _Folding(self.known).visit(source))
        return super()._generate(folded, name, filename, defer_init)


class _Folding(NodeTransformer):
    def __init__(self, known: Known) -> None:
        self._known = known

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 # so Jinja finds it
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name=str(name)), args=[nodes.Const(value=str(words))]):
                if name in self._known and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
                    said = nodes.Const(self._known[name](words), lineno=node.lineno)
                    return nodes.MarkSafeIfAutoescape(said, lineno=node.lineno)
        return node
