"""Resolves the conditions of a CloudFormation template, without AWS."""

import re
from collections.abc import Iterator
from typing import Any

NO_VALUE = {"Ref": "AWS::NoValue"}
_PSEUDO = "AWS::"


def resolve(template: dict[str, Any], **values: str) -> dict[str, Any]:
    """Returns the template under these parameters; `Partition` stands for AWS::Partition."""
    parameters = {"AWS::Partition": values.pop("Partition", "aws")}
    parameters |= {name: entry["Default"] for name, entry in template["Parameters"].items()}
    parameters |= values
    holds = {
        name: _holds(condition, template["Conditions"], parameters)
        for name, condition in template["Conditions"].items()
    }
    parts = {
        part: {
            name: _decide({key: value for key, value in entry.items() if key != "Condition"}, holds)
            for name, entry in template[part].items()
            if "Condition" not in entry or holds[entry["Condition"]]
        }
        for part in ("Resources", "Outputs")
    }
    given = {
        name: entry | {"Default": parameters[name]}
        for name, entry in template["Parameters"].items()
    }
    whole = {name: part for name, part in template.items() if name != "Conditions"}
    return whole | {"Parameters": given} | parts


def _holds(condition: Any, conditions: dict[str, Any], parameters: dict[str, str]) -> bool:
    ((function, arguments),) = condition.items()
    match function:
        case "Fn::Equals":
            left, right = (
                parameters[argument["Ref"]] if isinstance(argument, dict) else argument
                for argument in arguments
            )
            return bool(left == right)
        case "Fn::Not":
            return not _holds(arguments[0], conditions, parameters)
        case "Fn::And":
            return all(_holds(argument, conditions, parameters) for argument in arguments)
        case "Condition":
            return _holds(conditions[arguments], conditions, parameters)
    raise NotImplementedError(function)


def _decide(value: Any, holds: dict[str, bool]) -> Any:
    """Returns the value with every Fn::If replaced by its chosen branch."""
    if isinstance(value, dict):
        if set(value) == {"Fn::If"}:
            condition, then, otherwise = value["Fn::If"]
            return _decide(then if holds[condition] else otherwise, holds)
        pairs = {key: _decide(child, holds) for key, child in value.items()}
        return {key: child for key, child in pairs.items() if child != NO_VALUE}
    if isinstance(value, list):
        children = (_decide(child, holds) for child in value)
        return [child for child in children if child != NO_VALUE]
    return value


def references(value: Any) -> Iterator[str]:
    """Yields the logical names that a value refers to, without pseudo parameters."""
    if isinstance(value, list):
        for child in value:
            yield from references(child)
    elif isinstance(value, dict):
        for key, child in value.items():
            yield from _reference(key, child)


def _reference(key: str, value: Any) -> Iterator[str]:
    match key:
        case "Ref":
            names = [value]
        case "Fn::GetAtt":
            names = [value[0] if isinstance(value, list) else value.split(".")[0]]
        case "Fn::Sub":
            text, variables = value if isinstance(value, list) else (value, {})
            names = [name.split(".")[0] for name in re.findall(r"\$\{([^}]+)\}", text)]
            names = [name for name in names if name not in variables]
            yield from references(variables)
        case _:
            yield from references(value)
            return
    yield from (name for name in names if not name.startswith(_PSEUDO))
