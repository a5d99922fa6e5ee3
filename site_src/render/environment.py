"""Creates the template environment of each language: strict, with autoescape."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from functions.model.answers.telephone import dialled
from functions.model.attachment import TYPE_GROUPS, AttachmentRules, TypeGroup
from functions.model.contract.form import Choice
from functions.model.contract.limit import Limit
from functions.model.contract.terms import KindId
from functions.model.language import path_prefix
from functions.model.pages.vocabulary import Vocabulary
from functions.model.text import Text
from functions.views.wording.citations import bracketed, cite, cite_marked
from functions.views.wording.limits.sentence import before_filing
from functions.views.wording.sentences import DutyWords, duty_html, midway
from site_src.compile.contract import zone_name
from site_src.compile.limit_words import holds_when, limit_name, limit_start
from site_src.compile.limits import compile_limit, limit_note
from site_src.compile.messages.vocabulary import (
    KIND_NAMES,
    form_words,
    script_words,
    upload_words,
    words,
)
from site_src.compile.questions import representatives
from site_src.compile.slots import slot
from site_src.kept.templates import compiled_templates
from site_src.languages import SiteLanguage
from site_src.places import TEMPLATES
from site_src.policy.facts import asked_label, categories
from site_src.policy.model.filing import KindFact
from site_src.policy.model.limits import LimitFact
from site_src.policy.model.policy import Policy
from site_src.policy.terms import BINDING, PROTECTING
from site_src.render.pages.answer_words import answer_sentences, limit_before_filing
from site_src.render.pages.deciding_text import deciding_note, deciding_text
from site_src.render.pages.limit_chart import limit_chart
from site_src.render.pages.procedure import clause_anchor
from site_src.render.pages.qr import qr
from site_src.render.pages.scripted_limits import are_dated, is_scripted, lengths, opening_minutes
from site_src.render.static_messages import StaticMessages

_CITATIONS = 2_000
"""Citations that are kept: procedures have most numbers of clauses in common."""

_TYPE_RULES = 100
"""Rules for files whose names of types are kept: most organisations have the usual ones."""


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under one heading; `label` is None for choices without a heading."""

    label: Text | None
    choices: tuple[Choice, ...]


class SiteContext(Context):
    """Calls whatever asks for nothing of Jinja as it is.

    Jinja looks at each callable twice to find what it passes to it, which takes longer than most
    of what our templates call. An object that is called must not ask by its `__call__`; of those,
    there are only macros.
    """

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        # Templates share the globals, so that none need to be compared at each import.
        super().__init__(environment, parent, name, blocks)

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        """See Context."""
        if type(called) is Macro:
            args = (self.eval_ctx, *args)
        elif hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*args, **named)


class SiteEnvironment(Environment):
    """An environment whose templates share its globals as they are.

    Jinja puts a ChainMap before them for each template, which is slow to copy for each macro.
    """

    context_class = SiteContext

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """See Environment."""
        return super().make_globals(d) if d else self.globals


def environment(
    tongue: SiteLanguage,
    assets: Mapping[str, str],
    site_url: str,
    proof_of_work: bool = False,
    kind: type[SiteEnvironment] = SiteEnvironment,
) -> Environment:
    """The environment of one language; `assets` maps the name of each asset to its address.

    `proof_of_work` says whether a filing requires one. In templates, `absolute` turns a path into
    a full address, for what leaves the site: paper, feeds, previews.
    """
    env = kind(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", StaticMessages],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=compiled_templates(f"{kind.__name__}-{proof_of_work}-{tongue.language}"),
    )
    env.install_gettext_translations(tongue.catalogue, newstyle=True)  # type: ignore[attr-defined]
    # Newstyle gettext takes every message for a format, so that a per cent sign is written twice.
    env.extend(static_messages={"_": lambda message: tongue.say(message) % (), "slot": slot})
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    vocabulary = words(tongue, proof_of_work)
    env.globals |= {
        "lang": tongue.language,
        "prefix": tongue.prefix,
        "tongues": tongue.all,
        "generic_kind": lambda kind: tongue.say(KIND_NAMES[kind]),
        "assets": assets,
        "site_url": site_url,
        "absolute": lambda path: f"{site_url}{path}",
        "qr": qr,
        "slot": slot,
        "words": vocabulary,
        "proof_of_work": proof_of_work,
        "script_words": script_words(vocabulary),
        "upload_words": upload_words(vocabulary),
        "type_words": lru_cache(_TYPE_RULES)(partial(type_names, vocabulary)),
        "form_words": form_words(vocabulary),
        "limit_note": limit_note,
        "compile_limit": compile_limit,
        "deciding_note": lambda policy: deciding_note(policy, tongue),
        "deciding_text": lambda policy, shown: deciding_text(policy, shown, tongue),
        "home_of": lambda language: path_prefix(language, tongue.first),
        "protecting": PROTECTING,
        "binding": BINDING,
        "representatives_of": representatives,
        "lengths": lengths,
        "opening_minutes": opening_minutes,
        "is_scripted": is_scripted,
        "are_dated": are_dated,
        "branch_name": lambda policy, id: next(x.name for x in policy.branches if x.id == id),
        **_limit_globals(vocabulary),
        "answer_sentences": lambda policy, kind: answer_sentences(
            kind, vocabulary, lambda limit: limit_before_filing(policy, limit, vocabulary)
        ),
        "field_label": asked_label,
        "zone_name": zone_name,
        "holds_when": holds_when,
        "kind_name": _kind_name,
        "level_name": lambda policy, id: next(x.name for x in policy.levels if x.id == id),
        "category_name": lambda policy, id: next(x.name for x in categories(policy) if x.id == id),
        "language_links": lambda path: _language_links(tongue, path),
    }
    env.filters |= {
        "t": lambda text: text.marked(tongue.language),
        "listed": lambda said: Markup(vocabulary.say("list_separator")).join(said),
        "midway": lambda said: type(said)(midway(vocabulary, said)),
        "in_brackets": lambda said: bracketed(vocabulary, said),
        "anchor": clause_anchor,
        "dialled": dialled,
        "limit_chart": lambda policy: limit_chart(policy, vocabulary),
        "groupby_nearby": lambda choices: tuple(_grouped(choices)),
        "kinds_with_steps": _kinds_with_steps,
    }
    return env


