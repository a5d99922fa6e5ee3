"""A Jinja environment whose pages tell the words of a template from what was filled in.

The words of templates and messages, the *pieces*, are the same for every organisation. Each stands
between marks with its name; everything else on the page is a value of the organisation.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any

from jinja2 import Template, meta, nodes
from markupsafe import Markup, escape

from functions.model.pages.vocabulary import Vocabulary
from site_src.compile.slots import slot
from site_src.kept.texts import kept_texts
from site_src.render.environment import SiteEnvironment

BEGIN, TEXT, END = "\ue002", "\ue003", "\ue004"
"""The marks of a piece: BEGIN, its name, TEXT, its words, END."""

OPEN, CLOSE = "\ue005", "\ue006"
"""The marks around a group: the body of a loop, or what a macro renders."""

PHRASE = "phrase."
"""The start of the names of pieces that are no words of a template. A value that says exactly the
same is one of them: a hint of the product to a question, for example."""

_SITE_WIDE = frozenset(
    ("lang", "prefix", "assets", "site_url", "form_words", "script_words", "upload_words")
)
"""The names in templates that have one value in a language of a site."""

_EMPTY_SLOT = str(slot(""))
_SLOT_BEGIN, _SLOT_END = _EMPTY_SLOT[0], _EMPTY_SLOT[-1]
_GETTEXT = ("_", "gettext")

_ANY_MARK = re.compile(f"{BEGIN}[^{TEXT}]*{TEXT}|[{END}{OPEN}{CLOSE}]")
_PLACES = re.compile(r"(%\(\w+\)s|\{\w*\})")


class MarkedEnvironment(SiteEnvironment):
    """Marks pieces and groups when it parses a template."""

    pieces: dict[str, str]
    """The words of each piece by its name, in the order in which the release's file has them."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not self.globals["proof_of_work"]:
            _leave_out(tree, "proof_of_work")
        for marked, data in _mark(tree, str(name)):
            if isinstance(data, str):
                self.pieces[marked] = data
            else:
                self.pieces[marked] = self._evaluated(data, str(name))
        return tree

    def _evaluated(self, expression: nodes.Expr, name: str) -> str:
        """What an expression of site-wide names renders to in the template of that name."""
        output = nodes.Output([expression], lineno=1)
        tree = nodes.Template([output], lineno=1)
        tree.set_environment(self)
        code = self.compile(tree, name=name)
        return Template.from_code(self, code, dict(self.globals)).render()

    def collect(
        self, names: Iterable[str], vocabulary: Vocabulary, translate: Callable[[str], str]
    ) -> None:
        """Fills `pieces` with those of the templates, and of all that these include or import."""
        names = tuple(names)
        values = (
            f"{name} {self.globals[name]!r}" for name in sorted((*_SITE_WIDE, "proof_of_work"))
        )
        said = (repr(dict(vocabulary.messages)), repr(names))
        self.pieces = {}
        self.pieces = kept_texts(
            f"{self.globals['lang']}",
            (*values, *said, *self._sources()),
            lambda: self._found(names, vocabulary, translate),
        )

    def _sources(self) -> Iterator[str]:
        """The text of every template."""
        assert self.loader is not None
        for name in self.list_templates():
            yield self.loader.get_source(self, name)[0]

    def _found(
        self, names: Iterable[str], vocabulary: Vocabulary, translate: Callable[[str], str]
    ) -> dict[str, str]:
        """The pieces of the templates; parsing them takes long."""
        messages: set[str] = set()
        words: set[str] = set()
        for tree in self._closure(names):
            messages.update(_messages(tree))
            words.update(_words(tree, vocabulary))
            for name in _slots(tree):
                self.pieces[f"slot.{name}"] = f"{_SLOT_BEGIN}{name}."
        self.pieces |= {"slot": _SLOT_END, "slot.dot": "."}
        for message in sorted(messages):
            for marked, piece in _split(_message_name(message), translate(message)):
                self.pieces[marked] = piece % ()
        for key in sorted(words):
            for marked, piece in _split(f"words.{key}", vocabulary.messages[key]):
                self.pieces[marked] = piece
        return self.pieces

    def _closure(self, names: Iterable[str]) -> Iterator[nodes.Template]:
        waiting, known = sorted(names, reverse=True), set(names)
        while waiting:
            name = waiting.pop()
            assert self.loader is not None
            tree = self.parse(self.loader.get_source(self, name)[0], name)
            yield tree
            new = {found for found in meta.find_referenced_templates(tree) if found} - known
            known |= new
            waiting += sorted(new, reverse=True)


class MarkedWords:
    """A vocabulary whose messages are marked where a template says them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vocabulary, name)

    def say(self, message: str, **values: object) -> str:
        """See Vocabulary."""
        text = self._vocabulary.messages[message]
        # A page escapes the message, so that the piece would not stand on it as it is.
        if str(escape(text)) != text:
            return self._vocabulary.say(message, **values)
        return marked_message(f"words.{message}", text).format(**values)


def unmarked(page: str) -> str:
    """A page without marks, as the site has it."""
    return _ANY_MARK.sub("", page)


def marked_slot(*name: str) -> Markup:
    """See `site_src.compile.slots.slot`; the name's first part is a piece if others follow."""
    first, *others = name
    if not others:
        return slot(first)
    dot = f"{BEGIN}slot.dot{TEXT}.{END}"
    return Markup(
        f"{BEGIN}slot.{first}{TEXT}{_SLOT_BEGIN}{first}.{END}{dot.join(others)}"
        f"{BEGIN}slot{TEXT}{_SLOT_END}{END}"
    )


