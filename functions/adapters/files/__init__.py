"""Stores attached files in a folder or a bucket."""
