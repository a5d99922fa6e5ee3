"""Reads who works on an organisation's cases, and their replies, outside every version."""
