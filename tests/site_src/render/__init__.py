"""Tests of pages and data."""
