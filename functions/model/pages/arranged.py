"""The pages of a contract from its arrangement, a kind at a time."""

from collections.abc import Iterator, Mapping

from functions.model.contract.terms import KindId
from functions.model.language import Language
from functions.model.pages.arrangement import Arrangement
from functions.model.pages.page_set import KindPages, KindTemplates
from functions.model.pages.release_pages import ReleasePages


class ArrangedKinds(Mapping[KindId, KindTemplates]):
    """The templates of each kind, put together when they are first asked for."""

    def __init__(
        self,
        arrangement: Arrangement,
        texts: tuple[Mapping[str, str], ...],
        release: ReleasePages,
        language: Language,
    ) -> None:
        self._arrangement = arrangement
        self._texts = texts
        self._release = release
        self._language = language
        self._known: dict[KindId, KindTemplates] = {}

    def __getitem__(self, kind: KindId) -> KindTemplates:
        if kind not in self._known:
            pages = self._arrangement.pages(kind, self._language, self._texts, self._release.pieces)
            self._known[kind] = self._release.kind(tuple(pages))
        return self._known[kind]

    def __iter__(self) -> Iterator[KindId]:
        return iter(self._arrangement.kinds)

    def __len__(self) -> int:
        return len(self._arrangement.kinds)


def arranged_pages(
    arrangement: Arrangement,
    texts: tuple[Mapping[str, str], ...],
    release: ReleasePages,
    language: Language,
) -> KindPages:
    """The pages of a contract in a language; `texts` are those of the contract as it is stored."""
    return KindPages.model_construct(
        words=release.words,
        fragments=release.fragments,
        kinds=ArrangedKinds(arrangement, texts, release, language),
    )
