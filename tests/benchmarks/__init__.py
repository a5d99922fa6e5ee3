"""Runs each benchmark in small, so that a name that moved fails here; no figure is judged."""
