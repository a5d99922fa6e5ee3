"""Compares time limits with their clauses: length, start, party and the words around them."""
