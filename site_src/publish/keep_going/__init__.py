"""A deploy that leaves organisations with findings as they are published."""
