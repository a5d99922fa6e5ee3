"""Hostile input: request bodies, markup and raw HTTP."""
