"""Policies: the model, and reading it with the place of everything."""
