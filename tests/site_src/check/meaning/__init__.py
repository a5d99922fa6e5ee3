"""Tests of the rules that compare facts with what their clauses mean."""
