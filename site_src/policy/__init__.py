"""Policies: the model, and the reader that records the place of every fact and clause."""
