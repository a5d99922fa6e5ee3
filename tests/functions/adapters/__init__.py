"""Stores, mailers, files and contracts."""
