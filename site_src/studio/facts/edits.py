"""Edits facts of a policy.yaml; comments and everything else stay as they are."""

from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from site_src.authoring.yaml_edits import Edit, edited, flow_mapping
from site_src.bilingual import Bilingual
from site_src.policy.drafts.marks import PROPOSED
from site_src.policy.yaml.document import YamlPath
from site_src.studio.errors import EditRefused
from site_src.studio.facts.entries import entries, parse_name
from site_src.studio.facts.forms import FORMS
from site_src.studio.facts.natures import list_of, with_nature

_DOUBT = "# unsure:"

GONE = Bilingual(
    "There is no such fact in policy.yaml any more. Go back to the draft.",
    "policy.yaml 里已经没有这一条。请返回草稿页面。",
)
_BY_HAND = Bilingual(
    "policy.yaml is laid out in a way that this page cannot change without changing more. Edit the "
    "entry there by hand.",
    "policy.yaml 的写法比较特殊，在这里改会影响别处。请直接编辑文件。",
)


def confirmed(text: str, name: str) -> str:
    """The YAML with the fact at that place confirmed. Raises EditRefused."""
    path, text = parse_name(name), _without_doubt(text, name)
    node = _node(text, path)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    at = next((index for index, (key, _) in enumerate(pairs) if key.value == PROPOSED), None)
    if at:
        start, end = pairs[at - 1][1].end_mark.index, pairs[at][1].end_mark.index
        if not node.flow_style:
            start = text.rfind("\n", 0, pairs[at][0].start_mark.index)
            end = text.find("\n", pairs[at][1].start_mark.index)
        rest = text[:start] + text[end:]
        if _says(text, rest, lambda data: _fact(data, name).pop(PROPOSED)):
            return rest
    return edit_text(text, lambda data: _pop(_fact(data, name), PROPOSED))


def changed(text: str, name: str, values: Mapping[str, Any]) -> str:
    """The YAML with these keys of the fact set, and removed where the value is None.

    The fact is confirmed: a person wrote it. Raises EditRefused.
    """

    return edit_text(confirmed(text, name), lambda data: _set_all(_fact(data, name), values, data))


def turned(text: str, name: str, answer: str, values: Mapping[str, Any], clause: str) -> str:
    """The YAML with a length of time as one of another nature, confirmed. Raises EditRefused.

    `values` are the keys that both natures have; `clause` has the words of the clause.
    """
    path = parse_name(name)
    old, new = str(path[0]), list_of(answer)

    def turn(data: CommentedMap) -> None:
        fact = dict(_fact(data, name))
        turned_fact = with_nature(old, fact, answer, clause)
        turned_fact.pop(PROPOSED, None)
        turned_fact |= values
        if old == new:
            _set_all(_fact(data, name), turned_fact, data)
            return
        if new == "limits" and "id" not in turned_fact:
            turned_fact = {"id": free_id(data, "limits", "limit")} | turned_fact
        data.setdefault(new, CommentedSeq()).append(_fact_of(turned_fact, data))

    after = edit_text(confirmed(text, name), turn)
    return after if old == new else without_fact(after, name)


def added(text: str, place: str, values: Mapping[str, Any]) -> str:
    """The YAML with a fact more in the list at that place, such as `limits` or `kinds.0.grounds`.

    Raises EditRefused.
    """
    *above, key = parse_name(place)

    def add(data: CommentedMap) -> None:
        around = _fact(data, ".".join(map(str, above))) if above else data
        around.setdefault(key, CommentedSeq()).append(_fact_of(values, data))

    return edit_text(text, add)


def without_fact(text: str, name: str) -> str:
    """The YAML without the fact at that place; comments stay. Raises EditRefused."""
    path, text = parse_name(name), _without_doubt(text, name)
    node, siblings = _node(text, path), _node(text, path[:-1])
    lines = text.splitlines(keepends=True)
    first, last = node.start_mark.line, _last_line(node)
    after = lines[last][node.end_mark.column :].strip() if last == node.end_mark.line else ""
    comments = [line for line in lines[first : last + 1] if line.lstrip().startswith("#")]
    if after:
        comments.append(f"{' ' * node.start_mark.column}{after}\n")
    if len(siblings.value) == 1:
        first = siblings.start_mark.line - 1
    rest = "".join([*lines[:first], *comments, *lines[last + 1 :]])
    if _says(text, rest, lambda data: _remove(data, path)):
        return rest
    return edit_text(text, lambda data: _remove(data, path))


def doubt_of(text: str, name: str) -> str:
    """What an import was unsure of in a fact, from the comment above it; empty if nothing.

    Raises EditRefused.
    """
    line, lines = _node(text, parse_name(name)).start_mark.line, text.splitlines()
    above = lines[line - 1].strip() if line else ""
    return above.removeprefix(_DOUBT).strip() if above.startswith(_DOUBT) else ""


