"""Measures the proposals of a text against the facts of its published policy."""
