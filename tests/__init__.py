"""Tests: each states its rule in one line."""
