"""Describes `statistics.json` in OpenAPI: what an organisation publishes of its performance."""

from typing import Any, get_args

from functions.model.contract.terms import Unit
from functions.model.statistics.hidden import FEW, SMALL
from functions.model.statistics.published import RESULTS, MeasuredTimes
from functions.model.statistics.time_taken import TimingUnit

_Schema = dict[str, Any]

_STRING, _INTEGER = {"type": "string"}, {"type": "integer"}

_NUMBER: _Schema = {
    "description": "`<5` is a number from 0 to 4; null is left out, so that none can be computed.",
    "anyOf": [{"type": "integer", "minimum": FEW}, {"const": SMALL}, {"type": "null"}],
}
_BOUNDED: _Schema = {
    "description": "As the other numbers, or `>=8` where a small number could be computed else.",
    "anyOf": [*_NUMBER["anyOf"], {"type": "string", "pattern": "^>=[0-9]+$"}],
}
_TEXT = {
    "description": "Words by language.",
    "type": "object",
    "additionalProperties": _STRING,
    "minProperties": 1,
}


def _described(schema: _Schema, description: str) -> _Schema:
    return schema | {"description": description}


def _or_null(schema: _Schema) -> _Schema:
    return schema | {"type": [schema["type"], "null"]}


def _closed(properties: _Schema) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_LIMIT = _closed(
    {
        "id": _described(_STRING, "As in policy.json."),
        "version": _described(_STRING, "The version of the procedure that promises it."),
        "clause": _STRING,
        "action": _TEXT,
        "value": _or_null(_INTEGER),
        "unit": {"enum": [*get_args(Unit), None]},
        "by": _described(_or_null(_STRING), "The day of the year by which it ends, `09-30`."),
        "measured": {
            "description": "How often it ended in the period, in steps.",
            "enum": list(get_args(MeasuredTimes)),
        },
        "kept_share": {
            "description": "The share that was kept in time, 0 to 1; null below ten.",
            "type": ["number", "null"],
            "minimum": 0,
            "maximum": 1,
        },
        "median": _described(
            _or_null(_INTEGER),
            "The time within which half were done; null below ten, or where fewer were done.",
        ),
        "percentile_90": _described(
            _or_null(_INTEGER),
            "The time within which nine in ten were done; null as `median`.",
        ),
        "timing_unit": {"enum": [*get_args(TimingUnit), None]},
    }
)

STATISTICS_SCHEMA: _Schema = _closed(
    {
        "organisation": _STRING,
        "since": _described(_STRING | {"format": "date"}, "The first day of the period."),
        "as_of": _described(
            _STRING | {"format": "date-time"}, "When it was counted, and the end of the period."
        ),
        "timezone": _described(_STRING, "By which days and months are told."),
        "received": _described(_BOUNDED, "Filings that were received in the period."),
        "answered": _described(_BOUNDED, "Those of them that have an answer by now."),
        "open": _described(_NUMBER, "All filings that wait for an answer, or a review's."),
        "overdue": _described(_NUMBER, "All for which a limit of the organisation has ended."),
        "results": _described(
            _closed(dict.fromkeys(RESULTS, _BOUNDED)), "What the first answers said."
        ),
        "reviews": _described(_BOUNDED, "Reviews that were requested in the period."),
        "changed": _described(_BOUNDED, "Answers of reviews that say otherwise than before."),
        "limits": {"type": "array", "items": _LIMIT},
    }
)

READ_STATISTICS: _Schema = {
    "operationId": "statistics",
    "summary": "How the organisation keeps to its procedure, counted once a night",
    "responses": {
        "200": {
            "description": "The figures of up to twelve months, without small numbers.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Statistics"}}
            },
        },
        "404": {
            "description": "Nothing was counted yet.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        },
    },
}
