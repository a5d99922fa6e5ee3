"""Tests of reading policies."""
