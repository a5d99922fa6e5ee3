"""Hostile input: bodies, markup and bytes."""
