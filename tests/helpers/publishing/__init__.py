"""Publishes checkouts: as commands do, many at once, and killed in the midst."""
