"""Reads staff.yaml: the people who work on an organisation's cases, outside every version."""
