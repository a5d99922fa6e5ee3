"""Encrypts personal data, in the same way for every store."""
