"""The functions over HTTP."""
