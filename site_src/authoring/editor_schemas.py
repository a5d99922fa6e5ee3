"""Writes the schemas beside the policies with which an editor checks YAML while one types."""

from pathlib import Path

from functions.model.durable_files import write_whole
from site_src.policy.model.policy import schema
from site_src.policy.staff.entries import staff_schema

SCHEMAS = {"policy.schema.json": schema, "staff.schema.json": staff_schema}
"""What the first line of each policy.yaml and staff.yaml names."""


def write_schemas(policies: Path) -> None:
    """Writes each schema that is missing or of another release."""
    for name, made in SCHEMAS.items():
        content = made().encode()
        path = policies / name
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
