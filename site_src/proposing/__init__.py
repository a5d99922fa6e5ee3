"""Proposes the facts of a policy from the text of its procedure."""
