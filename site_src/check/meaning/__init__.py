"""Compares what facts mean with the words of their clauses, in the policy's own language."""
