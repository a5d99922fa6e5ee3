"""Reading policies."""