def _limit_globals(words: Vocabulary) -> dict[str, Callable[..., str]]:
    """What a page says of clauses and time limits, in the words of the functions."""

    def sentence(policy: Policy, limit: Limit, kind: KindId | None = None) -> str:
        return limit_before_filing(policy, limit, words, kind)

    def sentence_text(policy: Policy, limit: Limit, kind: KindId | None = None) -> str:
        return words.say("sentence", words=before_filing(words, limit, policy.events, kind))

    def marked(of: Callable[..., str]) -> Callable[[Policy, LimitFact], str]:
        return lambda policy, limit: of(policy, limit, words, Text.marked)

    return {
        "limit_start": marked(limit_start),
        "limit_name": marked(limit_name),
        "limit_start_text": lambda policy, limit: limit_start(policy, limit, words),
        "limit_name_text": lambda policy, limit: limit_name(policy, limit, words),
        "limit_words": lambda policy, limit: words.limit(limit, policy.events, Text.marked),
        "event_words": lambda policy, event: words.event(event, policy.events, Text.marked),
        "cite": lru_cache(_CITATIONS)(partial(cite, words)),
        "cited": lru_cache(_CITATIONS)(partial(cite_marked, words)),
        "limit_sentence": sentence,
        "limit_sentence_text": sentence_text,
        "duty_html": lambda who, does: duty_html(words, DutyWords(who, does)),
    }


def _kind_name(policy: Policy, kind: KindId) -> Text:
    return next(fact.name for fact in policy.kinds if fact.id == kind)


def _kinds_with_steps(policy: Policy) -> tuple[KindFact, ...]:
    """The kinds whose steps differ, so that a page shows no flow twice."""
    if all(step.only_for is None for step in policy.steps):
        return policy.kinds[:1]
    return tuple(
        kind for kind in policy.kinds if any(step.holds_for(kind.id) for step in policy.steps)
    )


def _grouped(choices: Iterable[Choice]) -> Iterator[ChoiceGroup]:
    for label, group in groupby(choices, key=lambda choice: choice.group):
        yield ChoiceGroup(label, tuple(group))


def _language_links(tongue: SiteLanguage, path: str) -> Markup:
    """Links to the same page in the other languages."""
    return Markup(" ").join(
        Markup('<a href="{}{}" lang="{}" hreflang="{}">{}</a>').format(
            other.prefix, path, other.language, other.language, _endonym(other)
        )
        for other in tongue.all
        if other.language != tongue.language
    )


@cache
def _endonym(tongue: SiteLanguage) -> str:
    """The name of a language in that language."""
    return str(tongue.locale.get_language_name()).capitalize()


def type_names(vocabulary: Vocabulary, rules: AttachmentRules) -> Markup:
    """The types that a form takes; browsers leave their names untranslated.

    Photos, videos and recordings are named one by one only where the rules leave some out: people
    know that they have a photo, not that it is HEIC.
    """
    separator = vocabulary.say("list_separator")
    untranslated = Markup('<span translate="no">{}</span>')

    def group_names(group: TypeGroup, names: tuple[str, ...]) -> Markup:
        if group != "documents" and len(names) == len(TYPE_GROUPS[group]):
            return Markup(vocabulary.messages[f"all_{group}"])
        listed = untranslated.format(separator.join(names))
        return Markup(vocabulary.messages[f"types_{group}"]).format(names=listed)

    said = (group_names(group, names) for group, names in rules.type_names.items())
    return Markup(vocabulary.messages["types_taken"]).format(types=Markup(separator).join(said))
