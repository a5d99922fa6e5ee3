"""Tests of verifying receipts."""