def marked_gettext(message: str, said: str) -> str:
    """A translated message with marks, for gettext."""
    return marked_message(_message_name(message), said)


def marked_message(name: str, text: str) -> str:
    """The message with marks around what stands between its places for values."""
    found, parts = 0, []
    for index, part in enumerate(_PLACES.split(text)):
        if index % 2 or not part:
            parts.append(part)
            continue
        parts.append(f"{BEGIN}{name}.{found}{TEXT}{part}{END}")
        found += 1
    return "".join(parts)


def _split(name: str, text: str) -> Iterator[tuple[str, str]]:
    pieces = (part for index, part in enumerate(_PLACES.split(text)) if not index % 2 and part)
    for index, piece in enumerate(pieces):
        yield f"{name}.{index}", piece


def _message_name(message: str) -> str:
    return f"message.{sha256(message.encode()).hexdigest()[:12]}"


def _mark(tree: nodes.Template, name: str) -> Iterator[tuple[str, str | nodes.Expr]]:
    """Marks the pieces and groups of a template; yields the name and words of each piece."""
    count = 0
    for output in tuple(tree.find_all(nodes.Output)):
        children: list[nodes.Expr] = []
        for child in _joined(output.nodes):
            if isinstance(child, nodes.TemplateData):
                marked = f"{name}.{count}"
                count += 1
                data = f"{BEGIN}{marked}{TEXT}{child.data}{END}"
                children.append(nodes.TemplateData(data, lineno=child.lineno))
                yield marked, child.data
            elif _is_site_wide(child):
                marked = f"{name}.{count}"
                count += 1
                children += _between(f"{BEGIN}{marked}{TEXT}", child, END)
                yield marked, child
            elif isinstance(child, nodes.Call):
                children += _between(OPEN, child, CLOSE)
            else:
                children.append(child)
        output.nodes = children
    for loop in tuple(tree.find_all(nodes.For)):
        opened, closed = (
            nodes.Output([nodes.TemplateData(mark)], lineno=loop.lineno) for mark in (OPEN, CLOSE)
        )
        loop.body = [opened, *loop.body, closed]


def _leave_out(tree: nodes.Template, switch: str) -> None:
    """Takes out what a template says if a setting of the site is on, and what only that imports."""
    for branch in tuple(tree.find_all(nodes.If)):
        if isinstance(branch.test, nodes.Name) and branch.test.name == switch:
            branch.body = []
    used = {name.name for name in tree.find_all(nodes.Name)}
    tree.body = [
        node
        for node in tree.body
        if not isinstance(node, nodes.FromImport)
        or any((name if isinstance(name, str) else name[1]) in used for name in node.names)
    ]


def _between(before: str, child: nodes.Expr, after: str) -> list[nodes.Expr]:
    return [
        nodes.TemplateData(before, lineno=child.lineno),
        child,
        nodes.TemplateData(after, lineno=child.lineno),
    ]


def _joined(children: Iterable[nodes.Expr]) -> Iterator[nodes.Expr]:
    """The children, with adjacent words as one."""
    data: nodes.TemplateData | None = None
    for child in children:
        if isinstance(child, nodes.TemplateData):
            words = (data.data if data else "") + child.data
            data = nodes.TemplateData(words, lineno=child.lineno)
            continue
        if data:
            yield data
            data = None
        yield child
    if data:
        yield data


def _is_site_wide(expression: nodes.Expr) -> bool:
    names = [expression] if isinstance(expression, nodes.Name) else []
    names += expression.find_all(nodes.Name)
    return bool(names) and all(name.name in _SITE_WIDE for name in names)


def _messages(tree: nodes.Template) -> Iterator[str]:
    """The messages that a template says by gettext."""
    for call in tree.find_all(nodes.Call):
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name in _GETTEXT
            and isinstance(call.args[0], nodes.Const)
        ):
            yield str(call.args[0].value)


def _slots(tree: nodes.Template) -> Iterator[str]:
    """The first parts of the names of slots whose other parts depend on the organisation."""
    for call in tree.find_all(nodes.Call):
        if (
            isinstance(call.node, nodes.Name)
            and call.node.name == "slot"
            and len(call.args) > 1
            and isinstance(call.args[0], nodes.Const)
        ):
            yield str(call.args[0].value)


def _words(tree: nodes.Template, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of the vocabulary that a template says; `'act_' ~ act` stands for all of them."""
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Getattr) and call.node.attr == "say" and call.args):
            continue
        key = call.args[0]
        if isinstance(key, nodes.Const):
            yield str(key.value)
        elif isinstance(key, nodes.Concat) and isinstance(key.nodes[0], nodes.Const):
            start = str(key.nodes[0].value)
            yield from (found for found in vocabulary.messages if found.startswith(start))
