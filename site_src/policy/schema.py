"""Generates the JSON Schema of `policy.yaml`, for editors that check while you type."""

import json

from site_src.policy.model.policy import Policy


def schema() -> str:
    """The JSON Schema (2020-12), generated from the models so that the two always agree."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    content |= Policy.model_json_schema(by_alias=True)
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
