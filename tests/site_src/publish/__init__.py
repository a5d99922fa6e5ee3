"""Building and publishing."""
