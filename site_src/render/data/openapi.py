"""Writes `openapi.json` (OpenAPI 3.1): how a program files a case and looks it up."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic_core import to_json

from functions.model.answers.submission import SOMEBODY_ELSE
from functions.model.attachment import ScanState
from functions.model.case_log import CaseState
from functions.model.contract.form import FormField
from functions.model.contract.kind import Kind
from functions.model.contract.terms import FilerAct, KindId, Outcome, Party, StaffAct, Unit
from functions.model.language import Language
from site_src.policy.model.policy import Policy
from site_src.render.data.statistics_schema import READ_STATISTICS, STATISTICS_SCHEMA

_ENGLISH: Language = "en"
"""The language for programmers; a label without English is in the site's first language."""

_Schema = dict[str, Any]

_STRING, _BOOLEAN, _NUMBER = ({"type": name} for name in ("string", "boolean", "integer"))
_MOMENT, _DAY = (_STRING | {"format": name} for name in ("date-time", "date"))

_REFUSALS = {
    400: "The body cannot be read, or a page of another site sent this; `detail` says why.",
    404: "There is no such form, or the reference and the access code do not match a case.",
    410: "The case was erased at the person's request.",
    413: "The body is longer than 1 MB, or the answers are far longer than the form takes.",
    415: "The body is not JSON, or it is encoded.",
    422: "Nothing was stored: `errors` names each field, or the idempotency key was reused.",
    429: "Too many filings or wrong pairs came from this address; wait for `Retry-After` seconds.",
    503: "The store does not answer; try again after `Retry-After`.",
}


def api_document(
    policy: Policy,
    kinds: Mapping[KindId, Kind],
    site_url: str,
    proof_of_work: bool,
    closed: bool = False,
) -> str:
    """The API of the version in force as JSON; `site_url` is the address of the functions.

    `proof_of_work` says whether a filing requires one; where the organisation is `closed`, none is
    taken. The document is in English whatever the languages of the pages; a request's `language`
    sets the language of the response.
    """
    name = policy.organisation.name.words(_ENGLISH)
    forms = {} if closed else kinds
    paths = {
        f"/cases/{policy.id}/{id_}": {"post": _filing(forms[id_], id_, proof_of_work)}
        for id_ in forms
    } | {"/cases/status": {"post": _LOOK_UP}}
    schemas = {"Case": _object(_CASE), "Receipt": _RECEIPT, "Problem": _PROBLEM}
    if policy.publishes is not None:
        paths[f"/cases/{policy.id}/statistics.json"] = {"get": READ_STATISTICS}
        schemas["Statistics"] = STATISTICS_SCHEMA
    if proof_of_work:
        paths["/cases/challenge"] = {"get": _ASK}
        schemas["Challenge"] = _CHALLENGE
    content = {
        "openapi": "3.1.1",
        "info": {"title": f"Filing with {name}", "version": policy.version},
        "servers": [{"url": site_url}],
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return to_json(content, indent=1).decode() + "\n"


def _filing(kind: Kind, id_: KindId, proof_of_work: bool) -> _Schema:
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A retry with the same key and words returns the case that is stored.",
        "schema": _STRING,
    }
    return {
        "operationId": id_,
        "summary": kind.name.words(_ENGLISH),
        "parameters": [key],
        "requestBody": _body(_answers(kind, proof_of_work)),
        "responses": {"201": _answer("The receipt of what is stored.", "Receipt", "Location")}
        | _refused(400, 404, 413, 415, 422, 429, 503)
        | {
            "410": _answer(
                "The organisation takes no more filings; `detail` says who does.", "Problem"
            )
        },
    }


def _answers(kind: Kind, proof_of_work: bool) -> _Schema:
    """The rules of `Submission` for answers, as far as JSON Schema can express them."""
    properties: _Schema = {field.name: _question(field) for field in kind.fields}
    schema: _Schema = {"type": "object", "additionalProperties": False}
    if not kind.anonymous:
        schema["anyOf"] = [{"required": [way]} for way in ("email", "phone") if way in properties]
    if "acting_for" in properties:
        for_another = {
            "properties": {"acting_for": {"const": SOMEBODY_ELSE}},
            "required": ["acting_for"],
        }
        schema |= {"if": for_another, "then": {"required": ["represented"]}}
    properties["contract"] = _STRING | {"description": "The digest that policy.json names."}
    properties["language"] = _STRING | {"description": "The response's language, as a tag."}
    if kind.attachments:
        description = "The `upload` that POST /cases/uploads/… returned for each file."
        properties["uploads"] = _list(_STRING) | {"description": description}
    required: list[str] = [field.name for field in kind.fields if field.required]
    if proof_of_work:
        description = "A solved challenge of GET /cases/challenge (ALTCHA 2), valid for one filing."
        properties["altcha"] = _STRING | {"description": description}
        required.append("altcha")
    return schema | {"properties": properties, "required": required}


def _question(field: FormField) -> _Schema:
    title = {"title": field.label.words(_ENGLISH)}
    match field.input:
        case "consent":
            return title | _BOOLEAN | ({"const": True} if field.required else {})
        case "choice":
            return title | {"enum": [choice.value for choice in field.choices]}
        case "date":
            return title | _DAY
    text = title | _STRING | {"maxLength": field.longest}
    if field.required:
        text["pattern"] = r"\S"
    return text | ({"format": "email"} if field.input == "email" else {})


