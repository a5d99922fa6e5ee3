"""Writes the pages of an organisation as an arrangement: each value and each shape once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import escape

from functions.model.contract.terms import KindId
from functions.model.language import Language
from functions.model.pages.arrangement import Arrangement
from site_src.render.shared.tree import VALUE, PageGroup, Said


@dataclass
class _Shape:
    """Groups that differ in their values at most."""

    skeleton: tuple[int, ...]
    children: list["_Shape"]
    """The shapes of the groups in the skeleton."""
    rows: list[tuple[Said, ...]] = field(default_factory=list)
    number: int = -1
    arguments: list[int] = field(default_factory=list)
    """For each value, the number of the argument that it is; -1 if it never differs."""
    passed: list[int] = field(default_factory=list)
    """For each argument, the first value that it is."""


@dataclass
class _Use:
    """A group as a use of its shape, in which row."""

    shape: _Shape
    row: int

    @property
    def passed(self) -> tuple[Said, ...]:
        """The values that its shape takes as arguments, each once."""
        row = self.shape.rows[self.row]
        return tuple(row[place] for place in self.shape.passed)


def arrangement(
    kinds: Mapping[KindId, tuple[PageGroup, ...]],
    languages: tuple[Language, ...],
    texts: tuple[Mapping[str, str], ...],
) -> Arrangement:
    """The arrangement of the pages of each kind.

    `texts` are those of the contract, which it refers to instead of saying them again.
    """
    uses = _uses([tree for trees in kinds.values() for tree in trees])
    writer = _Writer(_references(texts, languages))
    sequences = {
        kind: tuple(writer.use(uses[id(tree)]) for tree in trees) for kind, trees in kinds.items()
    }
    return writer.arrangement(sequences, languages)


def _references(
    texts: tuple[Mapping[str, str], ...], languages: tuple[Language, ...]
) -> dict[Said, str]:
    """The word for each text of the contract that is in every language."""
    known: dict[Said, str] = {}
    for number, text in enumerate(texts):
        if all(language in text for language in languages):
            said = tuple(text[language] for language in languages)
            known.setdefault(said, f"w{number}")
            known[tuple(str(escape(words)) for words in said)] = f"t{number}"
    return known


def _levels(trees: list[PageGroup]) -> list[list[PageGroup]]:
    """All groups by how many levels of groups they contain."""
    levels: list[list[PageGroup]] = []

    def height(group: PageGroup) -> int:
        own = 0
        for item in group.filling:
            if isinstance(item, PageGroup):
                own = max(own, height(item) + 1)
        if own == len(levels):
            levels.append([])
        levels[own].append(group)
        return own

    for tree in trees:
        height(tree)
    return levels


def _uses(trees: list[PageGroup]) -> dict[int, _Use]:
    """The use of each group, by its identity; groups of the same skeleton have one shape."""
    uses: dict[int, _Use] = {}
    for level in _levels(trees):
        shapes: dict[tuple[object, ...], _Shape] = {}
        for group in level:
            row: list[Said] = []
            children: list[_Shape] = []
            for item in group.filling:
                if isinstance(item, PageGroup):
                    use = uses[id(item)]
                    children.append(use.shape)
                    row.extend(use.passed)
                else:
                    row.append(item)
            key = (group.skeleton, *map(id, children))
            shape = shapes.get(key)
            if shape is None:
                shape = shapes[key] = _Shape(group.skeleton, children)
            uses[id(group)] = _Use(shape, len(shape.rows))
            shape.rows.append(tuple(row))
        for shape in shapes.values():
            _find_arguments(shape)
    return uses


def _find_arguments(shape: _Shape) -> None:
    """A place where rows differ is an argument; places that are always the same are one."""
    known: dict[tuple[Said, ...], int] = {}
    for place, column in enumerate(zip(*shape.rows, strict=True)):
        if column.count(column[0]) == len(column):
            shape.arguments.append(-1)
            continue
        if column not in known:
            known[column] = len(known)
            shape.passed.append(place)
        shape.arguments.append(known[column])


class _Writer:
    """Writes shapes and sequences."""

    def __init__(self, references: dict[Said, str]) -> None:
        self._references = references
        self._values: dict[Said, int] = {}
        self._shapes: list[str] = []

    def use(self, use: _Use) -> str:
        """The words of a use in no shape: its shape's own words if nothing else has the shape."""
        if len(use.shape.rows) == 1:
            return self._body(use.shape)
        return ":".join([self._name(use.shape), *map(self._value, use.passed)])

    def _value(self, said: Said) -> str:
        if said.count(said[0]) == len(said):
            said = said[:1]
        if said in self._references:
            return self._references[said]
        return f"v\0{self._values.setdefault(said, len(self._values))}\0"

    def _name(self, shape: _Shape) -> str:
        if shape.number < 0:
            body = self._body(shape)
            shape.number = len(self._shapes)
            self._shapes.append(body)
        return f"s{shape.number}"

    def _body(self, shape: _Shape) -> str:
        """The words of a shape, with runs of pieces in one word."""
        words: list[str] = []
        places = iter(zip(shape.rows[0], shape.arguments, strict=True))
        children = iter(shape.children)
        run: list[int] = []
        for number in shape.skeleton:
            if run and number != run[-1] + 1:
                words.append(_run(run))
                run = []
            if number >= 0:
                run.append(number)
            elif number == VALUE:
                words.append(self._given(*next(places)))
            else:
                child = next(children)
                taken = [next(places) for _ in child.passed]
                if len(child.rows) == 1:
                    words.append(self._body(child))
                else:
                    given = [self._given(said, argument) for said, argument in taken]
                    words.append(":".join([self._name(child), *given]))
        if run:
            words.append(_run(run))
        return " ".join(words)

    def _given(self, said: Said, argument: int) -> str:
        return f"a{argument}" if argument >= 0 else self._value(said)

    def arrangement(
        self, sequences: dict[KindId, tuple[str, ...]], languages: tuple[Language, ...]
    ) -> Arrangement:
        """The whole, with the values that every language has first."""
        order = sorted(self._values, key=lambda said: (len(said) > 1, self._values[said]))
        same = [said[0] for said in order if len(said) == 1]
        numbers = {self._values[said]: number for number, said in enumerate(order)}

        def numbered(words: str) -> str:
            parts = words.split("\0")
            return "".join(
                str(numbers[int(part)]) if index % 2 else part for index, part in enumerate(parts)
            )

        return Arrangement(
            same=tuple(same),
            values={
                language: tuple(said[place] for said in order[len(same) :])
                for place, language in enumerate(languages)
            },
            shapes=tuple(numbered(shape) for shape in self._shapes),
            kinds={
                kind: tuple(numbered(words) for words in trees) for kind, trees in sequences.items()
            },
        )


def _run(run: list[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
