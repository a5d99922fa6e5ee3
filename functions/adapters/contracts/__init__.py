"""Contracts from a folder or a bucket."""
