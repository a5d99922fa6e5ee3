"""Proposes the facts of a draft policy from the text of a procedure alone."""