def _body(schema: _Schema) -> _Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _answer(description: str, schema: str, *headers: str) -> _Schema:
    media = "application/problem+json" if schema == "Problem" else "application/json"
    content = {media: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answer: _Schema = {"description": description, "content": content}
    if headers:
        answer["headers"] = {name: {"required": True, "schema": _STRING} for name in headers}
    return answer


def _refused(*statuses: int) -> _Schema:
    waits = {429: ["Retry-After"], 503: ["Retry-After"]}
    return {
        str(status): _answer(_REFUSALS[status], "Problem", *waits.get(status, []))
        for status in statuses
    }


def _object(properties: _Schema, *optional: str) -> _Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _one_of(*literals: object) -> _Schema:
    return {"enum": [value for literal in literals for value in get_args(literal)]}


def _or_null(schema: _Schema) -> _Schema:
    return schema | {"type": [schema["type"], "null"]}


_FILE = _object(
    dict.fromkeys(("name", "type", "sha256"), _STRING)
    | {"size": _NUMBER, "scan": _one_of(ScanState)}
)
_SENT_FILE = _object({"id": _STRING} | _FILE["properties"])
_STOPPED = _object({"since": _MOMENT, "reason": _STRING, "clause": _STRING})
_MILESTONE = _object(
    dict.fromkeys(("action", "clause"), _STRING)
    | dict.fromkeys(("late", "overdue", "settled", "not_before", "conditional"), _BOOLEAN)
    | {"value": _or_null(_NUMBER), "days_late": _NUMBER, "later_of": _list(_STRING)}
    | dict.fromkeys(("from", "before", "by", "extends", "condition"), _or_null(_STRING))
    | {"stopped": _or_null(_STOPPED)}
    | dict.fromkeys(("last_day", "moved_from", "done"), _or_null(_DAY))
    | dict.fromkeys(("done_at", "recorded_at"), _or_null(_MOMENT))
    | {"lateness": _or_null(_object({"value": _NUMBER, "unit": _one_of(Unit)}))}
    | {"party": _one_of(Party), "unit": {"enum": [*get_args(Unit), None]}}
    | {"role": _or_null(_STRING), "due": _or_null(_MOMENT), "provisional": _or_null(_BOOLEAN)}
    | {"skipped": _list(_object({"day": _DAY, "reason": _STRING}))}
)
_MESSAGE = _object(
    {"at": _MOMENT, "type": _one_of(FilerAct, StaffAct), "by": _one_of(Party), "late": _BOOLEAN}
    | {"role": _or_null(_STRING), "text": _STRING, "delivered_how": _STRING}
    | dict.fromkeys(("happened_at", "level", "event"), _or_null(_STRING))
    | dict.fromkeys(("happened_on", "delivered_on"), _or_null(_DAY))
    | {"outcome": {"enum": [*get_args(Outcome), None]}, "remedy": _STRING, "clause": _STRING}
    | dict.fromkeys(("to", "extends"), _or_null(_STRING))
    | dict.fromkeys(("satisfied", "fairly"), _or_null(_BOOLEAN))
    | dict.fromkeys(("taken_back", "takes_back"), _or_null(_MOMENT))
    | {"files": _list(_SENT_FILE)}
)
_CONTACT = _object(
    {"type": _STRING, "value": _STRING} | dict.fromkeys(("hours", "name"), _or_null(_STRING))
)
_REVIEW = _object(
    dict.fromkeys(("body", "clause"), _STRING)
    | dict.fromkeys(("inside", "open", "late"), _BOOLEAN)
    | {"contacts": _list(_CONTACT)}
)
_END = _object({"due": _MOMENT, "last_day": _DAY, "provisional": _BOOLEAN, "clause": _STRING})
_ANSWER = _object(dict.fromkeys(("certain", "possible"), _or_null(_END)))
_CASE: _Schema = {
    **dict.fromkeys(("reference", "organisation", "kind", "version", "decides"), _STRING),
    "state": _one_of(CaseState),
    "received_at": _MOMENT,
    "latest_answer": _or_null(_ANSWER),
    "holder": _object({"roles": _list(_STRING), "since": _MOMENT}),
    "asked": _BOOLEAN,
    "attachments": _list(_FILE),
    "milestones": _list(_MILESTONE),
    "messages": _list(_MESSAGE),
    "reviews": _list(_REVIEW),
}
_PROOF = _object(dict.fromkeys(("content", "statement", "signature"), _STRING))
_RECEIPT = _object(_CASE | {"access_code": _STRING, "proof": _PROOF}, "proof")
_ERROR = _object(dict.fromkeys(("field", "code", "detail"), _STRING))
_PROBLEM = _object(
    dict.fromkeys(("type", "title", "detail", "instance"), _STRING)
    | {"status": _NUMBER, "errors": _list(_ERROR)},
    "instance",
    "errors",
)
_PAIR = _object(dict.fromkeys(("reference", "access_code", "language"), _STRING), "language")
_LOOK_UP = {
    "operationId": "status",
    "summary": "State, dates and messages of a case",
    "requestBody": _body(_PAIR | {"additionalProperties": False}),
    "responses": {"200": _answer("The case.", "Case")}
    | _refused(400, 404, 410, 413, 415, 429, 503),
}
_CHALLENGE = _object(
    {
        "parameters": _object(
            dict.fromkeys(("algorithm", "nonce", "salt", "keyPrefix", "keySignature"), _STRING)
            | dict.fromkeys(("cost", "keyLength", "expiresAt"), _NUMBER)
        ),
        "signature": _STRING,
    }
)
_ASK = {
    "operationId": "challenge",
    "summary": "The challenge to solve before a filing, in version 2 of ALTCHA",
    "responses": {"200": _answer("The challenge.", "Challenge")} | _refused(404, 503),
}
