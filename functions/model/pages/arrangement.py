"""How an organisation's pages are put together from the pieces that all organisations share."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from functions.model.contract.terms import KindId
from functions.model.frozen import Frozen
from functions.model.language import Language


class Arrangement(Frozen):
    """What an organisation says on its pages and mails, and between which pieces.

    A sequence is a list of words. `12` and `12-17` are pieces by number. `v3` is a value: they are
    numbered from `same`, which are those of every language, to the `values` of the language. `t3`
    is the third text of the contract for HTML, `w3` the same for plain text. `a0` is an argument
    of a shape, and `s7:v3:a0` the shape 7 with arguments. `kinds` has a sequence for each
    template, in the order of the release's `templates`.
    """

    same: tuple[str, ...]
    values: dict[Language, tuple[str, ...]]
    shapes: tuple[str, ...]
    kinds: dict[KindId, tuple[str, ...]]

    def pages(
        self,
        kind: KindId,
        language: Language,
        texts: tuple[Mapping[str, str], ...],
        pieces: tuple[str, ...],
    ) -> Iterator[str]:
        """Yields the pages of a kind in a language, with the marks of their slots.

        `texts` are those of the contract, see `texts_of`; `pieces` those of its release.
        """
        words = [text.get(language, "") for text in texts]
        said = {
            **{f"v{at}": value for at, value in enumerate((*self.same, *self.values[language]))},
            **{f"t{at}": str(escape(text)) for at, text in enumerate(words)},
            **{f"w{at}": text for at, text in enumerate(words)},
        }
        for sequence in self.kinds[kind]:
            yield self._joined(sequence, said, pieces, ())

    def _joined(
        self,
        sequence: str,
        said: dict[str, str],
        pieces: tuple[str, ...],
        arguments: tuple[str, ...],
    ) -> str:
        """What a sequence says; `said` keeps what each word says whatever the arguments."""
        page: list[str] = []
        for word in sequence.split():
            text = said.get(word)
            if text is None:
                sort = word[0]
                if sort == "a":
                    text = arguments[int(word[1:])]
                elif sort == "s":
                    shape, *given = word[1:].split(":")
                    passed = tuple(
                        arguments[int(each[1:])] if each[0] == "a" else said[each] for each in given
                    )
                    text = self._joined(self.shapes[int(shape)], said, pieces, passed)
                    if ":a" not in word:
                        said[word] = text
                else:
                    first, _, last = word.partition("-")
                    text = said[word] = "".join(pieces[int(first) : int(last or first) + 1])
            page.append(text)
        return "".join(page)


def texts_of(stored: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    """The texts of a contract as it is stored, each once, in the order of the file.

    A text is an object of words by language.
    """
    found: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
    for name, value in stored.items():
        if name != "arrangement":
            for text in _texts(value):
                found.setdefault(tuple(text.items()), text)
    return tuple(found.values())


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        if value and all(isinstance(each, str) for each in value.values()):
            yield value
        else:
            for each in value.values():
                yield from _texts(each)
