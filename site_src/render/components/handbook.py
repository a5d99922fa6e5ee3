"""Generates `docs/components.md`: every component, its purpose and its use."""

from pathlib import Path

import yaml

from site_src.render.components.examples import Example, components

_HEAD = """# Components

Generated from each component's `examples.yaml` by `make golden`. `python build.py serve` shows
them at `/_gallery/` and `/en/_gallery/`, which are never published.

A component is a folder in `site_src/templates/components/`. `<name>.html` contains its macros,
`<name>.css` its styles, which the build adds to the one style sheet, and `examples.yaml` its
examples. The gallery shows the examples, the golden files in `tests/golden/components/` are
rendered from them, and axe tests them for accessibility. Colours are in
`site_src/looks/palette.py`, type and space in `site_src/assets/ombud.css`.
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
            source = _source(example, component.file)
            parts.append(f"{example.shows.words('en')}:\n\n```yaml\n{source}```\n")
    return "\n".join(parts)


def _source(example: Example, file: Path) -> str:
    """The YAML of an example in its file, without its name and description."""
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]
    raw = next(entry for entry in entries if entry["name"] == example.name)
    kept = {key: raw[key] for key in ("macro", "arguments", "inside", "filled") if key in raw}
    return yaml.dump(kept, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)


class _Plain(yaml.SafeDumper):
    """Writes repeated values in full instead of as YAML aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """See yaml.Dumper."""
        return True
