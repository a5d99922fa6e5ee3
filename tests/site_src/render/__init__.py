"""Pages and data."""
