"""Renders the examples of the components for `/_gallery/` of `build.py serve`."""

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment, TemplateError
from markupsafe import Markup

from functions.model.language import Language
from functions.model.pages.slot_template import cut
from functions.model.text import Text
from site_src.compile.filer_words import filer_words
from site_src.errors import ExampleFailed
from site_src.languages import SiteLanguage
from site_src.looks.palette import DARK, LIGHT
from site_src.render.components.examples import Component, Example, Filling, ProofRow, components

GALLERY = "/_gallery/"
"""Below each language's prefix; no build writes it."""


@dataclass(frozen=True)
class RenderedExample:
    """An example rendered in one language."""

    example: Example
    html: Markup


def rendered_examples(
    component: Component, tongue: SiteLanguage, env: Environment
) -> tuple[RenderedExample, ...]:
    """The examples of a component in one language. Raises ExampleFailed."""
    return tuple(
        RenderedExample(example, _html(component, example, tongue, env))
        for example in component.examples
    )


def gallery_page(tongue: SiteLanguage, env: Environment) -> str:
    """The page that shows all examples, for developers of Ombud. Raises ExampleFailed."""
    return env.get_template("pages/gallery.html").render(
        components=[
            (component, rendered_examples(component, tongue, env)) for component in components()
        ],
        palettes=(LIGHT, DARK),
        path=GALLERY,
    )


def _html(component: Component, example: Example, tongue: SiteLanguage, env: Environment) -> Markup:
    language = tongue.language
    arguments = {
        name: _for_template(getattr(example.arguments, name), language)
        for name in example.arguments.model_fields_set
    }
    policy, field = example.arguments.policy, example.arguments.field
    if policy and example.arguments.kind:
        arguments["kind"] = next(fact for fact in policy.kinds if fact.id == example.arguments.kind)
    file = f"components/{component.name}/{component.name}.html"
    inside = example.inside.words(language) if example.inside else ""
    call = f"component.{example.macro}(**arguments)"
    body = f"{{% call {call} %}}{inside}{{% endcall %}}" if inside else f"{{{{ {call} }}}}"
    source = f'{{% import "{file}" as component with context %}}{body}'
    try:
        macro = getattr(env.get_template(file).make_module({"procedure_page": ""}), example.macro)
        if "anchor_of" in macro.arguments:
            arguments["anchor_of"] = _anchors(f"{component.name}-{example.name}")
        rendered = env.from_string(source).render(
            arguments=arguments,
            procedure_page="",
            grounds=(),
            levels=(),
            filer_words=filer_words(()),
            numbers={field.name: component.examples.index(example) + 1} if field else {},
        )
        filled = {
            name: _render_filling(value, language, env) for name, value in example.filled.items()
        }
    except (TemplateError, TypeError, AttributeError) as error:
        raise ExampleFailed(f"{component.file}: example {example.name!r}: {error}") from error
    return cut(rendered).html(filled)


def _anchors(prefix: str) -> Callable[[object], str]:
    numbers: dict[int, int] = {}
    return lambda fact: f"{prefix}-{numbers.setdefault(id(fact), len(numbers))}"


def _render_filling(
    value: str | tuple[Filling, ...], language: Language, env: Environment
) -> Markup:
    if isinstance(value, str):
        return Markup(value)
    return Markup().join(
        cut(env.get_template(f"fragments/{filling.fragment}").render()).html(
            {name: words.words(language) for name, words in filling.values.items()}
            | {name: Markup(html) for name, html in filling.attributes.items()}
        )
        for filling in value
    )


def _for_template(value: object, language: Language) -> object:
    """An argument for a template: texts in one language, models unchanged."""
    match value:
        case Text():
            return value.words(language)
        case ProofRow():
            return {name: _for_template(inner, language) for name, inner in value}
        case tuple():
            return [_for_template(item, language) for item in value]
        case dict():
            return {name: _for_template(item, language) for name, item in value.items()}
        case _:
            return value