def _without_doubt(text: str, name: str) -> str:
    """The text without the comment of a doubt, once a person has decided."""
    if not doubt_of(text, name):
        return text
    line, lines = _node(text, parse_name(name)).start_mark.line, text.splitlines(keepends=True)
    return "".join([*lines[: line - 1], *lines[line:]])


def edit_text(text: str, edit: Edit) -> str:
    """The YAML with an edit in it, as little of it changed as possible. Raises EditRefused."""
    try:
        close = edited(text, edit)
    except (LookupError, TypeError, AttributeError) as error:
        raise EditRefused(GONE) from error
    if close is not None:
        return close
    whole = YAML()
    whole.preserve_quotes, whole.width = True, 100_000
    whole.indent(mapping=2, sequence=4, offset=2)
    data, output = whole.load(text), StringIO()
    edit(data)
    whole.dump(data, output)
    if text.count("#") > output.getvalue().count("#"):
        raise EditRefused(_BY_HAND)
    return output.getvalue()


def free_id(data: Mapping[str, Any], name: str, wanted: str) -> str:
    """The id, or the id with the next number that no fact of the list has, nested or not."""
    taken = {str(entry.data.get("id")) for entry in entries(data) if entry.list == name}
    number, id = 2, wanted
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    return id


def _fact(data: Any, name: str) -> Any:
    found = data
    for part in parse_name(name):
        found = found[part]
    if not isinstance(found, dict):
        raise LookupError(name)
    return found


def _fact_of(values: Mapping[str, Any], data: Mapping[str, Any]) -> CommentedMap:
    """A new fact on one line."""
    fact = flow_mapping({})
    _set_all(fact, values, data)
    return fact


def _set_all(fact: CommentedMap, values: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    language = str(data.get("language", "zh-CN"))
    for key, value in values.items():
        outer, _, inner = key.partition(".")
        if not inner:
            _set(fact, key, value, language)
        elif value is not None or outer in fact:
            _set(fact.setdefault(outer, flow_mapping({})), inner, value, language)
            if not fact[outer]:
                _pop(fact, outer)


def _set(fact: CommentedMap, key: str, value: Any, language: str) -> None:
    """Sets a key; of a text in several languages, the words in the policy's own."""
    if value is None:
        _pop(fact, key)
    elif isinstance(value, str) and isinstance(fact.get(key), dict) and language in fact[key]:
        if fact[key][language] != value:
            fact[key][language] = value
    elif key not in fact or fact[key] != value:
        fact[key] = _on_one_line(value)


def _on_one_line(value: Any) -> Any:
    if isinstance(value, dict):
        return flow_mapping({key: _on_one_line(each) for key, each in value.items()})
    if isinstance(value, list):
        items = CommentedSeq(value)
        items.fa.set_flow_style()
        return items
    return value


def _pop(fact: CommentedMap, key: str) -> None:
    """Removes a key; a comment below it, which belongs to what follows, stays."""
    keys = list(fact)
    comment = fact.ca.items.pop(key, None)
    if key in fact:
        at = keys.index(key)
        del fact[key]
        if at and comment and comment[2] and keys[at - 1] not in fact.ca.items:
            fact.ca.items[keys[at - 1]] = [None, None, comment[2], None]


def _remove(data: Any, path: YamlPath) -> None:
    above, key = data, path[-2]
    for part in path[:-2]:
        above = above[part]
    del above[key][path[-1]]
    if not above[key] and str(key) in FORMS:
        del above[key]


def _node(text: str, path: YamlPath) -> Any:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    try:
        for part in path:
            if isinstance(part, int):
                node = node.value[part]  # type: ignore[union-attr]
            else:
                pairs = node.value  # type: ignore[union-attr]
                node = next(value for key, value in pairs if key.value == part)
    except (IndexError, StopIteration, AttributeError) as error:
        raise EditRefused(GONE) from error
    return node


def _last_line(node: Any) -> int:
    """The last line with something of the node; a block ends only where the next thing begins."""
    if isinstance(node.value, list) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    line, column = node.end_mark.line, node.end_mark.column
    return int(line - 1 if column == 0 and line > node.start_mark.line else line)


def _says(text: str, rest: str, edit: Callable[[Any], object]) -> bool:
    """Whether `rest` says what the text says after the edit, with all its comments."""
    try:
        before, after = (yaml.load(each, Loader=yaml.CSafeLoader) for each in (text, rest))
        edit(before)
    except (yaml.YAMLError, LookupError):
        return False
    return bool(before == after) and text.count("#") == rest.count("#")
