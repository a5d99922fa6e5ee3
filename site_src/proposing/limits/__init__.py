"""Proposes time limits, the events they run from, what stops them, and other lengths of time."""
