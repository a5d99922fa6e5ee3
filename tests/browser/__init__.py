"""People at a real browser."""
