"""The templates that the functions fill, and the pieces that they have in every language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from jinja2 import Environment
from markupsafe import escape

from functions.model.attachment import AttachmentRules
from functions.model.mail import MailType
from functions.model.pages.page_set import Fragments
from functions.model.pages.release_pages import ReleasePages
from functions.model.pages.slot_template import SlotTemplate, cut
from functions.model.pages.vocabulary import Vocabulary
from site_src.compile.messages.vocabulary import words
from site_src.compile.questions import standing_words
from site_src.languages import SiteLanguage
from site_src.render.environment import environment, type_names
from site_src.render.shared.marked import (
    PHRASE,
    MarkedEnvironment,
    MarkedWords,
    marked_gettext,
    marked_slot,
)
from site_src.render.shared.tree import Numbered, PageReader
from site_src.site_files import SiteFiles


def _mails() -> Iterator[tuple[str, str]]:
    for type_ in get_args(MailType):
        yield f"mails.{type_}.subject", f"mails/{type_}_subject.txt"
        yield f"mails.{type_}.parts", f"mails/{type_}.txt"


KIND_TEMPLATES: dict[str, str] = {
    "form": "pages/form.html",
    "check": "pages/check.html",
    "receipt": "pages/receipt.html",
    "receipt_text": "mails/receipt.txt",
    "status": "pages/status.html",
    "receipt_content": "mails/content.txt",
    "paper": "papers/receipt.html",
    "handling": "pages/handle.html",
    "act_content": "mails/act_content.txt",
    "act_receipt": "mails/act_receipt.txt",
    **dict(_mails()),
}
"""The templates of a kind of filing by their place in `KindTemplates`."""


@dataclass(frozen=True)
class SharedLanguage:
    """The templates in one language: their environment, and the messages of the functions."""

    tongue: SiteLanguage
    env: MarkedEnvironment
    words: Vocabulary


class SharedTemplates:
    """The templates that the functions fill, in every language of the site."""

    def __init__(
        self,
        environments: Mapping[SiteLanguage, Environment],
        assets: Mapping[str, str],
        site_url: str,
        proof_of_work: bool,
    ) -> None:
        self._fragments = {tongue: _fragments(env) for tongue, env in environments.items()}
        self.languages = tuple(
            _shared_language(tongue, assets, site_url, proof_of_work) for tongue in environments
        )

    @cached_property
    def pieces(self) -> tuple[Numbered, ...]:
        """The number and the words of each piece by its name, in each language.

        A piece has the same number in every language; one that a language lacks is empty.
        """
        names = dict.fromkeys(name for each in self.languages for name in each.env.pieces)
        return tuple(
            {name: (number, each.env.pieces.get(name, "")) for number, name in enumerate(names)}
            for each in self.languages
        )

    @cached_property
    def readers(self) -> tuple[PageReader, ...]:
        """Reads the pages of each language."""
        return tuple(map(PageReader, self.pieces))

    @cached_property
    def release(self) -> dict[SiteLanguage, ReleasePages]:
        """What all organisations share, in each language."""
        return {
            each.tongue: ReleasePages(
                words=each.words,
                fragments=self._fragments[each.tongue],
                templates=tuple(KIND_TEMPLATES),
                pieces=tuple(text for _, text in pieces.values()),
            )
            for each, pieces in zip(self.languages, self.pieces, strict=True)
        }

    @cached_property
    def digests(self) -> dict[SiteLanguage, str]:
        """The names of what all organisations share."""
        return {tongue: SiteFiles().contract(pages) for tongue, pages in self.release.items()}

    def add_to(self, site: SiteFiles) -> None:
        """Adds what all organisations share, in each language."""
        for pages in self.release.values():
            site.contract(pages)


def _shared_language(
    tongue: SiteLanguage, assets: Mapping[str, str], site_url: str, proof_of_work: bool
) -> SharedLanguage:
    env = environment(tongue, assets, site_url, proof_of_work, MarkedEnvironment)
    assert isinstance(env, MarkedEnvironment)
    catalogue, vocabulary = tongue.catalogue, words(tongue, proof_of_work)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: marked_gettext(message, catalogue.gettext(message)),
        catalogue.ngettext,
        newstyle=True,
    )
    env.collect(tuple(KIND_TEMPLATES.values()), vocabulary, catalogue.gettext)
    usual = AttachmentRules()
    phrases = (*map(escape, standing_words(tongue)), usual.accept, type_names(vocabulary, usual))
    env.pieces |= {f"{PHRASE}{at}": str(phrase) for at, phrase in enumerate(phrases)}
    env.globals |= {"slot": marked_slot, "words": MarkedWords(vocabulary)}
    return SharedLanguage(tongue, env, vocabulary)


def _fragments(env: Environment) -> Fragments:
    """The fragments that are the same for every organisation."""

    def fragment(name: str) -> SlotTemplate:
        return cut(env.get_template(f"fragments/{name}").render())

    return Fragments(
        problem=fragment("problem.html"),
        field_problem=fragment("field_problem.html"),
        answer=fragment("answer.html"),
        answer_text=fragment("answer.txt"),
        checked_answer=fragment("checked_answer.html"),
        carried=fragment("carried.html"),
        mail_doubt=fragment("mail_doubt.html"),
        milestone=fragment("milestone.html"),
        milestone_text=fragment("milestone.txt"),
        upload=fragment("upload.html"),
        history=fragment("happening.html"),
        keep=fragment("keep.html"),
    )
