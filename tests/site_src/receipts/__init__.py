"""Checking receipts."""
