"""Reads contracts from a folder or a bucket."""
