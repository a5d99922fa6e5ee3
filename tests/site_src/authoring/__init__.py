"""Writing policies."""
