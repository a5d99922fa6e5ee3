"""How scalars of YAML are read, and how large a document may be."""

import yaml

DEEPEST_LEVEL = 25
MOST_VALUES = 20_000
"""More than thirty times what the longest of our policies has."""


class YamlLoader(yaml.CSafeLoader):
    """Leaves dates and times as text: the model parses them and reports wrong ones."""


def _as_text(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


def _number_or_time(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> int | str:
    """A whole number, or the text of a time: YAML 1.1 would read 17:30 as 1050."""
    return str(node.value) if ":" in node.value else int(loader.construct_yaml_int(node))


def _true_or_text(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> bool | str:
    """True and false as in YAML 1.2; YAML 1.1 would read a key `off` as false."""
    return {"true": True, "false": False}.get(node.value.lower(), str(node.value))


YamlLoader.add_constructor("tag:yaml.org,2002:bool", _true_or_text)
YamlLoader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
YamlLoader.add_constructor("tag:yaml.org,2002:int", _number_or_time)
