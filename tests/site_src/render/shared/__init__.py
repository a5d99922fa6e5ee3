"""Tests of what all organisations share of their pages."""
