"""What CloudFormation makes of a template's conditions, without AWS."""

import re
from collections.abc import Iterator
from typing import Any

NO_VALUE = {"Ref": "AWS::NoValue"}
_PSEUDO = "AWS::"


def resolve(template: dict[str, Any], **values: str) -> dict[str, Any]:
    """The template as it is under these parameters; `Partition` stands for AWS::Partition."""
    given = {"AWS::Partition": values.pop("Partition", "aws")}
    given |= {name: one["Default"] for name, one in template["Parameters"].items()}
    given |= values
    holds = {
        name: _holds(condition, template["Conditions"], given)
        for name, condition in template["Conditions"].items()
    }
    parts = {
        part: {
            name: _chosen({key: value for key, value in one.items() if key != "Condition"}, holds)
            for name, one in template[part].items()
            if "Condition" not in one or holds[one["Condition"]]
        }
        for part in ("Resources", "Outputs")
    }
    return {name: one for name, one in template.items() if name != "Conditions"} | parts


def _holds(condition: Any, conditions: dict[str, Any], given: dict[str, str]) -> bool:
    ((function, arguments),) = condition.items()
    match function:
        case "Fn::Equals":
            left, right = (given[one["Ref"]] if isinstance(one, dict) else one for one in arguments)
            return bool(left == right)
        case "Fn::Not":
            return not _holds(arguments[0], conditions, given)
        case "Fn::And":
            return all(_holds(one, conditions, given) for one in arguments)
        case "Condition":
            return _holds(conditions[arguments], conditions, given)
    raise NotImplementedError(function)


def _chosen(value: Any, holds: dict[str, bool]) -> Any:
    """The value with every Fn::If decided."""
    if isinstance(value, dict):
        if set(value) == {"Fn::If"}:
            condition, then, otherwise = value["Fn::If"]
            return _chosen(then if holds[condition] else otherwise, holds)
        pairs = {key: _chosen(one, holds) for key, one in value.items()}
        return {key: one for key, one in pairs.items() if one != NO_VALUE}
    if isinstance(value, list):
        return [one for one in (_chosen(one, holds) for one in value) if one != NO_VALUE]
    return value


def references(value: Any) -> Iterator[str]:
    """The logical names that a value refers to, pseudo parameters left out."""
    if isinstance(value, list):
        for one in value:
            yield from references(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _reference(key, one)


def _reference(key: str, value: Any) -> Iterator[str]:
    match key:
        case "Ref":
            names = [value]
        case "Fn::GetAtt":
            names = [value[0] if isinstance(value, list) else value.split(".")[0]]
        case "Fn::Sub":
            text, own = value if isinstance(value, list) else (value, {})
            names = [name.split(".")[0] for name in re.findall(r"\$\{([^}]+)\}", text)]
            names = [name for name in names if name not in own]
            yield from references(own)
        case _:
            yield from references(value)
            return
    yield from (name for name in names if not name.startswith(_PSEUDO))
