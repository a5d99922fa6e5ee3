"""`docs/components.md`: every component, what it is for, and how it is used."""

from pathlib import Path

import yaml

from site_src.render.components.examples import Example, components

_HEAD = """# Components

Generated from each component's `examples.yaml` by `make golden`. `python build.py serve` shows
them at `/_gallery/` and `/en/_gallery/`, which are never published.

A component is a folder in `site_src/templates/components/`: `<name>.html` has its macros,
`<name>.css` its looks, which the build puts into the one style sheet, `examples.yaml` its
examples. They are what the gallery shows, what the golden files in `tests/golden/components/`
are made from, and what axe looks at. Colours are in `site_src/looks/palette.py`, type and
space in `site_src/assets/ombud.css`.
"""


def components_page() -> str:
    """The whole page. Raises ExampleFailed."""
    parts = [_HEAD]
    for component in components():
        folder = f"site_src/templates/components/{component.name}"
        parts.append(
            f"## {component.name}\n\n{component.about}\n\nIn [`{folder}/`](../{folder}).\n"
        )
        for example in component.examples:
            said = _written(example, component.file)
            parts.append(f"{example.shows.words('en')}:\n\n```yaml\n{said}```\n")
    return "\n".join(parts)


def _written(example: Example, file: Path) -> str:
    """The example as it stands in its file, without what says what it is."""
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]
    raw = next(one for one in listed if one["name"] == example.name)
    kept = {key: raw[key] for key in ("macro", "arguments", "inside", "filled") if key in raw}
    return yaml.dump(kept, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Repeats what is repeated, instead of naming it once."""

    def ignore_aliases(self, data: object) -> bool:
        """See yaml.Dumper."""
        return True
